"""The council reviews a month, and the Trust answers, each through the pages that they use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.importing import check_file, import_figures
from kpis.figures.models import Figure, FigureRevision, Omission
from kpis.returns.models import CheckAnswer, Draft
from kpis.review.models import Step
from kpis.rules.figures import numbers_in_words
from kpis.versions.models import FiguresVersion
from parties.services import grant_membership
from tests.cast import BY
from uploads.models import Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

REVIEW = "/contracts/sandwell/review/"
MARCH = "?month=2020-03"


def figure(code: str, month: date = date(2020, 3, 1)) -> Figure:
    return Figure.objects.select_related("latest").get(indicator__code=code, month=month)


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").find("main").get_text(" ").split())


def section(response, name: str) -> str:
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(page.find("section", attrs={"aria-labelledby": name}).get_text(" ").split())


def accept(client, *codes: str, **rest):
    return client.post(f"{REVIEW}accept/", {"revision": [figure(code).latest_id for code in codes]}, **rest)


def ask(client, code: str, reason: str = "Which team?", days: int = 7, **rest):
    sent = {"revision": figure(code).latest_id, "reason": reason}
    sent["answer_by"] = (clock.today() + timedelta(days=days)).isoformat()
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
    first = BeautifulSoup(page.content, "lxml").select(".round__figure")[:failed]
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
        with django_assert_max_num_queries(15):
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


# --- asking and answering


def test_a_query_is_the_trusts_turn_and_says_by_when(officer, manager):
    answer = ask(officer, "PI9", "Which team is it?", follow=True)

    assert "The Trust is asked." in words(answer)
    due = clock.today() + timedelta(days=7)
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
    assert BeautifulSoup(answer.content, "lxml").title.get_text().startswith("Error: ")
    assert sent.get("reason", "Typed already")[:50] in words(answer)
    assert figure("PI9").state == "submitted"


def test_a_query_is_to_be_answered_in_five_working_days_unless_another_day_is_given(officer, settings):
    # The Thursday before Easter: Friday and Monday are bank holidays.
    settings.DEMONSTRATION_DAY = date(2020, 4, 9)

    page = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "lxml")

    assert page.find("input", attrs={"name": "answer_by"})["value"] == "2020-04-20"


def test_the_trust_chooses_between_two_answers_or_returns_another_figure(officer, manager):
    ask(officer, "PI9")
    page = BeautifulSoup(manager.get(f"{REVIEW}PI9/{MARCH}").content, "lxml")
    form = page.find(attrs={"aria-labelledby": "reply"}).find("form")

    choices = [" ".join(one.get_text().split()) for one in form.select("fieldset label")]
    assert choices == ["Explain the figure", "Dispute the query"]
    assert not form.select("input[checked]")
    assert form.find("a", string="return another figure")["href"].endswith("/returns/2020-03/#PI9")


def test_an_answer_that_says_not_which_keeps_its_words(officer, manager):
    ask(officer, "PI9")

    answer = reply(manager, "PI9", kind="", said="Typed with care")

    assert "Say whether you explain or dispute" in words(answer)
    assert "Typed with care" in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    target = page.select_one(".govuk-error-summary a")["href"]
    assert page.select_one(target)["name"] == "kind"
    assert figure("PI9").state == "queried"


def test_the_thread_shows_both_sides_in_order(officer, manager, demonstration):
    ask(officer, "PI9", "Which team is it?")
    reply(manager, "PI9", "disputes", "The count is right.")
    ask(officer, "PI9", "Please recount.")
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")
    accept(officer, "PI9")

    page = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "lxml")

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


def row_of(client, code: str) -> str:
    page = BeautifulSoup(client.get(f"{REVIEW}{MARCH}").content, "lxml")
    row = next(row for row in page.select(".round__figure") if row.h3.get_text().startswith(f"{code} "))
    return " ".join(row.get_text(" ").split())


@pytest.mark.parametrize(("kind", "did"), [("explains", "explained"), ("disputes", "disputed")])
def test_the_last_words_stand_in_the_months_row(officer, manager, kind, did):
    ask(officer, "PI9", "Which team?")
    reply(manager, "PI9", kind, "The west team.")

    row = row_of(officer, "PI9")

    assert f"The council asked: Which team? The Trust {did}: The west team." in row
    assert ("answered" if kind == "explains" else "disputed") in row


def test_a_revision_says_in_the_months_row_what_changed_and_why(officer, demonstration):
    before = IndicatorStatus.objects.get(month="2020-03-01", indicator__code="PI1")
    ask(officer, "PI1", "Recount, please")
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n")
    IndicatorStatus.objects.filter(pk=before.pk).update(
        revision=figure("PI1").latest_id, numerator=700, denominator=1000, value=70, status="failure"
    )

    row = row_of(officer, "PI1")

    assert "The council asked: Recount, please The Trust revised it: was " in row
    assert f"was {before.value:.1f}%. Why: Imported from march.csv" in row
    assert "answered" in row


def test_nobody_answers_their_own_query(demonstration, persona, signed_in):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)
    client = signed_in(both)
    ask(client, "PI9")

    assert offered(client, "PI9") == {"accept", "ask"}
    assert "You asked this yourself, so somebody else answers it" in words(client.get(f"{REVIEW}PI9/{MARCH}"))
    answer = reply(client, "PI9")

    assert answer.status_code == 409
    assert "You asked this about PI9 of March 2020 yourself" in words(answer)
    assert figure("PI9").state == "queried"


def test_what_is_not_queried_needs_no_answer(manager):
    answer = reply(manager, "PI9", follow=True)

    assert "no query is open" in words(answer)
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
    page = BeautifulSoup(officer.get(f"/contracts/sandwell/indicators/PI1/{MARCH}").content, "lxml")
    assert "Submitted." not in page.find(id="m2020-03").get_text()


# --- what is not computed yet


def test_a_revision_that_is_not_computed_is_shown_as_such_and_answered_by_nobody(
    officer, demonstration, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.CELERY_ON = True
    monkeypatch.setattr("kpis.engine.waking.app.send_task", lambda *words, **more: None)
    on_target = IndicatorStatus.objects.filter(month="2020-03-01", status="on_target")
    code = on_target.filter(indicator__unit="percent")[0].indicator.code
    with django_capture_on_commit_callbacks(execute=True):
        returned(demonstration, f"{code},2020-03,1,100,,Recounted,returned\n")

    page = BeautifulSoup(officer.get(f"{REVIEW}{MARCH}").content, "lxml")
    row = next(row for row in page.select(".round__figure") if row.h3.get_text().startswith(f"{code} "))
    assert "Revised, not computed yet: 1 of 100 (the tests" in " ".join(row.get_text(" ").split())
    assert not row.select("form, .status, .round__acts")
    assert str(figure(code).latest_id) not in [
        field.get("value") for field in page.find_all("input", attrs={"name": "revision"})
    ]
    assert "newer figures are being computed" in page.get_text()

    page = BeautifulSoup(officer.get(f"{REVIEW}{code}/{MARCH}").content, "lxml")
    assert "Revised, not computed yet: 1 of 100" in " ".join(page.get_text(" ").split())
    assert not page.find(id="accept") and not page.find(id="ask")
    assert "newer figures are being computed" in page.get_text()


def test_what_was_shown_is_what_is_accepted(officer, demonstration):
    shown = IndicatorStatus.objects.get(month="2020-03-01", indicator__code="PI1").revision_id
    page = BeautifulSoup(officer.get(f"{REVIEW}PI1/{MARCH}").content, "lxml")
    sent = page.find(attrs={"aria-labelledby": "accept"}).find("input", attrs={"name": "revision"})["value"]
    assert int(sent) == shown

    returned(demonstration, "PI1,2020-03,1,100,,Recounted,returned\n")

    assert officer.post(f"{REVIEW}accept/", {"revision": [sent]}).status_code == 409
    assert figure("PI1").state == "submitted"


# --- the same again, and what only looks like it


def test_the_same_query_sent_twice_is_asked_once_and_says_so(officer):
    ask(officer, "PI9")

    assert "The Trust was asked already." in words(ask(officer, "PI9", follow=True))
    assert Step.objects.count() == 1


def test_the_same_words_about_a_new_revision_are_a_new_query(officer, demonstration):
    ask(officer, "PI9")
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    assert "The Trust is asked." in words(ask(officer, "PI9", follow=True))
    assert figure("PI9").state == "queried"
    assert list(Step.objects.values_list("revision__number", flat=True)) == [1, 2]


def test_the_same_words_with_a_later_day_are_a_new_query(officer):
    ask(officer, "PI9", days=7)

    assert "The Trust is asked." in words(ask(officer, "PI9", days=30, follow=True))
    assert Step.objects.last().answer_by == clock.today() + timedelta(days=30)
    assert "Ask again" in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


def test_the_same_words_after_an_answer_are_a_new_query(officer, manager):
    for _ in range(2):
        ask(officer, "PI9")
        reply(manager, "PI9")

    assert [step.kind for step in Step.objects.all()] == ["queried", "explained"] * 2
    assert "You answered the council already." in words(reply(manager, "PI9", follow=True))


# --- the table of the round on the pages


def offered(client, code: str, month: str = "2020-03") -> set[str]:
    page = BeautifulSoup(client.get(f"{REVIEW}{code}/?month={month}").content, "lxml")
    return {name for name in ("accept", "ask", "reply") if page.find(attrs={"aria-labelledby": name})}


def test_the_page_offers_what_the_table_allows(officer, manager):
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, set())
    ask(officer, "PI9")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, {"reply"})
    reply(manager, "PI9", "disputes")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"accept", "ask"}, set())
    accept(officer, "PI9")
    assert (offered(officer, "PI9"), offered(manager, "PI9")) == ({"ask"}, set())
    assert offered(officer, "PI9", "2019-03") == set()


@pytest.mark.parametrize(
    ("provenance", "turn"),
    [("published", "entered as it was printed"), ("illustrative", "made up for the demonstration")],
)
def test_a_figure_outside_the_round_says_where_it_comes_from(officer, provenance, turn):
    outside = FigureRevision.objects.filter(provenance=provenance, figure__state="accepted").first().figure
    page = officer.get(f"{REVIEW}{outside.indicator.code}/?month={outside.month:%Y-%m}")

    assert f"It was {turn}, outside the round." in words(page)


def test_a_figure_outside_the_round_is_not_queried(officer):
    printed = figure("PI9", date(2019, 3, 1))
    sent = {
        "revision": printed.latest_id,
        "reason": "Why?",
        "answer_by": clock.today(),
        "reopens": "1",
    }

    answer = officer.post(f"{REVIEW}PI9/query/?month=2019-03", sent)

    assert answer.status_code == 409
    assert "outside the round" in words(answer)
    assert "Why?" in words(answer)
    assert figure("PI9", date(2019, 3, 1)).state == "accepted"


def test_an_open_query_is_not_accepted_over_unless_it_is_withdrawn(officer):
    latest = figure("PI9").latest_id
    ask(officer, "PI9")

    stale = officer.post(f"{REVIEW}accept/", {"revision": [latest]})
    assert stale.status_code == 409
    assert "was queried already" in words(stale)
    assert figure("PI9").state == "queried"

    officer.post(f"{REVIEW}accept/", {"revision": [latest], "withdraws": "1"})
    assert figure("PI9").state == "accepted"
    assert Step.objects.last().words == "The query was withdrawn without an answer."
    assert "The query was withdrawn without an answer." in words(officer.get(f"{REVIEW}PI9/{MARCH}"))


def test_what_was_accepted_meanwhile_is_not_queried_unseen(officer):
    accept(officer, "PI9")

    answer = ask(officer, "PI9", "Typed with care")

    assert answer.status_code == 409
    assert "was accepted already" in words(answer)
    assert "Typed with care" in words(answer)
    assert figure("PI9").state == "accepted"


def test_an_accepted_figure_is_reopened_with_a_reason(officer, manager):
    accept(officer, "PI9")
    accepted = figure("PI9").accepted_id
    assert "Reopen" in section(officer.get(f"{REVIEW}PI9/{MARCH}"), "ask")
    latest, due = figure("PI9").latest_id, clock.today()
    sent = {"revision": latest, "reason": "A letter came", "answer_by": due.isoformat(), "reopens": "1"}

    answer = officer.post(f"{REVIEW}PI9/query/{MARCH}", sent, follow=True)
    officer.post(f"{REVIEW}PI9/query/{MARCH}", sent)

    assert "The Trust is asked." in words(answer)
    assert "Reopened" in section(answer, "said")
    assert (figure("PI9").state, figure("PI9").accepted_id) == ("queried", accepted)
    assert [step.kind for step in Step.objects.all()] == ["accepted", "reopened"]
    assert AuditEvent.objects.latest("sequence").action == "figure.reopened"
    assert "A letter came" in section(manager.get(f"{REVIEW}{MARCH}"), "trust")


def test_who_submitted_a_figure_is_not_offered_to_accept_it(demonstration, persona, signed_in):
    both = persona("trust-manager")
    grant_membership(user=both, organisation=demonstration.commissioner, role="client_officer", by=BY)
    returned(demonstration, "PI1,2020-03,700,1000,,Recounted,returned\n", by=both)
    IndicatorStatus.objects.filter(month="2020-03-01", indicator__code="PI1").update(
        revision=figure("PI1").latest_id, status="on_target"
    )
    client = signed_in(both)

    assert offered(client, "PI1") == {"ask"}
    assert "You submitted this figure yourself" in words(client.get(f"{REVIEW}PI1/{MARCH}"))
    page = BeautifulSoup(client.get(f"{REVIEW}{MARCH}").content, "lxml")
    revisions = [field["value"] for field in page.find_all("input", attrs={"name": "revision"})]
    assert revisions and str(figure("PI1").latest_id) not in revisions


# --- the trail


def test_the_trail_says_what_was_answered_and_its_summary_says_no_words(officer, manager):
    ask(officer, "PI9", "72 of 273 can't be right")
    asked = AuditEvent.objects.latest("sequence")
    reply(manager, "PI9", "explains", "It is 75")
    answered = AuditEvent.objects.latest("sequence")
    accept(officer, "PI9")
    accepted = AuditEvent.objects.latest("sequence")

    latest = figure("PI9").latest
    shown = {"figure": "PI9 2020-03", "revision": 1}
    due = (clock.today() + timedelta(days=7)).isoformat()
    value = numbers_in_words(latest.numerator, latest.denominator, latest.value)
    assert asked.changes == shown | {
        "value": value, "state": ["submitted", "queried"], "words": "72 of 273 can't be right", "answer_by": due
    }  # fmt: skip
    assert answered.changes == shown | {
        "value": value, "state": ["queried", "submitted"], "words": "It is 75"
    }  # fmt: skip
    assert accepted.changes == {"figures": [shown | {"value": value, "state": ["submitted", "accepted"]}]}
    assert [event.action for event in (asked, answered, accepted)] == [
        "figure.queried", "figure.explained", "figures.accepted"
    ]  # fmt: skip
    assert [event.summary for event in (asked, answered, accepted)] == [
        "PI9 2020-03 queried.", "PI9 2020-03 explained.", "PI9 2020-03 accepted."
    ]  # fmt: skip


# --- two at once


def test_the_second_gets_both_values_and_their_own_text(officer, demonstration):
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")
    sent = {"revision": seen, "reason": "Typed with care", "answer_by": "2031-01-01"}

    answer = officer.post(f"{REVIEW}PI9/query/{MARCH}", sent)

    assert answer.status_code == 409
    meanwhile = section(answer, "meanwhile")
    assert "PI9 of March 2020 was revised meanwhile. Nothing was changed" in meanwhile
    assert "What you saw: revision 1" in meanwhile
    assert "What there is now: revision 2 41 of 60 Recounted" in meanwhile
    page = BeautifulSoup(answer.content, "lxml")
    form = page.find(attrs={"aria-labelledby": "ask"}).find("form")
    assert form.find("textarea").get_text().strip() == "Typed with care"
    assert form.find("input", attrs={"name": "answer_by"})["value"] == "2031-01-01"
    assert form.find("input", attrs={"name": "revision"})["value"] == str(figure("PI9").latest_id)
    assert not page.find(id="accept")

    again = sent | {"revision": figure("PI9").latest_id}
    officer.post(f"{REVIEW}PI9/query/{MARCH}", again)
    assert figure("PI9").state == "queried"


def test_an_answer_to_what_was_revised_meanwhile_is_not_lost(officer, manager, demonstration):
    ask(officer, "PI9")
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    answer = manager.post(
        f"{REVIEW}PI9/answer/{MARCH}", {"revision": seen, "kind": "explains", "words": "Typed with care"}
    )

    assert answer.status_code == 409
    assert "What you wrote Typed with care" in section(answer, "meanwhile")
    assert offered(manager, "PI9") == set()


def test_accepting_what_was_revised_meanwhile_shows_both(officer, demonstration):
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    answer = officer.post(f"{REVIEW}accept/", {"revision": [seen]})

    assert answer.status_code == 409
    assert "What there is now: revision 2 41 of 60" in section(answer, "meanwhile")
    assert "Why it changed: Imported from march.csv" in section(answer, "said")


def test_a_form_without_its_month_keeps_to_the_figure_it_was_sent_from(officer):
    sent = {"revision": figure("PI9").latest_id, "reason": "", "answer_by": ""}

    answer = officer.post(f"{REVIEW}PI9/query/", sent)

    assert "PI9" in words(answer) and "March 2020" in words(answer)
    assert officer.post(f"{REVIEW}PI1/query/", sent).status_code == 404


# --- what stands beside a figure


def test_checks_that_warned_stand_with_what_was_answered(officer):
    CheckAnswer.objects.create(
        revision=figure("PI9").latest,
        code="same-as-before",
        message="As in February.",
        words="Counted twice.",
    )

    for address in (f"{REVIEW}{MARCH}", f"{REVIEW}PI9/{MARCH}"):
        page = words(officer.get(address))
        assert "Check: As in February." in page
        assert "Counted twice." in page


def test_a_missing_figure_stands_with_the_trusts_statement(officer, persona):
    for reason in ("An older word", "The system was down."):
        Omission.objects.create(
            indicator=Indicator.objects.get(code="PI12"),
            month=date(2020, 3, 1),
            reason=reason,
            expected_on=date(2020, 5, 12),
            stated_by=persona("trust-manager"),
            stated_as="A manager",
        )

    page = section(officer.get(f"{REVIEW}{MARCH}"), "trust")

    assert "Not reported" in page
    assert "the Trust can’t report it. The system was down; expected on 12 May 2020." in page
    assert "An older word" not in page


def test_a_missing_figure_without_a_word_says_so(officer):
    assert "the Trust has said nothing about it yet" in section(officer.get(f"{REVIEW}{MARCH}"), "trust")


def test_the_last_months_stand_beside_the_figure(officer):
    page = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "lxml")

    months = [" ".join(one.get_text(" ").split()) for one in page.select(".past li")]
    assert len(months) == 6
    assert months[0].startswith("October 2019 ")
    assert months[-1].startswith("March 2020 ")
    assert [one.get_text() for one in page.select(".thread__sides h3")] == ["The Trust", "The council"]


# --- names


def test_a_name_of_any_length_answers(demonstration, persona, signed_in):
    person = persona("client-officer")
    person.first_name, person.last_name = "A" * 150, "B" * 150
    person.save()
    longest = len(person.display_name)

    accept(signed_in(person), "PI1")

    assert len(Step.objects.get().taken_as) == longest == 301
    named = [(FigureRevision, "entered_as"), (Step, "taken_as"), (Omission, "stated_as")]
    for model, field in [*named, (Draft, "changed_as"), (Upload, "uploaded_as")]:
        assert model._meta.get_field(field).max_length == longest
