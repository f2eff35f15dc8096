"""A line as it was known on a day, and its year as one timeline."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from budgets.models import Entry, LineMonth, MoneyStep
from budgets.rules.budget_change import Kind
from budgets.versions.answering import answer_proposal
from budgets.versions.proposing import Wanted, propose
from core import clock
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import text, words

pytestmark = pytest.mark.django_db
LINE = "/contracts/sandwell/money/books/trust/lines/external_foster_care/"


@pytest.fixture
def told(books, contract, trust_manager, client_officer):
    """Two months of 2018/19: the first was entered, asked about and entered anew, each on a day of its own."""
    line = contract.books.get(code="trust").lines.get(code="external_foster_care")
    for period, entries in ((1, ((8, 5, 2018_05_08), (9, 6, 2018_06_20))), (2, ((9, 6, 2018_06_12),))):
        month = LineMonth.objects.create(line=line, year=2018, period=period, state="submitted")
        for number, (forecast, _, day) in enumerate(entries, 1):
            at = datetime(day // 10_000, day // 100 % 100, day % 100, 12, tzinfo=UTC)
            entry = Entry.objects.create(
                month=month, number=number, actual=period * 70_000_000, forecast=forecast * 100_000_000,
                provenance="returned", entered_by=trust_manager, entered_as="Trust manager", entered_at=at,
                moved="More places" if number == 2 else "",
            )  # fmt: skip
            LineMonth.objects.filter(pk=month.pk).update(latest=entry)
    first = LineMonth.objects.get(line=line, period=1)
    MoneyStep.objects.create(
        month=first, entry=first.entries.get(number=1), kind="queried", words="Which places?",
        day=date(2018, 5, 15), party="commissioner", taken_by=client_officer, taken_as="Client officer",
        taken_at=datetime(2018, 5, 15, 9, tzinfo=UTC),
    )  # fmt: skip
    return line


def test_a_day_shows_what_had_been_entered_by_its_end(signed_in, board_reader, told):
    client = signed_in(board_reader)
    page = words(client.get(LINE, {"year": "2018", "known": "2018-06-12"}))

    assert "As known on 12 June 2018" in page
    assert "£9,000,000 forecast for 2018/19 in May 2018" in page
    assert "+£1,000,000" in page
    assert "Entered anew" not in page
    assert "£9,000,000" not in words(client.get(LINE, {"year": "2018", "known": "2018-06-11"}))
    before = words(client.get(LINE, {"year": "2018", "known": "2018-05-07"}))
    assert "Nothing was entered of 2018/19 by then." in before
    now = words(client.get(LINE, {"year": "2018"}))
    assert "Entered anew: £9,000,000 forecast" in now and "As known on 12" not in now


def test_the_story_stands_in_one_timeline_the_newest_first(signed_in, board_reader, told):
    answer = signed_in(board_reader).get(LINE, {"year": "2018"})

    section = BeautifulSoup(answer.content, "lxml").select_one("section[aria-labelledby=story]")
    section.summary.decompose()  # names the months that are folded
    story = text(section)
    told_in_order = [
        "May 2018", "Entered: £9,000,000 forecast", "April 2018", "Entered anew: £9,000,000 forecast",
        "Why the forecast moved: More places", "Queried Which places? Client officer, 15 May 2018",
        "Entered: £8,000,000 forecast", "March 2018", "227 children", "Original budget of 2018/19: £8,230,100",
    ]  # fmt: skip
    places = [story.index(words_of) for words_of in told_in_order]
    assert places == sorted(places)


@pytest.mark.parametrize("day", ["2018-13-01", "yesterday", "2018-03-31", (date(2300, 1, 1)).isoformat()])
def test_a_day_that_there_is_not_is_not_found(signed_in, board_reader, told, day):
    answer = signed_in(board_reader).get(LINE, {"known": day})

    assert answer.status_code == 404
    assert "No such day" in words(answer)


def test_a_day_keeps_its_forms_away(signed_in, trust_manager, told):
    client = signed_in(trust_manager)

    assert "Plan the budget" in words(client.get(LINE, {"year": "2018"}))
    known = (date(2018, 6, 30) + timedelta(days=1)).isoformat()
    assert "Plan the budget" not in words(client.get(LINE, {"year": "2018", "known": known}))


def test_a_budget_is_known_from_the_day_on_which_both_agreed(
    signed_in, board_reader, trust_manager, client_officer, contract, told
):
    trust, council = (participant_for(one, contract.code) for one in (trust_manager, client_officer))
    wanted = Wanted(ContractYear(2018), Kind.GROWTH, "More children", {told.pk: 923_010_000}, seen=1)
    proposal = propose(by=trust, book=told.book, wanted=wanted, today=clock.today())
    answer_proposal(by=council, book=told.book, proposal=proposal, kind="agreed", today=clock.today())

    client = signed_in(board_reader)

    assert "Growth of 2018/19: £9,230,100 More children" in words(client.get(LINE, {"year": "2018"}))
    before = (clock.today() - timedelta(days=1)).isoformat()
    assert "£9,230,100" not in words(client.get(LINE, {"year": "2018", "known": before}))
