"""Proposes another budget of a book's year: the one door for what a party wants changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from audit.services import record
from budgets.books.amounts import budgets_of
from budgets.books.keeping import lock_book, require_part
from budgets.books.refusals import MoneyRefused
from budgets.models import Book, Line, Proposal, ProposedAmount
from budgets.months.standing import is_closed
from budgets.rules.budget_change import Kind, LineChange, missing, net_of
from budgets.rules.money import signed
from budgets.rules.periods import MONTHS, Period
from budgets.versions.notices import tell_proposed
from budgets.versions.refusals import ChangeConflict, ChangeRefused
from core.values.months import ContractYear
from core.values.numbers import count_words
from parties.participants import Participant


@dataclass(frozen=True)
class Wanted:
    """What a person wants a year to be: budgets in pence by the key of the line; the others stay.

    ``seen`` is the number of the book's latest version when the form was begun.
    """

    year: ContractYear
    kind: Kind
    words: str
    budgets: Mapping[int, int]
    seen: int


@transaction.atomic
def propose(*, by: Participant, book: Book, wanted: Wanted, today: date) -> Proposal:
    """Keeps the change for the other party to answer; the same again by the same person is the same proposal.

    ChangeRefused with all that is missing, ChangeConflict where a line's budget is another one by now, MoneyRefused
    for a year that is closed, and for somebody who takes no part.
    """
    require_part(by, book)
    lock_book(book)
    require_open(book, wanted.year)
    lines = {line.pk: line for line in book.lines.filter(kind=Line.Kind.LINE, pk__in=wanted.budgets)}
    before = budgets_of(lines.values(), wanted.year.start)
    changed = {
        pk: LineChange(before.get(pk), wanted.budgets[pk], line.tree_side)
        for pk, line in lines.items()
        if before.get(pk) != wanted.budgets[pk]
    }
    if faults := list(missing(wanted.kind, list(changed.values()), wanted.words)):
        raise ChangeRefused(faults)
    _refuse_conflict(book, wanted, [lines[pk] for pk in changed])
    return _same(by, book, wanted, changed) or _kept(by, book, wanted, changed, today)


def require_open(book: Book, year: ContractYear) -> None:
    """A year whose March is closed keeps its budget: what it came to was judged by it."""
    if year not in book.years:
        raise MoneyRefused("The book has no such year.")
    if is_closed(book, Period(year, MONTHS)):
        raise MoneyRefused(f"{year} is closed with its March, so its budget stays as it is.")


def _refuse_conflict(book: Book, wanted: Wanted, lines: list[Line]) -> None:
    newer = book.versions.filter(number__gt=wanted.seen, amounts__year=wanted.year.start)
    named = set(newer.values_list("amounts__line", flat=True))
    if names := [line.name for line in lines if line.pk in named]:
        raise ChangeConflict(names)


def _same(by: Participant, book: Book, wanted: Wanted, changed: Mapping[int, LineChange]) -> Proposal | None:
    """What the same person proposed already, and nobody answered."""
    waiting = book.proposals.filter(
        proposed_by=by.user,
        year=wanted.year.start,
        kind=wanted.kind.value,
        words=wanted.words.strip(),
        answer__isnull=True,
    )
    said = {pk: change.after for pk, change in changed.items()}
    return next(
        (one for one in waiting if dict(one.amounts.values_list("line_id", "after")) == said),
        None,
    )


def _kept(
    by: Participant, book: Book, wanted: Wanted, changed: Mapping[int, LineChange], today: date
) -> Proposal:
    proposal = Proposal.objects.create(
        book=book,
        number=book.proposals.count() + 1,
        year=wanted.year.start,
        kind=wanted.kind.value,
        words=wanted.words.strip(),
        day=today,
        party=by.party,
        proposed_by=by.user,
        proposed_as=by.user.display_name,
    )
    ProposedAmount.objects.bulk_create(
        ProposedAmount(proposal=proposal, line_id=pk, before=change.before, after=change.after)
        for pk, change in changed.items()
    )
    net = net_of(list(changed.values()))
    tell_proposed(by=by, proposal=proposal)
    record(
        by=by.user,
        action="money.version.proposed",
        subject=proposal,
        contract=by.contract.code,
        summary=(
            f"{book.name}, {wanted.year}: {proposal.get_kind_display().lower()} of"
            f" {count_words(len(changed), 'line')} was proposed."
        ),
        changes={"change": proposal.number, "words": proposal.words, "comes to": signed(net)},
    )
    return proposal
