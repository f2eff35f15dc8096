"""The council asks about a figure, the Trust answers, and both read the thread."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from core import clock
from kpis.engine.models import IndicatorStatus
from kpis.review.models import Step
from parties.services import grant_membership
from tests.cast import BY
from tests.kpis.review.pages import MARCH, REVIEW, accept, ask, figure, offered, reply, section
from tests.pages import words
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


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
