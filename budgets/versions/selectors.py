"""Versions of a book's budget and what is proposed, for whoever may read the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.http import Http404

from budgets.books.amounts import budgets_of
from budgets.books.names import WITH_DIVISION
from budgets.models import Amount, Book, ClosedPeriod, Line, Proposal, ProposedAmount, Version
from budgets.months.asking import LINES, Asked, Selected, lines_asked, lines_keyed
from budgets.rules.periods import MONTHS, Period
from core.values.months import ContractYear
from parties.participants import Participant


def proposals_of(participant: Participant, book: Book) -> list[Proposal]:
    """Every one, the latest first, with its answer, its version and its lines. Two queries."""
    return list(_proposals(participant, book).order_by("-number"))


def proposal_numbered(participant: Participant, book: Book, number: int) -> Proposal:
    """Http404 where the book has none of this number. Two queries."""
    proposal = _proposals(participant, book).filter(number=number).first()
    if proposal is None:
        raise Http404("The book has no such change.")
    return proposal


def _proposals(participant: Participant, book: Book) -> QuerySet[Proposal]:
    amounts = ProposedAmount.objects.select_related(f"line__{WITH_DIVISION}").order_by("line__position")
    return (
        Proposal.objects.visible_to(participant)
        .filter(book=book)
        .select_related("answer", "version")
        .prefetch_related(Prefetch("amounts", amounts))
    )


def loaded_versions(book: Book) -> list[Version]:
    """Those that nobody proposed here: printed, or made up; the latest first, with its first and last year and how many
    lines it names. One query.
    """
    budgets = Q(amounts__figure=Amount.Figure.BUDGET)
    return list(
        book.versions.filter(proposal__isnull=True)
        .annotate(
            first=Min("amounts__year", filter=budgets),
            last=Max("amounts__year", filter=budgets),
            lines=Count("amounts__line", filter=budgets, distinct=True),
        )
        .order_by("-number")
    )


def latest_version(book: Book) -> int:
    """Its number. One query."""
    return max(book.versions.values_list("number", flat=True), default=0)


def open_years(book: Book) -> list[ContractYear]:
    """The years of which March isn't closed. One query."""
    closed = set(ClosedPeriod.objects.filter(book=book, period=MONTHS).values_list("year", flat=True))
    return [year for year in book.years if year.start not in closed]


@dataclass(frozen=True)
class Offered:
    """The lines of a form: those ``changed`` in it already, and those of the page that is asked for; each with its
    budget of the year in pence.
    """

    changed: Sequence[tuple[Line, int | None]]
    others: Sequence[tuple[Line, int | None]]
    selected: Selected

    @property
    def lines(self) -> list[tuple[Line, int | None]]:
        return [*self.changed, *self.others]


def lines_offered(book: Book, year: ContractYear, asked: Asked, changed: Sequence[int]) -> Offered:
    """``changed`` are keys of lines; a book of one page shows them in their places. Six queries at most."""
    selected = lines_asked(book, Period(year, 1), replace(asked, only=""), drafts=False)
    own = lines_keyed(book, changed) if selected.of > LINES and changed else []
    keys = {line.pk for line in own}
    others = [line for line in selected.lines if line.pk not in keys]
    budgets = budgets_of([*own, *others], year.start)
    return Offered(
        [(line, budgets.get(line.pk)) for line in own],
        [(line, budgets.get(line.pk)) for line in others],
        selected,
    )
