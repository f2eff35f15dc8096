"""What is said of savings: by whom, in which words, and what stays of what was said before."""

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEvent
from budgets.models import Book, ReadingSaid, Saving, SavingSaid, SavingsPlan
from tests.budgets.savings.sending import READ, SAVINGS, SAY, read, say
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(books):
    return SavingsPlan.objects.get(book__code="trust")


@pytest.fixture
def first(plan):
    return plan.savings.get(contract_year=2)


def cells(answer, year):
    """The cells of a year's row: planned, delivered, at risk, still to come, what is said."""
    table = BeautifulSoup(answer.content, "lxml").select_one("table.money-table")
    [row] = [row for row in table.select("tbody tr") if row.th.text.startswith(year)]
    return [" ".join(cell.text.split()) for cell in row.find_all("td")]


def test_until_somebody_says_something_nothing_reads_as_nil(signed_in, board_reader, plan):
    answer = signed_in(board_reader).get(SAVINGS)

    assert cells(answer, "2019/20") == [
        "£612,051", "Not said", "Not said", "Not known", "Nobody said anything yet",
    ]  # fmt: skip
    assert "Nobody has said yet what was delivered" in words(answer)
    assert "Say what was delivered: " not in words(answer)


def test_what_the_keeper_says_stands_with_who_said_it_and_what_stood_before(
    signed_in, trust_manager, client_officer, first
):
    trust = signed_in(trust_manager)
    answer = say(trust, first, delivered="400,000", words="Ledger of month 6")
    assert "Kept." in words(answer)
    assert cells(answer, "2019/20")[1:4] == ["£400,000", "Not said", "Not known"]

    say(trust, first, version="1", delivered="486,000.50", at_risk="126,050", words="Ledger of month 12")

    shown = cells(signed_in(client_officer).get(SAVINGS), "2019/20")
    # 612,051 less 486,000.50 less 126,050.
    assert shown[:4] == ["£612,051", "£486,000.50", "£126,050", "£0.50"]
    assert shown[4].startswith("Ledger of month 12 Trust manager, 20 April 2020 Before: £400,000 delivered.")
    told = list(AuditEvent.objects.filter(action="money.savings.said").order_by("sequence"))
    assert [event.summary for event in told] == [
        "Children's placements: savings of 2019/20: £400,000 delivered, not said at risk.",
        "Children's placements: savings of 2019/20: £486,000.50 delivered, £126,050 at risk.",
    ]


def test_the_same_sent_twice_is_said_once(signed_in, trust_manager, first):
    client = signed_in(trust_manager)
    sent = {"delivered": "400,000", "words": "Ledger"}
    say(client, first, **sent)

    assert "That was said already." in words(say(client, first, **sent))
    assert SavingSaid.objects.count() == 1


def test_of_two_people_the_second_is_shown_the_first_and_keeps_what_was_typed(
    signed_in, trust_manager, first
):
    client = signed_in(trust_manager)
    say(client, first, delivered="400,000", words="Ledger of month 6")

    answer = say(client, first, delivered="500,000", words="Ledger of month 7")

    assert answer.status_code == 409
    assert "somebody else said something" in words(answer)
    assert cells(answer, "2019/20")[1] == "£400,000"
    form = BeautifulSoup(answer.content, "lxml").select_one("details[open] form")
    typed = {field["name"]: field.get("value") for field in form.select("input[name]")}
    assert typed["delivered"] == "500,000" and typed["version"] == "1"
    assert SavingSaid.objects.count() == 1
    say(client, first, version=typed["version"], delivered="500,000", words="Ledger of month 7")
    assert [said.delivered for said in SavingSaid.objects.all()] == [40_000_000, 50_000_000]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"words": "Ledger"}, "Say what was delivered, what is at risk, or both."),
        ({"delivered": "4OO,000", "words": "Ledger"}, "has letters"),
        ({"delivered": "-5", "words": "Ledger"}, "Give an amount of nil or more"),
        ({"delivered": "400,000"}, "Say on what it rests"),
        ({"delivered": "400,000", "words": "..."}, "Say on what it rests"),
        # 612,051 less 400,000.
        (
            {"delivered": "400,000", "at_risk": "212,051.01", "words": "Ledger"},
            "At most £212,051 of it can be",
        ),
    ],
)
def test_what_cannot_be_kept_is_named(signed_in, trust_manager, first, given, says):
    assert says in words(say(signed_in(trust_manager), first, **given))
    assert not SavingSaid.objects.exists()


def test_nil_is_said_and_more_than_planned_too(signed_in, trust_manager, first):
    client = signed_in(trust_manager)
    answer = say(client, first, delivered="0", at_risk="0", words="Nothing yet, and nothing at risk")
    assert cells(answer, "2019/20")[1:4] == ["£0", "£0", "£612,051"]

    answer = say(client, first, version="1", delivered="700,000", at_risk="0", words="More than planned")
    assert cells(answer, "2019/20")[1:4] == ["£700,000", "£0", "−£87,949"]


@pytest.mark.parametrize("key", ["999999", "x", "", "9" * 30])
def test_what_is_said_of_no_plan_is_not_kept(signed_in, trust_manager, client_officer, plan, key):
    said = signed_in(trust_manager).post(
        SAY, {"saving": key, "version": "0", "delivered": "1", "words": "Ledger"}
    )
    read_so = signed_in(client_officer).post(
        READ, {"plan": key, "version": "0", "reading": "yearly", "words": "So"}
    )

    assert "this isn’t planned in any book" in words(said)
    assert "this isn’t planned in any book" in words(read_so)
    assert not SavingSaid.objects.exists() and not ReadingSaid.objects.exists()


def test_who_keeps_another_book_says_nothing_of_this_one(signed_in, client_officer, trust_manager, first):
    Book.objects.filter(code="trust").update(kept_by="commissioner")

    answer = say(signed_in(trust_manager), first, delivered="1", words="Ledger")
    assert "kept by the other party, which alone says" in words(answer)
    answer = read(signed_in(client_officer), first.plan, reading="yearly", words="It says so")
    assert "said by the party that doesn’t keep the book" in words(answer)
    assert not SavingSaid.objects.exists() and not ReadingSaid.objects.exists()


def test_both_readings_stand_until_the_council_says_which(
    signed_in, trust_manager, client_officer, board_reader, plan
):
    council = signed_in(client_officer)
    captions = [one.text for one in BeautifulSoup(council.get(SAVINGS).content, "lxml").select("caption")]
    assert captions == [
        "Read as: each year’s amount is that year’s own",
        "Read as: each year’s amount is all that is saved by then",
    ]
    refused = read(council, plan, reading="cumulative", words="")
    assert "Say why it is read so, or who said it" in words(refused)

    read(council, plan, reading="cumulative", words="The finance lead confirmed it")
    read(council, plan, version="1", reading="yearly", words="The agreed plan says so on page 3")

    page = signed_in(board_reader).get(SAVINGS)
    assert [one.text for one in BeautifulSoup(page.content, "lxml").select("caption")] == captions[:1]
    said = words(page)
    assert "Each year’s amount is that year’s own. The agreed plan says so on page 3" in said
    assert "Before: Each year’s amount is all that is saved by then. The finance lead confirmed it" in said
    events = AuditEvent.objects.filter(action="money.savings.read")
    assert [event.actor for event in events] == ["client-officer"] * 2
    assert signed_in(trust_manager).post(READ, {"plan": plan.pk}).status_code == 403


def test_a_reading_said_meanwhile_is_shown(signed_in, client_officer, plan):
    council = signed_in(client_officer)
    read(council, plan, reading="cumulative", words="The finance lead confirmed it")

    answer = read(council, plan, reading="yearly", words="I think so")

    assert answer.status_code == 409
    assert ReadingSaid.objects.get().reading == "cumulative"


def test_what_was_said_is_never_changed_nor_said_by_whom_it_binds(
    signed_in, trust_manager, client_officer, first
):
    say(signed_in(trust_manager), first, delivered="400,000", words="Ledger of month 6")
    read(signed_in(client_officer), first.plan, reading="yearly", words="It says so")
    said, reading = SavingSaid.objects.get(), ReadingSaid.objects.get()

    def by_the_keeper():
        reading.pk, reading.number, reading.party = None, 2, "provider"
        reading.save(force_insert=True)

    def by_the_other_party():
        said.pk, said.number, said.party = None, 2, "commissioner"
        said.save(force_insert=True)

    assert said.party == "provider"
    for act in (
        by_the_other_party,
        lambda: SavingSaid.objects.update(delivered=0),
        SavingSaid.objects.get().delete,
        lambda: ReadingSaid.objects.update(reading="cumulative"),
        reading.delete,
        by_the_keeper,
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()


def test_the_page_costs_as_many_queries_however_much_was_said(
    signed_in, trust_manager, first, django_assert_max_num_queries
):
    client = signed_in(trust_manager)
    say(client, first, delivered="400,000", words="Ledger of month 6")
    with django_assert_max_num_queries(11):
        client.get(SAVINGS)


def test_what_is_made_up_says_so_and_goes_into_no_form(signed_in, trust_manager, client_officer, first):
    from datetime import date

    from budgets.demonstration.savings import say_of_savings

    assert say_of_savings(Book.objects.get(code="trust"), date(2020, 4, 20)) == 2
    answer = signed_in(trust_manager).get(SAVINGS)

    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("figcaption .mark").text == "illustrative"
    assert "What was delivered is said of 2 of 4 years" in words(answer)
    assert cells(answer, "2020/21")[1:4] == ["£0", "£850,000", "£1,796,757"]
    form = page.select_one("details form")
    assert not form.select_one('input[name="delivered"]').get("value")
    # What was made up becomes somebody's word when it is said.
    say(signed_in(trust_manager), first, version="1", delivered="486,000", at_risk="126,051", words="Ledger")
    assert SavingSaid.objects.filter(saving=first).last().provenance == "returned"
    assert Saving.objects.filter(said__provenance="illustrative").count() == 2
