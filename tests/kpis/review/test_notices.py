"""Each step of the round tells exactly the people whom it concerns, in words without figures."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import transaction

from core import clock
from kpis.figures.models import Figure
from kpis.returns.models import Draft
from kpis.review.notices import REVISED, tell_answered
from kpis.review.refusals import RoundRefused
from kpis.review.services import accept_figures, explain_figure, query_figure
from notices.models import Notice, NoticeChoice
from parties.participants import participant_for
from parties.services import create_user, deactivate_user, grant_membership
from tests.cast import BY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

ANSWER_BY = date(2026, 12, 8)
TODAY = date(2026, 11, 24)


@pytest.fixture
def cast(demonstration, persona, other_contract):
    """Beside the demonstration's own people: colleagues, who left, and namesakes at another contract."""

    def person(username, organisation, role, **details):
        user = create_user(username=username, email=f"{username}@council.example", by=BY, **details)
        grant_membership(user=user, organisation=organisation, role=role, by=BY)
        return user

    council, trust = demonstration.commissioner, demonstration.provider
    person("second-manager", trust, "trust_manager", first_name="Mina", last_name="Marsh")
    person("second-officer", council, "client_officer", first_name="Otto", last_name="Orr")
    person("trust-administrator", trust, "administrator")
    person("councillor", council, "scrutiny_member")
    deactivate_user(user=person("former-manager", trust, "trust_manager"), by=BY)
    deactivate_user(user=person("former-officer", council, "client_officer"), by=BY)
    person("strange-manager", other_contract.provider, "trust_manager")
    person("strange-officer", other_contract.commissioner, "client_officer")
    return {"officer": reader_of("client-officer", persona), "manager": reader_of("trust-manager", persona)}


def reader_of(username, persona):
    return participant_for(persona(username), "sandwell")


def latest(code: str, month: date = date(2020, 3, 1)):
    figures = Figure.objects.select_related("latest__figure__indicator")
    return figures.get(indicator__code=code, month=month).latest


def ask(participant, code: str, reason: str = "Is 46 of 62 right?"):
    seen = latest(code)
    query_figure(by=participant, seen=seen, reason=reason, answer_by=ANSWER_BY, today=TODAY)
    return seen.figure


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("user__username", "words"))


def test_a_query_reaches_every_active_manager_of_the_trust(cast):
    ask(cast["officer"], "PI9")

    words = (
        "Client officer of the council asks about PI9 Foster carer approvals, March 2020;"
        " an answer is due by 8 December 2026."
    )
    name = latest("PI9").figure.indicator.short_name
    words = words.replace("Foster carer approvals", name)
    assert told("queried") == [("trust-manager", words), ("second-manager", words)]
    assert Notice.objects.count() == 2
    assert set(Notice.objects.values_list("path", flat=True)) == {
        "/contracts/sandwell/review/PI9/?month=2020-03"
    }


@pytest.mark.parametrize(("disputes", "words"), [(False, "explained"), (True, "disputed the query about")])
def test_an_answer_reaches_every_active_officer_of_the_council(cast, disputes, words):
    ask(cast["officer"], "PI9")

    explain_figure(by=cast["manager"], seen=latest("PI9"), words="It is 46.", disputes=disputes)

    assert [who for who, _ in told("answered")] == ["client-officer", "second-officer"]
    name = latest("PI9").figure.indicator.short_name
    assert {said for _, said in told("answered")} == {
        f"Trust manager of the Trust {words} PI9 {name}, March 2020."
    }


def test_what_is_accepted_at_once_is_one_notice(cast):
    accept_figures(by=cast["officer"], seen=[latest("PI1"), latest("PI2"), latest("PI3")])

    words = "Client officer of the council accepted 3 figures of March 2020."
    assert told("accepted") == [("trust-manager", words), ("second-manager", words)]
    assert Notice.objects.first().path == "/contracts/sandwell/review/?month=2020-03"


def test_one_accepted_figure_is_named(cast):
    accept_figures(by=cast["officer"], seen=[latest("PI1")])

    name = latest("PI1").figure.indicator.short_name
    assert told("accepted")[0][1] == f"Client officer of the council accepted PI1 {name}, March 2020."
    assert Notice.objects.first().path == "/contracts/sandwell/review/PI1/?month=2020-03"


def test_figures_of_several_months_say_which(cast):
    Figure.objects.filter(month="2020-02-01", indicator__code="PI1").update(state="submitted", accepted=None)

    accept_figures(by=cast["officer"], seen=[latest("PI1", date(2020, 2, 1)), latest("PI1")])

    assert told("accepted")[0][1].endswith("accepted 2 figures of 2 months from February 2020 to March 2020.")


def test_a_revision_that_answers_a_query_is_told_once(cast):
    figure = ask(cast["officer"], "PI9")
    not_queried = latest("PI1").figure

    for _ in range(2):
        tell_answered(by=cast["manager"], figures=[figure, not_queried], how=REVISED)

    assert [who for who, _ in told("answered")] == ["client-officer", "second-officer"]
    assert told("answered")[0][1].startswith("Trust manager of the Trust revised after the query PI9 ")


def test_a_second_query_of_the_same_figure_is_told_again(cast):
    for reason in ("Which team?", "And the other?"):
        ask(cast["officer"], "PI9", reason)
        explain_figure(by=cast["manager"], seen=latest("PI9"), words=f"On: {reason}", disputes=False)

    assert len(told("queried")) == len(told("answered")) == 4


def test_the_same_form_sent_twice_tells_once(cast):
    for _ in range(2):
        ask(cast["officer"], "PI9")
    accept_figures(by=cast["officer"], seen=[latest("PI1")])
    accept_figures(by=cast["officer"], seen=[latest("PI1")])

    assert (len(told("queried")), len(told("accepted"))) == (2, 2)


def test_who_acts_is_not_told_even_in_both_parties(cast, persona, demonstration):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)

    accept_figures(by=participant_for(both, "sandwell"), seen=[latest("PI1")])

    assert [who for who, _ in told("accepted")] == ["second-manager"]


def test_what_is_refused_or_rolled_back_tells_nobody(cast):
    with pytest.raises(RoundRefused):
        ask(cast["officer"], "PI9", reason=" ")
    with transaction.atomic():
        ask(cast["officer"], "PI9")
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_kind_that_is_not_wanted_by_mail_is_a_notice_all_the_same(cast, persona):
    NoticeChoice.objects.create(user=persona("trust-manager"), kind="queried")

    ask(cast["officer"], "PI9")
    accept_figures(by=cast["officer"], seen=[latest("PI1")])

    assert list(Notice.objects.order_by("pk").values_list("user__username", "kind", "by_mail")) == [
        ("trust-manager", "queried", False),
        ("second-manager", "queried", True),
        ("trust-manager", "accepted", True),
        ("second-manager", "accepted", True),
    ]


def test_no_notice_says_a_figure_or_what_somebody_typed(cast, persona):
    march = Figure.objects.filter(month="2020-03-01").select_related("latest", "indicator")
    Draft.objects.create(
        indicator=latest("PI1").figure.indicator,
        month="2020-03-01",
        numerator="717273",
        changed_by=persona("trust-manager"),
        changed_as="Trust manager",
    )
    for figure in march:
        ask(cast["officer"], figure.indicator.code, "Is it 717273?")
        explain_figure(by=cast["manager"], seen=figure.latest, words="It is 717273.", disputes=True)
    accept_figures(by=cast["officer"], seen=[figure.latest for figure in march])

    allowed = {"2020", "2026", "8", str(len(march))}
    for notice in Notice.objects.all():
        for figure in march:
            notice.words = notice.words.replace(str(figure.indicator), "")
        assert set(re.findall(r"[0-9]+", notice.words)) <= allowed, notice.words
        assert "717273" not in notice.words


def test_a_step_costs_few_queries_however_many_are_told(cast, demonstration, django_assert_max_num_queries):
    for number in range(12):
        user = create_user(username=f"manager-{number}", by=BY)
        grant_membership(user=user, organisation=demonstration.provider, role="trust_manager", by=BY)

    with django_assert_max_num_queries(18):
        ask(cast["officer"], "PI9")

    assert Notice.objects.count() == 14
    assert Notice.objects.latest("at").at - clock.now() < timedelta(minutes=1)
