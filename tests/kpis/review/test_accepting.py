"""The council accepts, one by one and at once, and nobody accepts what they entered."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import CheckAnswer, Figure, FigureRevision
from kpis.review.models import Step
from parties.services import grant_membership
from tests.cast import BY
from tests.kpis.review.pages import MARCH, REVIEW, accept, ask, figure, reply, section
from tests.pages import words
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


def test_accepting_one_is_kept_with_who_and_when(officer, persona):
    answer = accept(officer, "PI1", follow=True)

    assert "1 figure accepted." in words(answer)
    assert "PI1" in section(answer, "accepted")
    kept = figure("PI1")
    assert (kept.state, kept.accepted_id) == ("accepted", kept.latest_id)
    step = Step.objects.get()
    assert (step.kind, step.party, step.taken_by) == ("accepted", "commissioner", persona("client-officer"))
    entry = AuditEvent.objects.latest("sequence")
    assert (entry.action, entry.actor, entry.contract_code) == (
        "figures.accepted",
        "client-officer",
        "sandwell",
    )
    assert entry.summary == "PI1 2020-03 accepted."


def test_all_on_target_are_accepted_at_once(officer):
    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "lxml")
    form = page.find("section", attrs={"aria-labelledby": "council"}).find("form")
    chosen = [field["value"] for field in form.find_all("input", attrs={"name": "revision"})]
    on_target = IndicatorStatus.objects.filter(month="2020-03-01", status="on_target")
    assert {int(one) for one in chosen} == set(on_target.values_list("revision_id", flat=True))

    officer.post(form["action"], {"revision": chosen})

    accepted = Figure.objects.filter(month="2020-03-01", state="accepted")
    assert set(accepted.values_list("latest_id", flat=True)) == {int(one) for one in chosen}
    assert AuditEvent.objects.filter(action="figures.accepted").count() == 1


def test_a_queried_one_is_not_among_those_accepted_at_once(officer):
    code = IndicatorStatus.objects.filter(month="2020-03-01", status="on_target")[0].indicator.code
    ask(officer, code)

    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "lxml")

    chosen = page.find("section", attrs={"aria-labelledby": "council"}).find("form").find_all("input")
    assert str(figure(code).latest_id) not in [field.get("value") for field in chosen]


def at_once(page) -> list[int]:
    """The revisions that the one button for all accepts."""
    form = BeautifulSoup(page.content, "lxml").select_one(".round__at-once")
    return [int(field["value"]) for field in form.select("input[name=revision]")]


def codes_on_target() -> list[str]:
    on_target = IndicatorStatus.objects.filter(month="2020-03-01", status="on_target")
    return list(on_target.order_by("indicator__position").values_list("indicator__code", flat=True))


def warn(code: str) -> None:
    CheckAnswer.objects.create(
        revision=figure(code).latest, code="same-as-before", message="As in February.", words="Counted twice."
    )


def test_what_raises_a_question_is_not_accepted_along_with_the_others(officer, manager, demonstration):
    answered, warned, provisional, *others = codes_on_target()
    ask(officer, answered)
    reply(manager, answered)
    warn(warned)
    revision = figure(provisional).latest
    new = FigureRevision.objects.create(
        figure=revision.figure,
        number=revision.number + 1,
        numerator=revision.numerator,
        denominator=revision.denominator,
        value=revision.value,
        provenance="returned",
        final_expected_on=date(2020, 5, 12),
        entered_as=BY,
    )
    Figure.objects.filter(pk=revision.figure_id).update(latest=new)
    IndicatorStatus.objects.filter(revision=revision).update(revision=new)

    page = officer.get(f"{REVIEW}{MARCH}")

    assert set(at_once(page)) == {figure(code).latest_id for code in others}
    council = section(page, "council")
    assert f"Accept all {len(others)} that are on target and raise no question" in council
    assert "3 more on target wait below: 1 queried before, 1 with checks, 1 provisional." in council


def test_what_waits_for_one_reason_says_so_once(officer):
    warned, *_ = codes_on_target()
    warn(warned)

    assert "1 more on target waits below, with checks." in section(officer.get(f"{REVIEW}{MARCH}"), "council")


def test_exceptions_come_first_then_what_raises_a_question(officer, manager):
    answered, warned, *others = reversed(codes_on_target())
    ask(officer, answered)
    reply(manager, answered)
    warn(warned)

    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "lxml")

    codes = [row.h3.get_text().split()[0] for row in page.select("[aria-labelledby=council] .round__figure")]
    off = IndicatorStatus.objects.filter(month="2020-03-01", status__in=["failure", "within_tolerance"])
    assert len(codes) == off.count() + 2 + len(others)
    assert set(codes[off.count() : off.count() + 2]) == {answered, warned}


def test_an_accepted_query_of_old_keeps_its_figure_apart(officer, manager, demonstration):
    code = codes_on_target()[0]
    ask(officer, code)
    reply(manager, code)
    accept(officer, code)
    latest = figure(code).latest
    numbers = ",".join(str(one if one is not None else "") for one in (latest.numerator, latest.denominator))
    returned(demonstration, f"{code},2020-03,{numbers},{latest.value or ''},Other words,returned\n")
    IndicatorStatus.objects.filter(revision=latest).update(revision=figure(code).latest_id)

    assert figure(code).latest_id not in at_once(officer.get(f"{REVIEW}{MARCH}"))


def test_a_months_figures_are_accepted_in_few_queries(officer, django_assert_max_num_queries):
    waiting = list(Figure.objects.filter(month="2020-03-01", state="submitted"))
    assert len(waiting) >= 14

    with django_assert_max_num_queries(25):
        officer.post(f"{REVIEW}accept/", {"revision": [one.latest_id for one in waiting]})

    accepted = Figure.objects.filter(pk__in=[one.pk for one in waiting], state="accepted")
    assert {one.accepted_id for one in accepted} == {one.latest_id for one in waiting}
    assert Step.objects.filter(kind="accepted").count() == len(waiting)


def test_the_same_form_sent_twice_has_one_effect(officer):
    accept(officer, "PI1")

    assert "That was accepted already." in words(accept(officer, "PI1", follow=True))
    assert Step.objects.count() == 1


def test_more_than_are_accepted_at_once_are_refused_in_words(officer):
    sent = {"revision": [figure("PI1").latest_id] * 201}

    answer = officer.post(f"{REVIEW}accept/", sent, follow=True)

    assert "At most 200 figures are accepted at once. None of these was accepted." in answer.content.decode()
    assert figure("PI1").state == "submitted"


@pytest.mark.parametrize("sent", [{}, {"revision": ["x", "-1", "99999999999999999999"]}, {"revision": ["0"]}])
def test_nothing_chosen_accepts_nothing(officer, sent):
    answer = officer.post(f"{REVIEW}accept/", sent, follow=True)

    assert "No figure was chosen" in words(answer)
    assert not Step.objects.exists()


def test_a_revision_that_came_meanwhile_is_not_accepted_unseen(officer, demonstration):
    seen = figure("PI1").latest_id
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n")

    answer = officer.post(f"{REVIEW}accept/", {"revision": [seen, figure("PI2").latest_id]})

    assert answer.status_code == 409
    assert "PI1 of March 2020 was revised meanwhile. Nothing was changed" in words(answer)
    assert not Step.objects.exists()
    assert figure("PI2").state == "submitted"


def test_who_entered_a_figure_can_not_accept_it_whatever_roles_they_hold(demonstration, persona, signed_in):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n", by=both)

    answer = accept(signed_in(both), "PI2", "PI1", follow=True)

    assert "You submitted PI1 of March 2020 yourself" in words(answer)
    assert not Step.objects.exists()
    accept(signed_in(both), "PI2")
    assert figure("PI2").state == "accepted"


def test_another_contracts_figure_is_not_there(officer, other_trust_manager, other_contract, signed_in):
    grant_membership(
        user=other_trust_manager, organisation=other_contract.commissioner, role="client_officer", by=BY
    )
    stranger = signed_in(other_trust_manager)

    answer = stranger.post("/contracts/elsewhere/review/accept/", {"revision": [figure("PI1").latest_id]})

    assert answer.status_code == 302
    assert figure("PI1").state == "submitted"
