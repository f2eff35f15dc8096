"""What the trail says of a book's month: who asked what, and what was entered, to the parties alone."""

import pytest

from audit.models import AuditEvent
from budgets.months.answering import close_period
from budgets.trail_words import change_lines, headline
from core import clock
from parties.participants import participant_for
from tests.budgets.months.conftest import FOSTER, MARCH, SECURE
from tests.pages import words

pytestmark = pytest.mark.django_db
TRAIL = "/contracts/sandwell/trail/?what=money"
OF = "Children's placements, March 2019"


def test_the_trail_says_it_in_sentences(
    submits, acts, placements, finance_lead, council_finance, board_reader, signed_in
):
    submits(FOSTER, actual=123_456)
    submits(SECURE)
    acts(council_finance, "query", FOSTER, words="Which places?")
    submits(FOSTER, actual=200_000)
    acts(council_finance, "accept", FOSTER, SECURE, words="")
    acts(council_finance, "reopen", SECURE, words="Still open?")
    acts(finance_lead, "dispute", SECURE, words="No")
    acts(council_finance, "accept", SECURE, words="")
    officer = participant_for(council_finance, "sandwell")
    close_period(by=officer, book=placements, period=MARCH, today=clock.today(), incomplete=True)

    for reader in (finance_lead, board_reader):
        shown = words(signed_in(reader).get(TRAIL))
        for said in (
            f"Submitted External Foster Care of {OF}.",
            "External Foster Care, entry 1: spent £1,234.56, forecast £1,234.56",
            f"Asked about External Foster Care of {OF}: “Which places?”",
            "External Foster Care, entry 1: submitted → queried",
            "entry 2: spent £2,000, forecast £2,000; before, spent £1,234.56, forecast £1,234.56",
            f"Accepted 2 lines of {OF}.",
            "Children's placements: March 2019 was closed.",
            f"Reopened Secure Units of {OF} and asked: “Still open?”",
            f"Disputed the query about Secure Units of {OF}: “No”",
        ):
            assert said in shown, said


def test_the_summary_holds_no_amount_and_no_typed_word(submits, acts, council_finance):
    submits(FOSTER, actual=123_456)
    acts(council_finance, "query", FOSTER, words="Which places?")

    kept = " ".join(AuditEvent.objects.filter(action__startswith="money.").values_list("summary", flat=True))

    assert "1,234" not in kept
    assert "Which" not in kept


def test_what_is_kept_in_another_shape_is_shown_as_it_was_kept():
    older = {"lines": ["external_foster_care"], "words": "Which?"}

    assert headline("money.lines.queried", "1 line queried.", older) == "1 line queried."
    assert change_lines("money.lines.queried", older) == ["external_foster_care", "words: Which?"]
    closed = {"line": "A", "entry": 2, "spent": "£1", "forecast": "£2", "reason": "Came late"}
    assert change_lines("money.period.submitted", {"lines": [closed]}) == [
        "A, entry 2: spent £1, forecast £2. Reason: “Came late”"
    ]
    assert change_lines("money.book.loaded", {"totals": 148}) == ["totals: 148"]
