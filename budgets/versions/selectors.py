"""Versions of a book's budget and what is proposed, for whoever may read the book."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404

from budgets.books.amounts import budgets_of
from budgets.books.names import WITH_DIVISION
from budgets.models import Book, ClosedPeriod, Line, Proposal, ProposedAmount, Version
from budgets.rules.periods import MONTHS
from core.values.months import ContractYear
from parties.participants import Participant


def proposals_of(participant: Participant, book: Book) -> list[Proposal]:
    """Every one, the latest first, with its answer, its version and its lines. Two queries."""
    amounts = ProposedAmount.objects.select_related(f"line__{WITH_DIVISION}").order_by("line__position")
    return list(
        Proposal.objects.visible_to(participant)
        .filter(book=book)
        .select_related("answer", "version")
        .prefetch_related(Prefetch("amounts", amounts))
        .order_by("-number")
    )


def proposal_numbered(participant: Participant, book: Book, number: int) -> Proposal:
    """Http404 where the book has none of this number. Two queries."""
    for proposal in proposals_of(participant, book):
        if proposal.number == number:
            return proposal
    raise Http404("The book has no such change.")


def loaded_versions(book: Book) -> list[Version]:
    """Those that nobody proposed here: printed, or made up; the latest first. One query."""
    return list(book.versions.filter(proposal__isnull=True).order_by("-number"))


def latest_version(book: Book) -> int:
    """Its number. One query."""
    return max(book.versions.values_list("number", flat=True), default=0)


def open_years(book: Book) -> list[ContractYear]:
    """The years of which March isn't closed. One query."""
    closed = set(ClosedPeriod.objects.filter(book=book, period=MONTHS).values_list("year", flat=True))
    return [year for year in book.years if year.start not in closed]


def lines_with_budgets(book: Book, year: ContractYear) -> list[tuple[Line, int | None]]:
    """Every line with amounts of its own, and its budget of the year in pence. Two queries."""
    lines = list(book.lines.filter(kind=Line.Kind.LINE).select_related(WITH_DIVISION))
    budgets = budgets_of(lines, year.start)
    return [(line, budgets.get(line.pk)) for line in lines]
