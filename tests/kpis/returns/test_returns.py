"""The Trust types a month, keeps it as a draft, and submits it, each through the pages that it uses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from core import clock
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.recompute import recompute
from kpis.figures.importing import check_file, import_figures
from kpis.figures.models import Figure, FigureRevision, Omission
from kpis.figures.services import Entry, save_figures
from kpis.returns.models import CheckAnswer, Draft, Ownership
from kpis.returns.selectors import validation_contexts
from parties.models import Contract, User
from parties.participants import participant_for
from parties.services import create_user, grant_membership
from tests.cast import BY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later")]


RETURNS = "/contracts/sandwell/returns/"
APRIL = f"{RETURNS}2020-04/"
MARCH = f"{RETURNS}2020-03/"
# On target, like the months before, and nothing unusual about it.
GOOD = {"PI1-numerator": "483", "PI1-denominator": "600"}


@pytest.fixture
def april(demonstration):
    """April 2020 is open, and nothing is returned for it."""
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=date(2020, 4, 1))
    recompute(trigger="command", contract_ids=[demonstration.pk])
    return demonstration


@pytest.fixture
def manager(april, persona, signed_in):
    return signed_in(persona("trust-manager"))


@pytest.fixture
def colleague(april, signed_in):
    user = create_user(username="colleague", first_name="Colleague", by=BY)
    grant_membership(user=user, organisation=april.provider, role="trust_manager", by=BY)
    return signed_in(user)


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").find("main").get_text(" ").split())


def fields(response) -> dict[str, str]:
    """What a browser would send of the page's form, but for the buttons."""
    form = BeautifulSoup(response.content, "lxml").find("form", class_="sheets")
    found = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if field.name == "textarea":
            found[name] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            found[name] = chosen["value"]
        else:
            found[name] = field.get("value", "")
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(client, typed: dict[str, str], act: str = "save", page: str = APRIL, begun=None, **rest):
    """Opens the page, or takes it as it was opened before, types over it, and sends it."""
    sent = fields(begun or client.get(page)) | typed
    return client.post(page, sent | {"act": act}, **rest)


def figure(code: str, month: date = date(2020, 4, 1)) -> Figure | None:
    return Figure.objects.select_related("latest").filter(indicator__code=code, month=month).first()


# --- the months


def test_returns_say_what_comes_first_and_what_is_missing(manager):
    page = manager.get(RETURNS)

    assert "October 2019 comes first: 14 accepted, 1 missing. 3 returns are overdue." in words(page)
    assert "Due on 15 May 2020" in words(page)
    october = BeautifulSoup(page.content, "lxml").find("section", attrs={"aria-labelledby": "m2019-10"})
    first = october.find("tbody").find("tr")
    assert "PI9" in first.get_text() and "Missing" in first.get_text()
    assert "Head of Exploitation and Missing" in first.get_text()


def test_mine_come_first(manager, persona):
    manager.post(f"{RETURNS}yours/", {"indicator": ["PI15", "PI2", "PI99"]})

    assert set(Ownership.objects.values_list("indicator__code", "user__username")) == {
        ("PI15", "trust-manager"),
        ("PI2", "trust-manager"),
    }
    assert AuditEvent.objects.latest("sequence").summary == "Trust manager looks after PI15, PI2."
    page = BeautifulSoup(manager.get(APRIL).content, "lxml")
    assert [edit["id"] for edit in page.select(".sheet")][:3] == ["PI2", "PI15", "PI1"]
    entries = AuditEvent.objects.count()
    manager.post(f"{RETURNS}yours/", {"indicator": ["PI2", "PI15"]})
    assert AuditEvent.objects.count() == entries


@pytest.mark.parametrize("month", ["2018-03", "2020-05", "2031-01", "2020-13", "soon"])
def test_a_month_that_is_not_returned(manager, month):
    assert manager.get(f"{RETURNS}{month}/").status_code == 404


def test_queries_are_few_whatever_the_history(manager, django_assert_max_num_queries):
    send(manager, GOOD)

    for page in (APRIL, MARCH):
        with django_assert_max_num_queries(12):
            manager.get(page)
    with django_assert_max_num_queries(12):
        manager.get(RETURNS)


def test_the_month_before_is_read_from_what_was_entered_not_from_what_was_computed(april, manager, persona):
    """Three seconds after a correction the statuses are still those of the figure before it."""
    was = figure("PI1", date(2020, 3, 1)).latest
    indicator = Indicator.objects.get(code="PI1")
    numbers = (was.numerator, was.denominator)
    save_figures(
        by=BY,
        contract=april,
        entries=[Entry(indicator, date(2020, 3, 1), Decimal(1), Decimal(600), None, "", "returned")],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Recounted",
        action="figures.corrected",
    )
    row = IndicatorStatus.objects.get(indicator=indicator, month="2020-03-01")
    assert (row.numerator, row.denominator) == numbers

    participant = participant_for(persona("trust-manager"), "sandwell")
    indicators = Indicator.objects.visible_to(participant).prefetch_related("bands")
    known = validation_contexts(participant, Month(2020, 4), indicators)["PI1"]

    assert (known.before.numerator, known.before.denominator) == (1, 600)
    assert known.earlier[-1] == Fraction(1, 6)
    assert (known.last.status, known.last.counts_text) == ("failure", "1 of 600")
    assert "March: 1 of 600" in words(manager.get(APRIL))


def test_a_month_without_a_figure_is_a_gap_in_the_months_before(april, persona):
    participant = participant_for(persona("trust-manager"), "sandwell")
    indicators = Indicator.objects.visible_to(participant).prefetch_related("bands")

    earlier = validation_contexts(participant, Month(2020, 4), indicators)["PI9"].earlier

    assert len(earlier) == 24
    assert [Month(2018, 4).next(at) for at, value in enumerate(earlier) if value is None] == [Month(2019, 10)]


# --- drafts


def test_whatever_is_typed_is_kept_as_it_was_typed(manager, persona):
    answer = send(
        manager, {"PI1-numerator": "12%", "PI1-commentary": "Half a thought\nof two lines"}, follow=True
    )

    assert "Draft saved: 1 indicator changed." in words(answer)
    draft = Draft.objects.get()
    assert (draft.numerator, draft.commentary) == ("12%", "Half a thought\nof two lines")
    assert (draft.changed_by, draft.month) == (persona("trust-manager"), date(2020, 4, 1))
    edit = BeautifulSoup(answer.content, "lxml").find(id="PI1")
    assert "has a percent sign" in edit.get_text()
    assert edit.find(id="id_PI1-numerator")["value"] == "12%"
    assert "Half a thought\nof two lines" in edit.find("textarea").get_text()
    assert figure("PI1") is None


def test_one_row_in_the_trail_for_each_save_and_no_figure_in_it(manager):
    before = AuditEvent.objects.count()
    send(manager, {"PI1-numerator": "1234", "PI3-numerator": "777"})

    assert AuditEvent.objects.count() == before + 1
    entry = AuditEvent.objects.latest("sequence")
    assert entry.summary == "Draft of April 2020 saved: PI1, PI3."
    assert "1234" not in str(entry.changes) and "777" not in str(entry.changes)


def test_the_same_form_sent_twice_has_one_effect(manager):
    begun = manager.get(APRIL)
    send(manager, GOOD, begun=begun)
    before = AuditEvent.objects.count()

    answer = send(manager, GOOD, begun=begun, follow=True)

    assert "Everything was saved already." in words(answer)
    assert AuditEvent.objects.count() == before


def test_a_draft_that_is_emptied_goes(manager):
    send(manager, GOOD)
    send(manager, {"PI1-numerator": "", "PI1-denominator": ""})

    assert not Draft.objects.exists()


def test_a_draft_that_says_again_what_was_submitted_goes(manager):
    begun = manager.get(MARCH)
    kept = fields(begun)
    send(manager, {"PI1-commentary": "Another word"}, page=MARCH)
    assert Draft.objects.count() == 1

    send(manager, {"PI1-commentary": kept["PI1-commentary"]}, page=MARCH)

    assert not Draft.objects.exists()


def test_drafts_are_seen_by_the_trust_only(manager, persona, signed_in):
    send(manager, {"PI1-numerator": "98765", "PI1-denominator": "99999"})

    for who in ("client-officer", "scrutiny-member", "administrator"):
        client = signed_in(persona(who))
        assert client.get(APRIL).status_code == 403
        assert client.get(RETURNS).status_code == 403
        for page in ("", "?month=2020-04", "review/?month=2020-04", "indicators/PI1/?month=2020-04"):
            assert "98765" not in client.get(f"/contracts/sandwell/{page}").content.decode()


@pytest.mark.parametrize(
    ("field", "most"),
    [("PI1-numerator", 40), ("PI1-commentary", 5000), ("PI1-reason", 500), ("PI1-expected_on", 20)],
)
def test_more_than_can_be_kept_is_refused_with_the_text_still_there(manager, field, most):
    answer = send(manager, {field: "x" * (most + 1), "PI3-numerator": "5"})

    assert answer.status_code == 200
    assert f"at most {most} characters" in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    assert "x" * (most + 1) in str(page.find(id=f"id_{field}"))
    assert page.find(id="id_PI3-numerator")["value"] == "5"
    assert not Draft.objects.exists()


# --- two at once


def test_two_people_change_one_figure_and_the_second_sees_both(manager, colleague):
    first, second = manager.get(APRIL), colleague.get(APRIL)
    send(manager, {"PI1-numerator": "100", "PI1-denominator": "200"}, begun=first)

    answer = send(colleague, {"PI1-numerator": "111", "PI3-numerator": "5"}, begun=second)

    assert answer.status_code == 409
    assert "Trust manager saved this meanwhile" in words(answer) and "100 of 200" in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    assert page.find(id="id_PI1-numerator")["value"] == "111"
    assert page.find(id="id_PI3-numerator")["value"] == "5"
    assert Draft.objects.get().numerator == "100"

    kept = send(colleague, {}, begun=answer, follow=True)

    assert "Draft saved: 2 indicators changed." in words(kept)
    assert Draft.objects.get(indicator__code="PI1").numerator == "111"


def test_two_people_change_two_figures_and_both_are_kept(manager, colleague):
    first, second = manager.get(APRIL), colleague.get(APRIL)
    send(manager, {"PI1-numerator": "100"}, begun=first)
    answer = send(colleague, {"PI3-numerator": "5"}, begun=second)

    assert answer.status_code == 302
    assert set(Draft.objects.values_list("indicator__code", "numerator")) == {("PI1", "100"), ("PI3", "5")}


def test_a_figure_submitted_meanwhile_is_not_overwritten_unseen(manager, colleague):
    second = colleague.get(APRIL)
    send(manager, GOOD, "submit:PI1")

    answer = send(colleague, {"PI1-numerator": "5", "PI1-denominator": "600"}, "submit:PI1", begun=second)

    assert answer.status_code == 409
    assert "483 of 600" in words(answer)
    assert figure("PI1").latest.numerator == 483


# --- checks and submitting


def test_a_good_figure_is_submitted_and_seen_by_the_council(
    manager, persona, signed_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(manager, GOOD, "submit", follow=True)

    assert "1 figure submitted; the council sees it now." in words(answer)
    kept = figure("PI1")
    assert (kept.state, kept.latest.numerator, kept.latest.provenance) == ("submitted", 483, "returned")
    assert (kept.latest.entered_by, kept.latest.reason) == (persona("trust-manager"), "Return of April 2020")
    assert not Draft.objects.exists()
    entry = AuditEvent.objects.latest("sequence")
    assert entry.summary == "Return of April 2020: 1 figure submitted (PI1)."
    assert "PI1 2020-04: 483 of 600" in str(entry.changes).replace(".0000", "")
    officer = signed_in(persona("client-officer"))
    assert "80.5%" in words(officer.get("/contracts/sandwell/review/?month=2020-04"))


def test_a_status_stands_beside_the_figure_while_it_is_a_draft(manager):
    page = send(manager, {"PI1-numerator": "360", "PI1-denominator": "600"}, follow=True)

    edit = " ".join(BeautifulSoup(page.content, "lxml").find(id="PI1").get_text(" ").split())
    assert "60.0%, failed (less than 65% is failure). Worse by 20.5 points on March." in edit
    assert "This is not on target. Say what happened, why, what you do next, and by when." in edit


def test_off_target_needs_words_and_nothing_is_submitted_without(manager):
    off = {"PI3-numerator": "1", "PI3-denominator": "100"}
    answer = send(manager, GOOD | off, "submit")

    page = BeautifulSoup(answer.content, "lxml")
    links = page.select(".govuk-error-summary__list a")
    assert any(link["href"] == "#id_PI3-commentary" for link in links)
    assert all(page.find(id=link["href"][1:]) for link in links)
    assert page.title.get_text().startswith("Error: ")
    assert figure("PI1") is None and figure("PI3") is None
    assert Draft.objects.count() == 2


def test_warnings_ask_for_a_word_which_is_kept(manager):
    odd = {"PI1-numerator": "199", "PI1-denominator": "200"}
    answer = send(manager, odd, "submit")

    codes = {match[1] for match in re.finditer(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())}
    assert codes == {"outside-usual-range", "denominator-jumped"}
    assert figure("PI1") is None
    explained = {f"PI1-answer-{code}": f"Because of {code}" for code in codes}

    send(manager, explained, "submit", begun=answer)

    kept = CheckAnswer.objects.filter(revision=figure("PI1").latest).order_by("code")
    assert [(one.code, one.words) for one in kept] == [
        ("denominator-jumped", "Because of denominator-jumped"),
        ("outside-usual-range", "Because of outside-usual-range"),
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"PI1-numerator": "21", "PI1-denominator": "20"}, "more than 100%"),
        ({"PI1-numerator": "13", "PI1-denominator": "20", "PI1-value": "66"}, "gives 65.0%, not 66%"),
        ({"PI1-numerator": "13"}, "The denominator is missing"),
        ({"PI1-value": "75,4"}, "has a comma"),
        ({"PI1-value": "NA"}, "is not a number"),
        ({"PI1-value": "101"}, "above 100"),
        ({"PI5-value": "2.5"}, "whole number"),
        ({"PI1-commentary": "Only words"}, "There is no figure"),
        ({"PI1-standing": "provisional"} | GOOD, "Give the day on which the final figure is expected"),
        ({"PI1-standing": "provisional", "PI1-expected_on": "soon"} | GOOD, "is not a day"),
        ({"PI1-standing": "provisional", "PI1-expected_on": "2019-01-01"} | GOOD, "is over already"),
        ({"PI1-standing": "cannot_report"}, "Say why the figure can’t be reported"),
        ({"PI1-standing": "cannot_report", "PI1-reason": "Lost"} | GOOD, "Give either a figure"),
    ],
)
def test_errors_stop_and_lose_nothing(manager, typed, message):
    answer = send(manager, typed, "submit")

    assert answer.status_code == 200
    assert message in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    for link in page.select(".govuk-error-summary__list a"):
        assert page.find(id=link["href"][1:]), link
    assert not Figure.objects.filter(month="2020-04-01").exists()
    kept = fields(answer)
    assert all(kept[name] == value for name, value in typed.items())


def test_a_count_and_a_value_with_its_counts_are_submitted(manager):
    send(manager, {"PI5-value": "6", "PI5-commentary": "One fewer."} | GOOD | {"PI1-value": "80.5"}, "submit")

    assert figure("PI5").latest.value == 6
    assert figure("PI1").latest.value is None


def test_a_provisional_figure_says_when_the_final_one_is_expected(manager):
    day = clock.today() + timedelta(days=20)
    send(manager, GOOD | {"PI1-standing": "provisional", "PI1-expected_on": day.isoformat()}, "submit")

    assert figure("PI1").latest.final_expected_on == day


def test_what_can_not_be_reported_is_stated_with_reason_and_day(manager, persona):
    day = clock.today() + timedelta(days=20)
    stated = {
        "PI9-standing": "cannot_report",
        "PI9-reason": "The system was down.",
        "PI9-expected_on": day.strftime("%d/%m/%Y"),
    }
    answer = send(manager, stated, "submit", follow=True)

    omission = Omission.objects.get()
    assert (omission.reason, omission.expected_on) == ("The system was down.", day)
    assert omission.stated_by == persona("trust-manager")
    assert "1 can’t be reported" in words(answer)
    assert "1 figure can't be reported (PI9)" in AuditEvent.objects.latest("sequence").summary
    send(manager, stated | {"PI9-expected_on": day.isoformat()}, "submit")
    assert Omission.objects.count() == 1


def test_it_is_reported_after_all(manager):
    day = (clock.today() + timedelta(days=20)).isoformat()
    send(
        manager,
        {"PI9-standing": "cannot_report", "PI9-reason": "Down.", "PI9-expected_on": day},
        "submit",
    )
    answer = send(
        manager,
        {
            "PI9-standing": "final", "PI9-reason": "", "PI9-expected_on": "", "PI9-numerator": "50",
            "PI9-denominator": "60", "PI9-commentary": "Found again.",
        },
        "submit:PI9",
    )  # fmt: skip
    if answer.status_code == 200:
        codes = re.findall(r'name="PI9-answer-([a-z-]+)"', answer.content.decode())
        send(manager, {f"PI9-answer-{code}": "Yes" for code in codes}, "submit:PI9", begun=answer)

    assert figure("PI9").latest.numerator == 50


def test_a_return_is_complete_when_every_indicator_has_a_figure_or_a_statement(manager):
    day = (clock.today() + timedelta(days=20)).isoformat()
    stated = {}
    for number in range(1, 16):
        stated |= {
            f"PI{number}-standing": "cannot_report",
            f"PI{number}-reason": "Down.",
            f"PI{number}-expected_on": day,
        }
    answer = send(manager, stated, "submit", follow=True)

    assert "0 of 15 indicators have a figure, 15 can’t be reported. The return is complete." in words(answer)
    complete = BeautifulSoup(manager.get(RETURNS).content, "lxml").find(
        "section", attrs={"aria-labelledby": "complete"}
    )
    assert "April 2020" in complete.get_text()


def test_a_correction_needs_a_reason_and_is_a_revision(manager):
    before = figure("PI1", date(2020, 3, 1))
    changed = {"PI1-numerator": "450", "PI1-denominator": "600"}
    answer = send(manager, changed, "submit:PI1", page=MARCH)

    assert "Say why the figure changes" in words(answer)
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    said = {f"PI1-answer-{code}": "Recounted" for code in codes} | {
        "PI1-change_reason": "One team was counted twice.",
        "PI1-commentary": "Fewer were counted.",
    }
    send(manager, said, "submit:PI1", page=MARCH, begun=answer)

    now = figure("PI1", date(2020, 3, 1))
    assert (now.latest.number, now.latest.reason) == (2, "One team was counted twice.")
    assert (now.state, now.latest.replaces_id, now.accepted_id) == ("submitted", None, None)
    assert now.latest_id != before.latest_id


def test_a_correction_of_an_accepted_figure_names_what_it_replaces(manager):
    accepted = figure("PI1", date(2020, 2, 1)).accepted_id
    page = f"{RETURNS}2020-02/"
    answer = send(
        manager,
        {"PI1-numerator": "470", "PI1-denominator": "590", "PI1-change_reason": "Recounted."},
        "submit:PI1",
        page=page,
    )
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    if codes:
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit:PI1", page=page, begun=answer)

    now = figure("PI1", date(2020, 2, 1))
    assert (now.state, now.accepted_id, now.latest.replaces_id) == ("submitted", accepted, accepted)


def test_a_figure_and_a_statement_are_said_in_one_sentence(manager):
    expected = (clock.today() + timedelta(days=20)).isoformat()
    stated = {"PI9-standing": "cannot_report", "PI9-reason": "Records are lost", "PI9-expected_on": expected}

    answer = send(manager, GOOD | stated, "submit", follow=True)

    assert (
        "1 figure and 1 statement that a figure can’t be reported submitted; the council sees them now."
        in words(answer)
    )


def test_submitting_twice_has_one_effect(manager):
    begun = manager.get(APRIL)
    send(manager, GOOD, "submit", begun=begun)
    revisions, entries = FigureRevision.objects.count(), AuditEvent.objects.count()

    answer = send(manager, GOOD, "submit", begun=begun, follow=True)

    assert "nothing new to submit" in words(answer)
    assert (FigureRevision.objects.count(), AuditEvent.objects.count()) == (revisions, entries)


def test_fifteen_figures_are_saved_and_submitted_in_few_queries(manager, django_assert_max_num_queries):
    typed = {f"PI{number}-commentary": "Typed" for number in range(1, 16)}
    sent = fields(manager.get(APRIL)) | typed | {"act": "save"}

    with django_assert_max_num_queries(20):
        manager.post(APRIL, sent)
    assert Draft.objects.count() == 15


def test_fifteen_figures_are_refused_in_few_queries(manager, django_assert_max_num_queries):
    typed = {f"PI{number}-value": "7,500" for number in range(1, 16)}
    sent = fields(manager.get(APRIL)) | typed | {"act": "submit"}

    with django_assert_max_num_queries(25):
        answer = manager.post(APRIL, sent)
    assert "Nothing was submitted yet" in words(answer)
    assert Draft.objects.count() == 15


def test_the_judgement_while_typing_is_the_servers_own_and_keeps_nothing(manager):
    sent = {name: value for name, value in fields(manager.get(APRIL)).items() if name.startswith("PI1-")}

    answer = manager.post(f"{APRIL}judged/", sent | {"PI1-numerator": "360", "PI1-denominator": "600"})

    assert list(answer.json()) == ["PI1"]
    assert "60.0%, failed" in answer.json()["PI1"]
    assert not Draft.objects.exists()


def test_the_dashboard_shows_what_was_submitted(manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(manager, GOOD, "submit")

    assert IndicatorStatus.objects.get(indicator__code="PI1", month="2020-04-01").status == "on_target"
    assert "80.5%" in words(manager.get("/contracts/sandwell/?month=2020-04"))


def test_a_query_is_answered_by_another_figure(manager, persona, signed_in):
    officer = signed_in(persona("client-officer"))
    asked = {"revision": figure("PI1", date(2020, 3, 1)).latest_id, "reason": "Which team?"}
    asked["answer_by"] = (clock.today() + timedelta(days=5)).isoformat()
    officer.post("/contracts/sandwell/review/PI1/query/?month=2020-03", asked)

    page = manager.get(MARCH)

    edit = BeautifulSoup(page.content, "lxml").find(id="PI1")
    assert "The council asks: Which team?" in " ".join(edit.get_text(" ").split())
    answer = send(
        manager,
        {"PI1-numerator": "480", "PI1-denominator": "600", "PI1-change_reason": "Recounted."},
        "submit:PI1",
        page=MARCH,
    )
    codes = re.findall(r'name="PI1-answer-([a-z-]+)"', answer.content.decode())
    if codes:
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit:PI1", page=MARCH, begun=answer)
    assert figure("PI1", date(2020, 3, 1)).state == "submitted"


# --- a session that ended


def test_what_was_typed_when_the_session_had_ended_is_kept_through_the_sign_in(april, client, colleague):
    person = User.objects.get(username="colleague")
    person.set_password("a long walk by the canal")
    person.save()
    colleague.force_login(person)
    sent = fields(colleague.get(APRIL)) | {"PI1-numerator": "4321", "PI1-commentary": "Two\nlines"}
    colleague.session.flush()

    away = colleague.post(APRIL, sent | {"act": "submit"})
    assert away.status_code == 307
    page = colleague.post(away["Location"], sent | {"act": "submit"})
    assert "What you typed is kept on this page" in words(page)
    form = BeautifulSoup(page.content, "lxml").find("form", action="/sign-in/")
    kept = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
    back = colleague.post(
        "/sign-in/", kept | {"username": "colleague", "password": "a long walk by the canal"}
    )
    assert "What you typed is still here" in words(back)
    assert "“return, April 2020”" in words(back) and "PI1 numerator 4321" in words(back)
    form = BeautifulSoup(back.content, "lxml").find("form", action=APRIL)
    again = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
    colleague.post(APRIL, again | {"act": "save"})

    draft = Draft.objects.get()
    assert (draft.numerator, draft.commentary) == ("4321", "Two\nlines")
    assert not Figure.objects.filter(month="2020-04-01").exists()


# --- what was not seen is not submitted


def test_a_draft_that_a_colleague_saved_meanwhile_is_not_submitted_unseen(manager, colleague):
    begun = manager.get(APRIL)
    send(colleague, GOOD)

    answer = send(manager, {}, "submit", begun=begun)

    assert answer.status_code == 409
    assert "Colleague saved this meanwhile" in words(answer) and "483 of 600" in words(answer)
    assert figure("PI1") is None
    assert "1 figure submitted" in words(send(manager, {}, "submit", begun=answer, follow=True))


def test_a_revision_that_came_after_the_draft_was_begun_is_seen_before_it_is_replaced(manager, april):
    send(manager, GOOD, "submit")
    send(manager, {"PI1-numerator": "480", "PI1-change_reason": "Recounted."})
    content = (
        b"indicator,month,numerator,denominator,value,commentary,provenance\nPI1,2020-04,470,600,,,returned\n"
    )
    april.refresh_from_db()
    checked = check_file(content=content, contract=april, today=clock.today())
    import_figures(by=BY, contract=april, checked=checked, file_name="april.csv")

    answer = send(manager, {}, "submit")

    assert answer.status_code == 409
    assert figure("PI1").latest.numerator == 470
    again = send(manager, {}, "submit", begun=answer)
    if again.status_code == 200:
        codes = re.findall(r'name="PI1-answer-([a-z-]+)"', again.content.decode())
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit", begun=again)
    assert figure("PI1").latest.numerator == 480


# --- explanations


ODD = {"PI1-numerator": "199", "PI1-denominator": "200"}
SAID = {
    "PI1-answer-denominator-jumped": "One office was closed.",
    "PI1-answer-outside-usual-range": "It was.",
}


@pytest.mark.parametrize(
    "slip",
    [{"PI1-numerator": "8x"}, {"PI3-commentary": "x" * 5001}, {"PI1-numerator": "400"}],
    ids=["unreadable", "another-too-long", "no-warning-now"],
)
def test_an_explanation_stays_whatever_happens_to_the_numbers(manager, slip):
    page = send(manager, ODD, "submit")
    kept = send(manager, SAID | slip, "submit", begun=page)

    assert {name: fields(kept)[name] for name in SAID} == SAID
    again = send(manager, {"PI1-numerator": "199", "PI3-commentary": ""}, begun=kept, follow=True)
    assert {name: fields(again)[name] for name in SAID} == SAID


def test_an_explanation_stays_on_the_page_of_a_conflict(manager, colleague):
    begun = colleague.get(APRIL)
    send(manager, {"PI1-numerator": "5"})

    answer = send(colleague, ODD | SAID, begun=begun)

    assert answer.status_code == 409
    assert {name: fields(answer)[name] for name in SAID} == SAID


def test_the_same_form_with_explanations_sent_twice_is_no_conflict(manager):
    sent = fields(send(manager, ODD, "submit")) | SAID | {"act": "submit"}
    manager.post(APRIL, sent)
    entries = AuditEvent.objects.count()

    answer = manager.post(APRIL, sent, follow=True)

    assert "nothing new to submit" in words(answer)
    assert AuditEvent.objects.count() == entries
    assert figure("PI1").latest.number == 1


@pytest.mark.parametrize("text", ["a\0b", "a\x07b"])
def test_control_characters_are_refused_in_words(manager, text):
    assert manager.post(f"{RETURNS}yours/", {"indicator": [text]}).status_code == 302
    answer = send(manager, ODD | {"PI1-answer-denominator-jumped": text})
    assert "control characters" in words(answer)
    stated = {"PI9-standing": "cannot_report", "PI9-reason": "a\x07b", "PI9-expected_on": "2031-01-01"}
    assert "control characters" in words(send(manager, stated, "submit"))
    assert not Omission.objects.exists()


def test_answers_to_checks_that_there_are_not_are_not_kept(manager):
    send(manager, GOOD | {"PI1-answer-made-up": "Words"})

    assert Draft.objects.get().answers == {}


def test_line_breaks_are_changes_and_count_as_one_character(manager):
    send(manager, {"PI1-commentary": "One two"})
    send(manager, {"PI1-commentary": "One\r\n\r\ntwo"})
    assert Draft.objects.get().commentary == "One\n\ntwo"

    send(manager, {"PI1-commentary": "\r\n".join(["x" * 99] * 50)})
    assert len(Draft.objects.get().commentary) == 50 * 99 + 49


# --- a draft beside what stands


def test_a_draft_correction_leaves_a_complete_month_complete(manager):
    page = f"{RETURNS}2018-05/"
    answer = send(manager, {"PI1-commentary": "Half a correction"}, page=page, follow=True)

    assert "The return is complete." in words(answer) and "It was due" not in words(answer)
    assert "correction drafted" in words(answer)
    assert "May 2018 comes first" not in words(manager.get(RETURNS))


def test_the_entry_page_says_once_that_a_figure_is_provisional(manager):
    day = clock.today() + timedelta(days=20)
    send(manager, GOOD | {"PI1-standing": "provisional", "PI1-expected_on": day.isoformat()}, "submit")

    edit = BeautifulSoup(manager.get(APRIL).content, "lxml").find(id="PI1")
    sentence = edit.select_one(".sheet__sentence").get_text()
    assert sentence.count("final expected") == 1
