"""The council reviews a month, and the Trust answers, each through the pages that they use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from audit.models import AuditEvent
from kpis.models import Figure, FigureRevision, FiguresVersion, IndicatorStatus, Step
from kpis.services.importing import check_file, import_figures
from parties.services import grant_membership

pytestmark = pytest.mark.django_db

REVIEW = "/contracts/sandwell/review/"
MARCH = "?month=2020-03"
BY = "the tests"


@pytest.fixture(autouse=True)
def in_process(settings):
    settings.CELERY_ON = False


@pytest.fixture
def officer(persona, signed_in):
    return signed_in(persona("client-officer"))


@pytest.fixture
def manager(persona, signed_in):
    return signed_in(persona("trust-manager"))


def figure(code: str, month: date = date(2020, 3, 1)) -> Figure:
    return Figure.objects.select_related("latest").get(indicator__code=code, month=month)


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def section(response, name: str) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.find("section", attrs={"aria-labelledby": name}).get_text(" ").split())


def accept(client, *codes: str, **rest):
    return client.post(f"{REVIEW}accept/", {"revision": [figure(code).latest_id for code in codes]}, **rest)


def ask(client, code: str, reason: str = "Which team?", days: int = 7, **rest):
    sent = {"revision": figure(code).latest_id, "reason": reason}
    sent["answer_by"] = (timezone.localdate() + timedelta(days=days)).isoformat()
    return client.post(f"{REVIEW}{code}/query/{MARCH}", sent, **rest)


def reply(
    client, code: str, kind: str = "explains", said: str = "The west team; two posts are filled now.", **rest
):
    sent = {"revision": figure(code).latest_id, "kind": kind, "words": said}
    return client.post(f"{REVIEW}{code}/answer/{MARCH}", sent, **rest)


def returned(contract, row: str, by=BY):
    header = "indicator,month,numerator,denominator,value,commentary,provenance\n"
    checked = check_file(content=(header + row).encode(), contract=contract, today=date(2026, 1, 1))
    assert checked.problems == []
    return import_figures(by=by, contract=contract, checked=checked, file_name="march.csv")


# --- the month


def test_the_month_that_waits_is_shown_first_with_the_failed_ones_on_top(officer):
    page = officer.get(REVIEW)

    assert "Review of March 2020" in words(page)
    statuses = IndicatorStatus.objects.filter(month="2020-03-01", revision__isnull=False)
    waiting = statuses.count()
    failed = statuses.filter(status="failure").count()
    assert (
        f"{waiting} figures wait for the council, {failed} of them failed; 0 accepted; 1 not reported."
        in words(page)
    )
    first = BeautifulSoup(page.content, "html.parser").select(".round__figure")[:failed]
    assert all("Failed" in row.get_text() for row in first)


def test_a_month_that_is_settled_says_so(officer):
    page = officer.get(f"{REVIEW}?month=2019-03")

    assert "Nothing waits for the council in March 2019." in section(page, "council")
    assert "PI1" in section(page, "accepted")
    assert "Other months with open figures: March 2020" in words(page)


@pytest.mark.parametrize("month", ["2031-01", "soon"])
def test_a_month_that_is_not_there(officer, month):
    assert officer.get(f"{REVIEW}?month={month}").status_code == 404
    assert officer.get(f"{REVIEW}PI1/?month={month}").status_code == 404


def test_queries_stay_few_whatever_was_said(officer, manager, django_assert_max_num_queries):
    for code in ("PI1", "PI2", "PI3"):
        ask(officer, code)
        reply(manager, code)

    for address in (f"{REVIEW}{MARCH}", f"{REVIEW}PI1/{MARCH}"):
        with django_assert_max_num_queries(12):
            assert officer.get(address).status_code == 200


# --- accepting


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
    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "html.parser")
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

    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "html.parser")

    chosen = page.find("section", attrs={"aria-labelledby": "council"}).find("form").find_all("input")
    assert str(figure(code).latest_id) not in [field.get("value") for field in chosen]


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
    assert "PI1 2020-03 was revised meanwhile. Nothing was changed" in words(answer)
    assert not Step.objects.exists()
    assert figure("PI2").state == "submitted"


def test_who_entered_a_figure_can_not_accept_it_whatever_roles_they_hold(demonstration, persona, signed_in):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n", by=both)

    answer = accept(signed_in(both), "PI2", "PI1", follow=True)

    assert "You submitted PI1 2020-03 yourself" in words(answer)
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


# --- asking and answering


def test_a_query_is_the_trusts_turn_and_says_by_when(officer, manager):
    answer = ask(officer, "PI9", "Which team is it?", follow=True)

    assert "The Trust is asked." in words(answer)
    due = timezone.localdate() + timedelta(days=7)
    page = manager.get(f"{REVIEW}{MARCH}")
    assert "PI9" in section(page, "trust")
    assert f"Which team is it? An answer is due by {due.day} {due:%B %Y}." in section(page, "trust")
    assert "Answer the council" in words(manager.get(f"{REVIEW}PI9/{MARCH}"))
    assert "Answer the council" not in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"reason": ""}, "Write what you ask about"),
        ({"reason": "x" * 2001}, "at most 2000 characters"),
        ({"days": -1}, "over already"),
    ],
)
def test_a_query_without_reason_or_day_keeps_what_was_typed(officer, sent, message):
    answer = ask(officer, "PI9", **{"reason": "Typed already"} | sent)

    assert answer.status_code == 200
    assert message in words(answer)
    assert BeautifulSoup(answer.content, "html.parser").title.get_text().startswith("Error: ")
    assert sent.get("reason", "Typed already")[:50] in words(answer)
    assert figure("PI9").state == "submitted"


def test_the_thread_shows_both_sides_in_order(officer, manager, demonstration):
    ask(officer, "PI9", "Which team is it?")
    reply(manager, "PI9", "disputes", "The count is right.")
    ask(officer, "PI9", "Please recount.")
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")
    accept(officer, "PI9")

    page = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "html.parser")

    said = [" ".join(step.get_text(" ").split()) for step in page.select(".thread__step")]
    heads = [text.partition(":")[2].strip() for text in said]
    assert [head.split()[0] for head in heads] == [
        "Revision",
        "Queried",
        "Disputed",
        "Queried",
        "Revision",
        "Accepted",
    ]
    assert said[1].startswith("The council") and "Which team is it?" in said[1]
    assert said[2].startswith("The Trust") and "The count is right." in said[2]
    assert heads[-1].startswith("Accepted revision 2")
    assert "The council accepted it." in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


@pytest.mark.parametrize(("kind", "state"), [("explains", "submitted"), ("disputes", "disputed")])
def test_an_answer_gives_the_turn_back(officer, manager, kind, state):
    ask(officer, "PI9")

    answer = reply(manager, "PI9", kind, follow=True)

    assert "Your answer is with the council." in words(answer)
    assert figure("PI9").state == state
    assert "PI9" in section(officer.get(f"{REVIEW}{MARCH}"), "council")
    reply(manager, "PI9", kind)
    assert Step.objects.filter(party="provider").count() == 1


def test_what_is_not_queried_needs_no_answer(manager):
    answer = reply(manager, "PI9", follow=True)

    assert "nothing to answer" in words(answer)
    assert not Step.objects.exists()


def test_an_empty_answer_is_asked_for_again(officer, manager):
    ask(officer, "PI9")

    answer = reply(manager, "PI9", said=" ")

    assert "Write your answer" in words(answer)
    assert figure("PI9").state == "queried"


# --- corrections


def test_a_correction_of_an_accepted_figure_waits_again_and_the_accepted_one_is_known(officer, demonstration):
    accept(officer, "PI1")
    accepted = figure("PI1").latest_id

    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n")

    corrected = figure("PI1")
    assert (corrected.state, corrected.accepted_id) == ("submitted", accepted)
    assert corrected.latest.number == FigureRevision.objects.get(pk=accepted).number + 1
    assert "PI1" in section(officer.get(f"{REVIEW}{MARCH}"), "council")


def test_every_answer_turns_the_kept_pages_over(officer, django_capture_on_commit_callbacks):
    before = FiguresVersion.objects.get().generation
    with django_capture_on_commit_callbacks(execute=True):
        accept(officer, "PI1")

    version = FiguresVersion.objects.get()
    assert version.generation > before
    assert version.computed == version.current
    page = BeautifulSoup(officer.get(f"/contracts/sandwell/indicators/PI1/{MARCH}").content, "html.parser")
    assert "Submitted." not in page.find(id="m2020-03").get_text()
