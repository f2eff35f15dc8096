"""Who is told of the days that queries, promised figures and provisional ones have of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import clock
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure, Omission
from kpis.review.services import accept_figures, explain_figure, query_figure
from notices.falling_due import tell_what_falls_due
from notices.models import Notice
from parties.participants import participant_for
from parties.services import create_user, grant_membership
from tests.cast import BY
from tests.kpis.returns.pages import APRIL, GOOD, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later")]


MARCH = date(2020, 3, 1)
# Tuesday after Easter; three working days later it is Friday, and so it is on Saturday and Sunday.
ASKED = date(2020, 4, 14)
CANNOT = {"PI9-standing": "cannot_report", "PI9-reason": "Lost 4,711 files."}


@pytest.fixture
def council(demonstration, persona):
    return participant_for(persona("client-officer"), "sandwell")


@pytest.fixture
def trust(demonstration, persona):
    return participant_for(persona("trust-manager"), "sandwell")


def seen(code):
    figures = Figure.objects.select_related("latest__figure__indicator")
    return figures.get(indicator__code=code, month=MARCH).latest


def ask(council, answer_by, code="PI8"):
    query_figure(by=council, seen=seen(code), reason="Why 4,711?", answer_by=answer_by, today=ASKED)


def told(kinds=("due", "overdue"), starting="") -> list[tuple[str, str]]:
    """Kind and words of what the Trust manager was told of days of their own, in order."""
    rows = Notice.objects.filter(user__username="trust-manager", kind__in=kinds, words__startswith=starting)
    rows = rows.exclude(words__startswith="The figures of ").order_by("pk")
    return list(rows.values_list("kind", "words"))


def name(code: str, month: str = "March 2020") -> str:
    return f"{code} {Indicator.objects.get(code=code).short_name}, {month}"


@pytest.mark.parametrize(
    ("answer_by", "today", "when"),
    [
        # Monday 20 April 2020 is the third working day after Wednesday the 15th.
        (date(2020, 4, 20), date(2020, 4, 14), None),
        (date(2020, 4, 20), date(2020, 4, 15), "is due on 20 April 2020, in 3 working days"),
        (date(2020, 4, 20), date(2020, 4, 19), "is due on 20 April 2020, in 1 working day"),
        (date(2020, 4, 20), date(2020, 4, 20), "is due on 20 April 2020, today"),
        (date(2020, 4, 20), date(2020, 4, 21), "was due on 20 April 2020"),
        # A day of its own may be a Sunday, after which Monday is the first day on which it is late.
        (date(2020, 4, 19), date(2020, 4, 14), "is due on 19 April 2020, in 3 working days"),
        (date(2020, 4, 19), date(2020, 4, 18), "is due on 19 April 2020, before the next working day"),
        (date(2020, 4, 19), date(2020, 4, 19), "is due on 19 April 2020, today"),
        (date(2020, 4, 18), date(2020, 4, 19), None),
        (date(2020, 4, 19), date(2020, 4, 20), "was due on 19 April 2020"),
    ],
)
def test_the_answer_to_a_query_has_its_own_day(council, answer_by, today, when):
    ask(council, answer_by)

    tell_what_falls_due(today=today)

    kind = "overdue" if when and when.startswith("was") else "due"
    words = f"The answer to the council’s query about {name('PI8')} {when}."
    assert told() == ([(kind, words)] if when else [])


def test_each_day_of_a_query_tells_due_and_overdue_once(council):
    ask(council, date(2020, 4, 20))

    for after in range(30):
        today = ASKED + timedelta(days=after)
        tell_what_falls_due(today=today)
        assert tell_what_falls_due(today=today) == 0

    assert [kind for kind, _ in told()] == ["due", "overdue"]
    assert {one.path for one in Notice.objects.filter(words__contains="query about")} == {
        "/contracts/sandwell/review/PI8/?month=2020-03"
    }


def test_no_figure_and_no_typed_word_stands_in_it(council):
    ask(council, date(2020, 4, 20))
    tell_what_falls_due(today=date(2020, 4, 20))

    assert told() and "4,711" not in str(told())


@pytest.mark.parametrize("how", ["explained", "disputed", "withdrawn"])
def test_an_answered_query_is_not_due(council, trust, how):
    ask(council, date(2020, 4, 20))
    if how == "withdrawn":
        accept_figures(by=council, seen=[seen("PI8")], withdraws=True)
    else:
        explain_figure(by=trust, seen=seen("PI8"), words="So it is.", disputes=how == "disputed")

    tell_what_falls_due(today=date(2020, 4, 20))
    tell_what_falls_due(today=date(2020, 4, 21))

    assert told() == []


def test_a_query_asked_anew_has_its_new_day(council, trust):
    ask(council, date(2020, 4, 20))
    tell_what_falls_due(today=date(2020, 4, 21))
    query_figure(by=council, seen=seen("PI8"), reason="?", answer_by=date(2020, 5, 1), today=ASKED)

    assert tell_what_falls_due(today=date(2020, 4, 22)) == 0
    tell_what_falls_due(today=date(2020, 5, 1))

    assert [words.rpartition(" due ")[2] for _, words in told()] == [
        "on 20 April 2020.",
        "on 1 May 2020, today.",
    ]


def test_the_council_is_not_told_of_the_trusts_days(council):
    ask(council, date(2020, 4, 20))

    tell_what_falls_due(today=date(2020, 4, 17))

    assert not Notice.objects.filter(user=council.user, words__contains="query").exists()


@pytest.mark.usefixtures("april")
def test_a_promised_figure_is_told_by_the_day_that_was_promised_last(manager):
    first, day = clock.today() + timedelta(days=20), clock.today() + timedelta(days=40)
    send(manager, CANNOT | {"PI9-expected_on": first.isoformat()}, "submit")
    send(manager, CANNOT | {"PI9-expected_on": day.isoformat()}, "submit")
    assert Omission.objects.count() == 2

    for after in range(60):
        tell_what_falls_due(today=clock.today() + timedelta(days=after))

    words = f"The figure of {name('PI9', 'April 2020')}, which could not be reported in time,"
    due, overdue = told(starting=words)
    assert due[0] == "due" and f" is expected on {day.day} {day:%B %Y}, " in due[1]
    assert overdue == ("overdue", f"{words} was expected on {day.day} {day:%B %Y}.")
    assert Notice.objects.filter(words=overdue[1]).get().path == f"{APRIL}#PI9"
    assert "4,711" not in str(told())


@pytest.mark.usefixtures("april")
def test_a_promise_that_was_kept_is_not_due(manager):
    day = clock.today() + timedelta(days=20)
    send(manager, CANNOT | {"PI9-expected_on": day.isoformat()}, "submit")
    kept = {"PI9-standing": "final", "PI9-reason": "", "PI9-expected_on": ""}
    send(manager, kept | {"PI9-numerator": "40", "PI9-denominator": "50"}, "submit")
    assert Figure.objects.filter(indicator__code="PI9", month="2020-04-01").exists()

    for after in range(40):
        tell_what_falls_due(today=clock.today() + timedelta(days=after))

    assert told() == []


@pytest.mark.usefixtures("april")
def test_a_provisional_figures_final_one_is_told_until_it_is_there(manager):
    day = clock.today() + timedelta(days=40)
    send(manager, GOOD | {"PI1-standing": "provisional", "PI1-expected_on": day.isoformat()}, "submit")

    tell_what_falls_due(today=day - timedelta(days=20))
    assert told() == []
    tell_what_falls_due(today=day)
    words = f"The final figure after the provisional one of {name('PI1', 'April 2020')}"
    assert told() == [("due", f"{words} is expected on {day.day} {day:%B %Y}, today.")]
    final = {"PI1-standing": "final", "PI1-expected_on": "", "PI1-change_reason": "Confirmed."}
    send(manager, GOOD | final, "submit")
    assert Figure.objects.get(indicator__code="PI1", month="2020-04-01").latest.final_expected_on is None
    tell_what_falls_due(today=day + timedelta(days=7))

    assert len(told()) == 1


def test_who_comes_later_and_who_does_not_want_the_mail(council, demonstration, trust):
    from notices.choosing import choose_mail

    ask(council, date(2020, 4, 20))
    choose_mail(by=trust, wanted=["due", "queried", "accepted"])
    tell_what_falls_due(today=date(2020, 4, 20))
    new = create_user(username="new-manager", by=BY)
    grant_membership(user=new, organisation=demonstration.provider, role="trust_manager", by=BY)
    tell_what_falls_due(today=date(2020, 4, 21))

    query = (
        Notice.objects.filter(words__contains="query about").exclude(kind="queried").order_by("user_id", "pk")
    )
    assert list(query.values_list("user__username", "kind", "by_mail")) == [
        ("trust-manager", "due", True),
        ("trust-manager", "overdue", False),
        ("new-manager", "overdue", True),
    ]


def test_many_days_of_their_own_cost_no_query_more(
    council, other_contract, django_assert_max_num_queries, trust
):
    for number in range(1, 15):
        if Figure.objects.filter(indicator__code=f"PI{number}", month=MARCH).exists():
            ask(council, date(2020, 4, 20), code=f"PI{number}")
    tell_what_falls_due(today=date(2020, 4, 24))
    assert len(told()) > 10

    with django_assert_max_num_queries(9):
        assert tell_what_falls_due(today=date(2020, 4, 25)) == 0
