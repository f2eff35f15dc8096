"""What was forecast of a book's lines, and what their years came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.models import Amount, Book, ClosedPeriod, Entry, Line, LineMonth
from budgets.rules.forecast import JUDGED_AT
from budgets.rules.periods import MONTHS
from parties.participants import Participant

LineYear = tuple[int, int]  # a line's key, and a year


@dataclass
class Said:
    """The forecasts of a line's year in pence by period; ``made_up`` where one of them is illustrative."""

    forecasts: dict[int, int] = field(default_factory=dict)
    made_up: bool = False


def lines_of(book: Book) -> list[Line]:
    """All of them, those that hold others too, from the top down. One query."""
    return list(book.lines.order_by("position"))


def years_entered(participant: Participant, book: Book) -> list[int]:
    """One query."""
    rows = LineMonth.objects.visible_to(participant).filter(line__book=book, latest__isnull=False)
    return list(rows.order_by("year").values_list("year", flat=True).distinct())


def said_in(participant: Participant, book: Book, year: int) -> dict[int, Said]:
    """Every period of a year, by the line's key. One query."""
    return {line: said for (line, _), said in _said(participant, book, year=year).items()}


def said_when_judged(participant: Participant, book: Book) -> dict[LineYear, Said]:
    """Of all years, the periods by which forecasts are judged. One query."""
    return _said(participant, book, period__in=JUDGED_AT)


def _said(participant: Participant, book: Book, **of: object) -> dict[LineYear, Said]:
    rows = LineMonth.objects.visible_to(participant).filter(line__book=book, latest__isnull=False, **of)
    found: dict[LineYear, Said] = {}
    for line, year, period, forecast, provenance in rows.order_by("line", "year", "period").values_list(
        "line", "year", "period", "latest__forecast", "latest__provenance"
    ):
        said = found.setdefault((line, year), Said())
        said.forecasts[period] = forecast
        said.made_up |= provenance == Entry.Provenance.ILLUSTRATIVE
    return found


def outturns_of(participant: Participant, book: Book) -> Mapping[LineYear, int]:
    """What a line's year came to in the end, in pence: as printed, else as accepted for the latest closed period from
    March on. A year without either isn't there. Three queries.
    """
    closed = set(ClosedPeriod.objects.filter(book=book, period__gte=MONTHS).values_list("year", "period"))
    rows = LineMonth.objects.visible_to(participant).filter(
        line__book=book, period__gte=MONTHS, accepted__isnull=False
    )
    found: dict[LineYear, int] = {
        (line, year): actual
        for line, year, period, actual in rows.order_by("period").values_list(
            "line", "year", "period", "accepted__actual"
        )
        if (year, period) in closed
    }
    printed = Amount.objects.filter(
        line__book=book, line__kind=Line.Kind.LINE, figure=Amount.Figure.ACTUAL, hundredths__isnull=False
    )
    return found | {
        (line, year): pence or 0 for line, year, pence in printed.values_list("line", "year", "hundredths")
    }
