"""Who is told that something is due or overdue, found from the database whenever it is looked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpis.engine.recompute import recompute
from kpis.figures.models import Figure, Omission
from notices.falling_due import tell_what_falls_due
from notices.models import Notice
from parties.models import Contract
from tests.cast import BY
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later")]


# March 2020: figures were due on Thursday 16 April, answers on Thursday 23 April; Easter Monday was the 13th.
LAST_DAYS = [date(2020, 4, 9), date(2020, 4, 14), date(2020, 4, 15), date(2020, 4, 16)]


def kinds() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__username", "kind"))


def missing_codes(contract) -> list[str]:
    indicators = contract.indicators.filter(kind="contract").exclude(figures__month="2020-03-01")
    return list(indicators.values_list("code", flat=True))


def report(contract, code: str, month: str = "2020-03") -> None:
    indicator = contract.indicators.get(code=code)
    numbers = ",,5" if indicator.unit == "count" else "1,2,"
    returned(contract, f"{code},{month},{numbers},Counted,returned\n")


def omit(contract, code: str, by) -> None:
    Omission.objects.create(
        indicator=contract.indicators.get(code=code),
        month="2020-03-01",
        reason="The system is down",
        expected_on=date(2020, 5, 1),
        stated_by=by,
        stated_as="Trust manager",
    )


@pytest.mark.parametrize(("day", "when"), list(zip(LAST_DAYS, (3, 2, 1, 0), strict=True)))
def test_the_trust_is_told_from_the_third_working_day_before_on(demonstration, day, when):
    tell_what_falls_due(today=day)

    due = Notice.objects.get(kind="due")
    left = {3: "in 3 working days", 2: "in 2 working days", 1: "in 1 working day", 0: "today"}[when]
    assert due.user.username == "trust-manager"
    assert due.words == (
        f"The figures of March 2020 are due on 16 April 2020, {left};"
        " 1 indicator has neither a figure nor a reason yet."
    )
    assert due.path == "/contracts/sandwell/returns/2020-03/"


def test_a_day_earlier_nobody_is_told(demonstration):
    assert tell_what_falls_due(today=date(2020, 4, 8)) == 0


def test_each_day_of_a_round_and_twice_a_day_tells_each_once(demonstration):
    first_days = []
    for after in range(40):
        today = date(2020, 4, 1) + timedelta(days=after)
        new = tell_what_falls_due(today=today)
        assert tell_what_falls_due(today=today) == 0
        if new:
            first_days.append((today, new))

    assert kinds() == [
        ("trust-manager", "due"),
        ("trust-manager", "overdue"),
        ("client-officer", "due"),
        ("client-officer", "overdue"),
    ]
    assert first_days == [
        (date(2020, 4, 9), 1),
        (date(2020, 4, 17), 1),
        (date(2020, 4, 20), 1),
        (date(2020, 4, 24), 1),
    ]


def test_days_that_were_missed_are_caught_up_while_it_is_true(demonstration):
    assert tell_what_falls_due(today=date(2020, 4, 16)) == 1
    assert tell_what_falls_due(today=date(2020, 4, 30)) == 2

    assert kinds() == [("trust-manager", "due"), ("trust-manager", "overdue"), ("client-officer", "overdue")]


def test_years_later_one_notice_for_each_not_one_a_month(demonstration):
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=date(2020, 3, 1))
    Figure.objects.update(state="submitted", accepted=None)

    assert tell_what_falls_due(today=date(2026, 11, 24)) == 2
    assert tell_what_falls_due(today=date(2026, 11, 25)) == 0

    assert list(Notice.objects.order_by("pk").values_list("user__username", "words", "path")) == [
        (
            "trust-manager",
            "The figures of March 2020 were due on 16 April 2020;"
            " 1 indicator has neither a figure nor a reason yet; 1 earlier month is also incomplete.",
            "/contracts/sandwell/returns/",
        ),
        (
            "client-officer",
            "The council’s answers to the figures of March 2020 were due on 23 April 2020;"
            " 14 figures wait for the council; 23 earlier months also have figures that wait.",
            "/contracts/sandwell/review/",
        ),
    ]


def test_months_that_nobody_told_meanwhile_are_counted_in_the_notice_of_the_latest(demonstration):
    """From April 2020 on nothing is returned, and no worker runs from the end of May to September."""
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=None)
    for today in (date(2020, 5, 18), date(2020, 9, 16)):
        recompute(trigger="sweep", contract_ids=[demonstration.pk], today=today)
        tell_what_falls_due(today=today)

    rows = Notice.objects.filter(user__username="trust-manager", kind="overdue").order_by("pk")
    assert list(rows.values_list("words", "path")) == [
        (
            "The figures of April 2020 were due on 15 May 2020;"
            " 15 indicators have neither a figure nor a reason yet; 2 earlier months are also incomplete.",
            "/contracts/sandwell/returns/",
        ),
        (
            "The figures of August 2020 were due on 14 September 2020;"
            " 15 indicators have neither a figure nor a reason yet; 6 earlier months are also incomplete.",
            "/contracts/sandwell/returns/",
        ),
    ]


def test_a_month_is_missed_also_before_the_read_model_knows_it(demonstration):
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=None)

    tell_what_falls_due(today=date(2020, 5, 18))

    overdue = Notice.objects.get(user__username="trust-manager", kind="overdue")
    assert overdue.words.startswith("The figures of April 2020 were due on 15 May 2020; 15 indicators have")


def test_where_nothing_before_it_is_open_only_the_latest_is_said(demonstration):
    report(demonstration, "PI9", "2019-10")

    tell_what_falls_due(today=date(2020, 4, 17))

    overdue = Notice.objects.get(kind="overdue")
    assert overdue.words.endswith("; 1 indicator has neither a figure nor a reason yet.")
    assert overdue.path == "/contracts/sandwell/returns/2020-03/"


def test_a_figure_ends_the_trusts_part(demonstration):
    (code,) = missing_codes(demonstration)
    report(demonstration, code)

    tell_what_falls_due(today=date(2020, 4, 17))

    assert kinds() == []


def test_a_statement_that_there_is_no_figure_ends_it_too(demonstration, persona):
    (code,) = missing_codes(demonstration)
    omit(demonstration, code, persona("trust-manager"))

    tell_what_falls_due(today=date(2020, 4, 17))

    assert kinds() == []


def test_supporting_measures_are_not_waited_for(demonstration):
    (code,) = missing_codes(demonstration)
    report(demonstration, code)
    assert demonstration.indicators.filter(kind="supporting").exclude(figures__month="2020-03-01").exists()

    assert tell_what_falls_due(today=date(2020, 4, 17)) == 0


def test_an_indicator_without_a_band_in_the_month_is_not_waited_for(demonstration):
    contract = Contract.objects.get(pk=demonstration.pk)
    contract.starts_on = date(2017, 4, 1)
    contract.reporting_until = date(2018, 3, 1)
    contract.save()

    assert tell_what_falls_due(today=date(2018, 5, 1)) == 0


@pytest.mark.parametrize(
    ("states", "number"),
    [({"PI1": "disputed"}, 14), ({"PI1": "queried", "PI2": "queried"}, 12)],
)
def test_the_council_is_told_while_figures_wait_for_it(demonstration, states, number):
    for code, state in states.items():
        figure = Figure.objects.get(indicator__code=code, month="2020-03-01")
        figure.state = state
        figure.save()

    tell_what_falls_due(today=date(2020, 4, 24))

    assert Notice.objects.get(user__username="client-officer").words.endswith(
        f"; {number} figures wait for the council."
    )


def test_the_council_is_not_told_of_what_waits_for_the_trust(demonstration):
    Figure.objects.filter(month="2020-03-01").update(state="queried")

    tell_what_falls_due(today=date(2020, 4, 24))

    assert kinds() == [("trust-manager", "overdue")]


def test_another_working_day_of_the_contract_counts(demonstration):
    Contract.objects.filter(pk=demonstration.pk).update(figures_due_working_day=5, answer_due_working_day=6)

    tell_what_falls_due(today=date(2020, 4, 7))

    due = dict(Notice.objects.values_list("user__username", "words"))
    assert "are due on 7 April 2020, today" in due["trust-manager"]
    assert "are due on 8 April 2020, in 1 working day" in due["client-officer"]


def test_the_other_contract_and_who_left_are_told_nothing(demonstration, other_trust_manager, persona):
    persona("client-officer").memberships.all().delete()
    type(other_trust_manager).objects.filter(username="trust-manager").update(is_active=False)

    assert tell_what_falls_due(today=date(2020, 4, 24)) == 0


def test_who_comes_later_is_told_what_is_still_true(demonstration, persona):
    from parties.services import create_user, grant_membership

    tell_what_falls_due(today=date(2020, 4, 24))
    new = create_user(username="new-manager", by=BY)
    grant_membership(user=new, organisation=demonstration.provider, role="trust_manager", by=BY)

    assert tell_what_falls_due(today=date(2020, 4, 27)) == 1
    assert Notice.objects.get(user=new).kind == "overdue"


def test_a_sweep_with_nothing_new_asks_little_however_many_contracts(
    demonstration, other_contract, django_assert_max_num_queries
):
    tell_what_falls_due(today=date(2020, 4, 24))

    with django_assert_max_num_queries(9):
        tell_what_falls_due(today=date(2020, 4, 25))
