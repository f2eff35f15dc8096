"""A change of a budget between two parties: proposed, agreed or declined, in force, and what refuses it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEvent
from budgets.books.amounts import amounts_of
from budgets.books.refusals import MoneyRefused
from budgets.models import Amount, Book, ClosedPeriod, Proposal, ProposalAnswer, ProposedAmount, Version
from budgets.rules.budget_change import Kind
from budgets.versions.answering import answer_proposal
from budgets.versions.proposing import Wanted, propose
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import words

pytestmark = pytest.mark.django_db
LIST = "/contracts/sandwell/money/books/trust/versions/"
FORM = f"{LIST}propose/2018/"
TODAY = date(2020, 4, 20)
FOSTER, HOMES = "external_foster_care", "external_residential"
FOSTER_BUDGET, HOMES_BUDGET = 822_357_800, 0


@pytest.fixture
def book(books):
    return Book.objects.get(code="trust")


@pytest.fixture
def line(book):
    return lambda code: book.lines.get(code=code)


@pytest.fixture
def pence(book):
    """A line's budget of 2018/19 as pages read it."""

    def pence(code):
        return amounts_of([book])[book.pk].of("budget", 2018, code).gross

    return pence


@pytest.fixture
def wanted(line, pence):
    """£10,000 moved from one line to another."""

    def wanted(more=1_000_000, less=1_000_000, **given):
        budgets = {line(FOSTER).pk: pence(FOSTER) + more, line(HOMES).pk: pence(HOMES) - less}
        said = {"year": ContractYear(2018), "kind": Kind.VIREMENT, "words": "Fewer homes", "seen": 1}
        return Wanted(budgets=budgets, **said | given)

    return wanted


@pytest.fixture
def people(trust_manager, client_officer, contract):
    return participant_for(trust_manager, contract.code), participant_for(client_officer, contract.code)


@pytest.fixture
def proposal(people, book, wanted):
    return propose(by=people[0], book=book, wanted=wanted(), today=TODAY)


def typed(line, amounts, **given):
    fields = {f"line{line(code).pk}-budget": amount for code, amount in amounts.items()}
    return {"kind": "virement", "words": "Fewer homes", "version": "1"} | fields | given


def test_a_change_holds_once_both_agreed(signed_in, trust_manager, client_officer, line, pence):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    was = pence(FOSTER), pence(HOMES)
    more, less = f"{(was[0] + 1_000_050) / 100:.2f}", f"{(was[1] - 1_000_050) / 100:.2f}"

    page = words(trust.post(FORM, typed(line, {FOSTER: more, HOMES: less}), follow=True))
    assert "The change is proposed" in page and "+£10,000.50" in page and "−£10,000.50" in page
    assert (pence(FOSTER), pence(HOMES)) == was
    assert "1 waiting for an answer" in words(council.get(LIST))

    answered = words(council.post(f"{LIST}1/answer/", {"act": "agree", "words": "As minuted"}, follow=True))
    assert "agreed: it holds from now on" in answered and "in force as version 2" in answered
    assert "Proposed by Sandwell Children's Trust" in answered and "Agreed by Sandwell Council" in answered
    assert "Trust manager, 20 April 2020" in answered and "Client officer, 20 April 2020" in answered
    assert (pence(FOSTER), pence(HOMES)) == (was[0] + 1_000_050, was[1] - 1_000_050)
    told = AuditEvent.objects.filter(action__startswith="money.version.").order_by("sequence")
    assert [event.action for event in told] == ["money.version.proposed", "money.version.agreed"]


def test_what_is_agreed_here_changes_no_printed_total(people, book, proposal, signed_in, client_officer):
    answer_proposal(by=people[1], book=book, proposal=proposal, kind="agreed", today=TODAY)

    page = words(signed_in(client_officer).get("/contracts/sandwell/money/reconciliation/"))

    assert "13 of 148 printed totals differ" in page


def test_the_council_proposes_and_the_trust_declines_with_words(people, book, wanted, pence):
    trust, council = people
    was = pence(FOSTER)
    proposal = propose(by=council, book=book, wanted=wanted(), today=TODAY)
    with pytest.raises(MoneyRefused, match="Say why you decline"):
        answer_proposal(by=trust, book=book, proposal=proposal, kind="declined", today=TODAY)
    answer_proposal(
        by=trust, book=book, proposal=proposal, kind="declined", words="Homes are full", today=TODAY
    )

    assert pence(FOSTER) == was
    assert Version.objects.filter(book=book).count() == 1


def test_a_party_withdraws_its_own_and_answers_only_the_others(people, book, proposal):
    trust, council = people
    with pytest.raises(MoneyRefused, match="The party that proposed it withdraws it"):
        answer_proposal(by=council, book=book, proposal=proposal, kind="withdrawn", today=TODAY)
    with pytest.raises(MoneyRefused, match="The other party answers what yours proposed"):
        answer_proposal(by=trust, book=book, proposal=proposal, kind="agreed", today=TODAY)
    for _ in range(2):
        answer_proposal(by=trust, book=book, proposal=proposal, kind="withdrawn", today=TODAY)
    with pytest.raises(MoneyRefused, match="It was withdrawn by Trust manager already"):
        answer_proposal(by=council, book=book, proposal=proposal, kind="agreed", today=TODAY)


@pytest.mark.parametrize(
    ("amounts", "given", "says"),
    [
        ({FOSTER: "1"}, {}, "A virement comes to nil; this one takes"),
        ({FOSTER: "99,000,000"}, {"kind": "savings"}, "Savings come to less than before"),
        ({FOSTER: "1"}, {"kind": "growth"}, "Growth comes to more than before"),
        ({}, {"kind": "growth"}, "Give at least one line another budget."),
        ({FOSTER: "99,000,000"}, {"kind": "growth", "words": ""}, "Say why the budget changes"),
        ({FOSTER: "99,000,000"}, {"kind": ""}, "Choose what it is"),
        ({FOSTER: "1O0"}, {"kind": "growth"}, "has letters"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(
    signed_in, trust_manager, line, amounts, given, says
):
    answer = signed_in(trust_manager).post(FORM, typed(line, amounts, **given))

    assert says in words(answer)
    assert all(amount in answer.content.decode() for amount in amounts.values())
    assert not Proposal.objects.exists()


def test_the_same_form_twice_is_one_proposal(people, book, wanted):
    assert propose(by=people[0], book=book, wanted=wanted(), today=TODAY) == propose(
        by=people[0], book=book, wanted=wanted(), today=TODAY
    )


def test_who_comes_second_sees_what_holds_by_then(signed_in, trust_manager, people, book, proposal, line):
    answer_proposal(by=people[1], book=book, proposal=proposal, kind="agreed", today=TODAY)

    late = signed_in(trust_manager).post(FORM, typed(line, {FOSTER: "99,000,000"}, kind="growth"))

    assert late.status_code == 409
    assert "Meanwhile both parties agreed another budget of External Foster Care" in words(late)
    assert "99,000,000" in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode()


def test_what_was_proposed_on_another_budget_is_not_agreed(people, book, wanted, proposal, pence):
    trust, council = people
    other = propose(by=council, book=book, wanted=wanted(more=500, less=500), today=TODAY)
    answer_proposal(by=council, book=book, proposal=proposal, kind="agreed", today=TODAY)
    held = pence(FOSTER)

    with pytest.raises(MoneyRefused, match="another budget by now than when this was proposed"):
        answer_proposal(by=trust, book=book, proposal=other, kind="agreed", today=TODAY)
    assert pence(FOSTER) == held


def test_a_year_whose_march_is_closed_keeps_its_budget(
    people, book, wanted, proposal, signed_in, trust_manager
):
    ClosedPeriod.objects.create(book=book, year=2018, period=12, day=TODAY, closed_as="Somebody")

    with pytest.raises(MoneyRefused, match="2018/19 is closed with its March"):
        propose(by=people[0], book=book, wanted=wanted(more=2, less=2), today=TODAY)
    with pytest.raises(MoneyRefused, match="2018/19 is closed with its March"):
        answer_proposal(by=people[1], book=book, proposal=proposal, kind="agreed", today=TODAY)
    assert "can’t be changed here" in words(signed_in(trust_manager).get(FORM))


def test_a_book_kept_elsewhere_is_only_read(signed_in, trust_manager, people, books, wanted):
    elsewhere = Book.objects.get(code="solihull")
    with pytest.raises(MoneyRefused, match="those of both parties"):
        propose(by=people[0], book=elsewhere, wanted=wanted(), today=TODAY)
    page = signed_in(trust_manager).get("/contracts/sandwell/money/books/solihull/versions/")
    assert "Propose a change" not in words(page)


def test_the_database_holds_what_both_agreed(people, book, proposal, line, trust_manager, client_officer):
    answer = {"proposal": proposal, "day": TODAY, "taken_as": "Somebody"}
    council = {"party": "commissioner", "taken_by": client_officer}
    own = {"party": "provider", "taken_by": trust_manager}
    version = {"book": book, "number": 2, "kind": "virement", "words": "Fewer homes"}
    lopsided = Proposal.objects.create(
        book=book, number=9, year=2018, kind="virement", words="More", day=TODAY, party="provider",
        proposed_by=trust_manager, proposed_as="Somebody",
    )  # fmt: skip
    ProposedAmount.objects.create(proposal=lopsided, line=line(FOSTER), before=1, after=2)
    for write in (
        lambda: Version.objects.create(**version),
        lambda: Version.objects.create(**version, proposal=proposal),
        lambda: ProposalAnswer.objects.create(**answer, **own, kind="agreed"),
        lambda: ProposalAnswer.objects.create(
            **answer, party="commissioner", taken_by=trust_manager, kind="agreed"
        ),
        lambda: ProposalAnswer.objects.create(**answer, **council, kind="withdrawn"),
        lambda: ProposalAnswer.objects.create(**answer, **council, kind="declined"),
        lambda: ProposalAnswer.objects.create(**answer | {"proposal": lopsided}, **council, kind="agreed"),
        lambda: Proposal.objects.update(words="Other words"),
        lambda: ProposedAmount.objects.update(after=1),
        lambda: Amount.objects.filter(line=line(FOSTER)).update(hundredths=1),
        lambda: Amount.objects.filter(line=line(FOSTER)).delete(),
        lambda: Version.objects.update(words="Other words"),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            write()


@pytest.mark.parametrize("kind", ["agreed", "declined"])
def test_nothing_is_added_to_what_was_answered(people, book, proposal, line, kind):
    answer_proposal(by=people[1], book=book, proposal=proposal, kind=kind, words="Seen", today=TODAY)
    other = line("secure_units")

    with pytest.raises((IntegrityError, DatabaseError), match="was answered stays"), transaction.atomic():
        ProposedAmount.objects.create(proposal=proposal, line=other, before=0, after=1)
    for version in Version.objects.filter(proposal=proposal):
        cell = {"figure": "budget", "version": version, "unit": "£"}
        for wrong in (
            {"line": other, "year": 2018, "hundredths": 1},
            {"line": line(FOSTER), "year": 2019, "hundredths": FOSTER_BUDGET + 1_000_000},
        ):
            with pytest.raises((IntegrityError, DatabaseError), match="no others"), transaction.atomic():
                Amount.objects.create(**cell, **wrong)


@pytest.mark.parametrize(("address", "most"), [(LIST, 10), (f"{LIST}1/", 9), (FORM, 11)])
def test_pages_ask_little(signed_in, trust_manager, proposal, django_assert_max_num_queries, address, most):
    client = signed_in(trust_manager)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_what_there_is_not_is_not_found(signed_in, trust_manager, books):
    for path in (f"{LIST}7/", f"{LIST}propose/2030/", "/contracts/sandwell/money/books/nothing/versions/"):
        assert signed_in(trust_manager).get(path).status_code == 404
