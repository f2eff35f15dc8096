"""A book's period as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count
from django.http import Http404

from budgets.books.names import WITH_DIVISION
from budgets.models import Book, Entry, Line, LineDraft, LineMonth, MoneyStep
from budgets.months.standing import Stands
from budgets.rules.periods import Period
from core import clock
from core.values.months import ContractYear
from parties.participants import Participant


def year_at(book: Book, year: int) -> ContractYear:
    """Http404 outside the book's years."""
    if not book.first_year <= year <= book.last_year:
        raise Http404("The book has no such year.")
    return ContractYear(year)


def period_at(book: Book, year: int, number: int) -> Period:
    """Http404 outside the book's years and the periods of a year."""
    try:
        return Period(year_at(book, year), number)
    except ValueError as error:
        raise Http404(str(error)) from error


def states_of(book: Book, period: Period) -> dict[str, int]:
    """How many lines stand in each state of the round. One query."""
    months = LineMonth.objects.filter(line__book=book, year=period.year.start, period=period.number)
    return dict(months.order_by().values_list("state").annotate(number=Count("pk")))


def lines_of(book: Book) -> list[Line]:
    """Every line with amounts of its own. One query."""
    return list(book.lines.filter(kind=Line.Kind.LINE).select_related(WITH_DIVISION).order_by("position"))


def entered_by(book: Book, period: Period, known: date) -> int:
    """How many lines had an entry by the end of the day. One query."""
    entries = Entry.objects.filter(
        month__line__book=book,
        month__year=period.year.start,
        month__period=period.number,
        entered_at__lt=clock.end_of(known),
    )
    return entries.order_by().values("month").distinct().count()


def drafted(book: Book, period: Period) -> int:
    """How many lines have a draft. One query."""
    return LineDraft.objects.filter(line__book=book, year=period.year.start, period=period.number).count()


def steps_of(
    participant: Participant, stands: Iterable[Stands], known: date | None = None
) -> dict[int, list[MoneyStep]]:
    """What was asked and answered of them, by the key of the line's month, the oldest first. One query."""
    keys = [one.month.pk for one in stands if one.month]
    months = LineMonth.objects.visible_to(participant).filter(pk__in=keys)
    steps = MoneyStep.objects.filter(month__in=months).order_by("pk")
    if known is not None:
        steps = steps.filter(taken_at__lt=clock.end_of(known))
    found: dict[int, list[MoneyStep]] = {}
    for step in steps:
        found.setdefault(step.month_id, []).append(step)
    return found


def entries_seen(participant: Participant, book: Book, keys: Sequence[int]) -> list[Entry]:
    """The entries that a form names, of this book alone."""
    months = LineMonth.objects.visible_to(participant).filter(line__book=book)
    return list(Entry.objects.filter(pk__in=keys, month__in=months).select_related("month__line"))
