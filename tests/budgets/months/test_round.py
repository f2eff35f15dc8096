"""A month of a book between two people: entered, asked about, answered, accepted, closed and revised."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEvent
from budgets.books.refusals import MoneyRefused
from budgets.models import Book, ClosedPeriod, Entry, LineDraft, LineMonth, MoneyStep
from budgets.months.entering import LineSaid, submit_period
from budgets.rules.month_entry import Said
from budgets.rules.periods import Period
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/money/books/trust/2018/{}/"
MAY = PAGE.format(2)
FOSTER = "external_foster_care"


@pytest.fixture
def line(books):
    return Book.objects.get(code="trust").lines.get(code=FOSTER)


def typed(line, **given):
    """The fields of a line's form as a browser sends them."""
    fields = {"version": "0", "begun_from": ""} | given
    return {f"line{line.pk}-{name}": value for name, value in fields.items()}


def send(client, line, act="submit", page=MAY, **given):
    return client.post(f"{page}enter/", typed(line, **given) | {"act": act}, follow=True)


def settle(client, act, said="", page=MAY):
    entry = LineMonth.objects.get(period=int(page.split("/")[-2])).latest_id
    return client.post(f"{page}answer/", {"act": act, "entry": entry, "words": said}, follow=True)


def state(period=2):
    return LineMonth.objects.get(period=period).state


def test_a_month_from_its_draft_to_its_revision(signed_in, trust_manager, client_officer, line):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    send(trust, line, act="save", actual="1.2m", forecast="soon")
    assert LineDraft.objects.get().typed["forecast"] == "soon"
    assert "soon" not in words(council.get(MAY))

    answer = send(trust, line, version="1", actual="1,450,000.50", forecast="8,200,000", committed="40,000")
    assert "1 line submitted." in words(answer)
    assert not LineDraft.objects.exists()
    entry = Entry.objects.get()
    assert (entry.actual, entry.forecast) == (145_000_050, 820_000_000)
    assert (entry.committed, entry.mitigation) == (4_000_000, None)

    assert "1 line queried." in words(settle(council, "query", "Which places are these?"))
    assert state() == "queried"
    assert "Which places are these?" in words(trust.get(MAY))
    assert "1 line answered." in words(settle(trust, "explain", "Two of last year."))
    assert "1 line accepted." in words(settle(council, "accept"))
    assert state() == "accepted"

    lacks = "5 lines are not submitted: External Residential, Secure Units, Internal Foster Care,"
    assert lacks in words(council.post(f"{MAY}close/", follow=True))
    assert "Close it without the 5 lines that are not submitted" in words(council.get(MAY))
    closed = council.post(f"{MAY}close/", {"incomplete": "yes"}, follow=True)
    assert "May 2018 is closed." in words(closed)
    begun = str(Entry.objects.get().pk)
    refused = send(trust, line, begun_from=begun, actual="1,500,000", forecast="8,200,000")
    assert "The period is closed. Say why it is revised." in words(refused)
    send(
        trust, line, begun_from=begun, actual="1,500,000", forecast="8,200,000", reason="An invoice came late"
    )
    assert state() == "submitted"
    assert Entry.objects.count() == 2
    assert LineMonth.objects.get().accepted_id == int(begun)
    told = AuditEvent.objects.filter(action__startswith="money.").order_by("sequence")
    assert [event.action for event in told][-6:] == [
        "money.period.submitted", "money.lines.queried", "money.lines.explained", "money.lines.accepted",
        "money.period.closed", "money.period.submitted",
    ]  # fmt: skip


def test_a_forecast_that_moved_says_why(signed_in, trust_manager, client_officer, line):
    trust = signed_in(trust_manager)
    send(trust, line, page=PAGE.format(1), actual="700,000", forecast="8,200,000")

    refused = send(trust, line, actual="1,400,000", forecast="8,230,000")
    assert "The forecast moved since the period before. Say why." in words(refused)
    send(trust, line, actual="1,400,000", forecast="8,230,000", moved="Two more places")

    page = words(signed_in(client_officer).get(MAY))
    assert "+£30,000" in page
    assert "Two more places" in page


def test_what_is_over_its_budget_says_why(signed_in, trust_manager, line):
    refused = send(signed_in(trust_manager), line, actual="1,400,000", forecast="9,000,000")

    assert "The forecast is over its budget. Say why" in words(refused)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("1O0", "has letters"),
        ("", "Give what was spent"),
        ("1.2345", "part of a penny"),
        ("-(5)", "more than one sign"),
    ],
)
def test_amounts_that_cannot_be_read_are_named(signed_in, trust_manager, line, amount, says):
    answer = words(send(signed_in(trust_manager), line, actual=amount, forecast="8,200,000"))

    assert says in answer
    assert not Entry.objects.exists()


def test_the_same_form_twice_has_one_effect(signed_in, trust_manager, line):
    trust = signed_in(trust_manager)
    for _ in range(2):
        answer = send(trust, line, actual="1,400,000", forecast="8,200,000")
    assert "That was submitted already." in words(answer)
    assert Entry.objects.count() == 1


def test_who_comes_second_sees_what_came_first(signed_in, trust_manager, line):
    trust = signed_in(trust_manager)
    send(trust, line, actual="1,400,000", forecast="8,200,000")

    second = send(trust, line, actual="1,300,000", forecast="8,100,000")

    assert second.status_code == 409
    assert "somebody else entered lines meanwhile" in words(second)
    assert "1,300,000" in second.content.decode()
    assert Entry.objects.count() == 1


def test_nobody_enters_the_other_partys_book(signed_in, client_officer, trust_manager, line, contract):
    assert send(signed_in(client_officer), line, actual="1", forecast="1").status_code == 403
    by, own = participant_for(trust_manager, contract.code), Book.objects.get(code="directorate")
    said = LineSaid(own.lines.get(code="DEE.employees"), Said(1, 1), None)
    with pytest.raises(MoneyRefused, match="kept by the other party"):
        submit_period(by=by, book=own, period=Period(ContractYear(2018), 2), lines=[said])


def test_a_month_is_not_closed_while_something_waits(signed_in, trust_manager, client_officer, line):
    send(signed_in(trust_manager), line, actual="1,400,000", forecast="8,200,000")

    answer = signed_in(client_officer).post(f"{MAY}close/", follow=True)

    assert "1 line of May 2018 waits for an answer." in words(answer)
    assert not ClosedPeriod.objects.exists()


def test_the_database_holds_history_and_who_accepts(signed_in, trust_manager, client_officer, line):
    send(signed_in(trust_manager), line, actual="1,400,000", forecast="8,200,000")
    month, entry = LineMonth.objects.get(), Entry.objects.get()
    step = {
        "month": month, "entry": entry, "kind": "accepted", "day": date(2018, 6, 8), "party": "provider",
        "taken_by": trust_manager, "taken_as": "Somebody",
    }  # fmt: skip
    for write in (
        lambda: Entry.objects.update(actual=1),
        entry.delete,
        lambda: MoneyStep.objects.create(**step),
        lambda: LineMonth.objects.update(state="accepted", accepted=entry),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            write()


@pytest.mark.parametrize(
    ("kind", "turn"),
    [
        ("queried", "commissioner"),
        ("reopened", "commissioner"),
        ("accepted", "commissioner"),
        ("explained", "provider"),
        ("disputed", "provider"),
    ],
)
def test_the_database_takes_a_step_from_the_party_whose_turn_it_is_alone(
    signed_in, trust_manager, client_officer, line, kind, turn
):
    send(signed_in(trust_manager), line, actual="1,400,000", forecast="8,200,000")
    step = {
        "month": LineMonth.objects.get(), "entry": Entry.objects.get(), "kind": kind, "words": "Said",
        "day": date(2018, 6, 8), "taken_by": client_officer, "taken_as": "Somebody",
    }  # fmt: skip
    other = {"commissioner": "provider", "provider": "commissioner"}[turn]

    with pytest.raises((IntegrityError, DatabaseError), match="the other party asks"), transaction.atomic():
        MoneyStep.objects.create(**step, party=other)
    MoneyStep.objects.create(**step, party=turn)


def test_a_year_that_the_book_does_not_have_is_not_found(signed_in, trust_manager, books):
    client = signed_in(trust_manager)
    for year, number in ((2017, 1), (2018, 16), (2018, 0)):
        assert client.get(f"/contracts/sandwell/money/books/trust/{year}/{number}/").status_code == 404


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5_000, "\u0663", "0", "999999"])
def test_a_line_that_nobody_ticked_is_no_answer(signed_in, client_officer, books, key):
    answer = signed_in(client_officer).post(f"{MAY}answer/", {"act": "accept", "entry": key})

    assert answer.status_code == 200
    assert "Tick the lines" in words(answer)


def test_an_answer_sent_twice_has_one_effect(signed_in, trust_manager, client_officer, line):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    send(trust, line, actual="1,000,000", forecast="8,200,000")

    for _ in range(2):
        assert "1 line accepted." in words(settle(council, "accept"))

    assert MoneyStep.objects.count() == 1
    assert "External Foster Care is accepted, which this doesn’t go with" in words(
        settle(council, "query", "Which?")
    )


def test_a_closed_month_is_revised_and_not_reopened(signed_in, trust_manager, client_officer, line):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    send(trust, line, actual="1,000,000", forecast="8,200,000")
    settle(council, "accept")
    assert "Reopen accepted lines" in words(council.get(MAY))
    council.post(f"{MAY}close/", {"incomplete": "yes"})

    assert "Reopen accepted lines" not in words(council.get(MAY))
    assert "The month is closed." in words(settle(council, "reopen", "Once more"))
    assert state() == "accepted"


def test_a_month_that_has_not_begun_says_from_when_it_is_entered(
    signed_in, trust_manager, client_officer, line, settings
):
    settings.DEMONSTRATION_DAY = date(2018, 4, 30)
    trust = signed_in(trust_manager)
    says = "Nothing is entered of May 2018 before 1 May 2018."
    for act in ("save", "submit"):
        assert says in words(send(trust, line, act=act, actual="1,000", forecast="8,200,000"))
    assert not LineDraft.objects.exists() and not Entry.objects.exists()
    page = trust.get(MAY).content.decode()
    assert says in page and "Enter May 2018" not in page
    assert says not in words(signed_in(client_officer).get(MAY))
    assert "Nothing is entered of period 13 of 2018/19 before 1 April 2019." in words(
        trust.get(PAGE.format(13))
    )

    settings.DEMONSTRATION_DAY = date(2018, 5, 1)
    assert "1 line submitted." in words(send(trust, line, actual="1,000", forecast="8,200,000"))


def test_brackets_are_asked_about_where_an_amount_is_typed(signed_in, trust_manager, line):
    for typed in ("(500)", "500-"):
        answer = send(signed_in(trust_manager), line, actual=typed, forecast="8,200,000")
        assert f"“{typed}” may be below nil, or a credit. Write -500.00 or 500.00." in words(answer)
    assert not Entry.objects.exists()


def test_what_is_seldom_so_is_explained_and_marked(signed_in, trust_manager, client_officer, line):
    trust, doubt = signed_in(trust_manager), "More was spent to date than the year is to come to."
    answer = send(trust, line, actual="8,000,000", forecast="7,000,000")
    assert f"{doubt} Put it right, or say why." in words(answer)
    assert not Entry.objects.exists()

    send(trust, line, actual="8,000,000", forecast="7,000,000", words="A grant comes in March")
    page = words(signed_in(client_officer).get(MAY))
    assert doubt in page and "A grant comes in March" in page


def test_what_an_act_does_not_go_with_is_left_and_named(submits, acts, council_finance, signed_in):
    for code in (FOSTER, "secure_units"):
        submits(code)
    acts(council_finance, "query", "secure_units")
    entries = [str(entry.pk) for entry in Entry.objects.all()]
    council, march = signed_in(council_finance), PAGE.format(12)

    soup = BeautifulSoup(council.get(march).content, "lxml")
    assert len(soup.select("input[name=entry]")) == 2 and not soup.select("input[checked]")
    said = words(council.post(f"{march}answer/", {"act": "accept", "entry": entries}, follow=True))
    assert "1 line accepted. Left as they are: Secure Units (queried)." in said


def test_a_second_answer_is_not_lost_without_a_word(submits, acts, council_finance, finance_lead):
    submits(FOSTER)
    acts(council_finance, "query", FOSTER, words="Which?")
    acts(council_finance, "query", FOSTER, words="Which?")
    assert MoneyStep.objects.count() == 1

    acts(finance_lead, "explain", FOSTER, words="Those of last year")
    with pytest.raises(MoneyRefused, match="External Foster Care is submitted"):
        acts(finance_lead, "explain", FOSTER, words="Those of this year")
