"""What was entered last of a book's years."""

from __future__ import annotations

from django.db.models import Max, OuterRef, Subquery

from budgets.book_page.outcomes import Forecast
from budgets.models import Book, Entry, LineMonth
from parties.participants import Participant


def periods_entered(participant: Participant, book: Book) -> dict[int, int]:
    """By year, the latest period of which something is entered. One query."""
    rows = LineMonth.objects.visible_to(participant).filter(line__book=book, latest__isnull=False)
    return dict(rows.order_by().values_list("year").annotate(Max("period")))


def forecasts_of(participant: Participant, book: Book, year: int) -> dict[int, Forecast]:
    """By the line's key, what the year is to come to as it was entered last of the line. One query."""
    rows = LineMonth.objects.visible_to(participant).filter(line__book=book, year=year, latest__isnull=False)
    last = rows.filter(line=OuterRef("line")).order_by("-period")
    rows = rows.filter(period=Subquery(last.values("period")[:1]))
    made_up = Entry.Provenance.ILLUSTRATIVE
    return {
        line: Forecast(pence, provenance == made_up)
        for line, pence, provenance in rows.values_list("line", "latest__forecast", "latest__provenance")
    }
