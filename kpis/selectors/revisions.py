"""What was entered for one indicator, with every revision."""

from __future__ import annotations

from collections import defaultdict

from kpis.models import FigureRevision, Indicator
from parties.access import Reader
from sandwell.periods import Month


def revisions_by_month(reader: Reader, indicator: Indicator) -> dict[Month, list[FigureRevision]]:
    """Every revision that the reader may see, latest first, by month, oldest month first. One query."""
    rows = (
        FigureRevision.objects.visible_to(reader)
        .filter(figure__indicator=indicator)
        .select_related("figure")
        .order_by("figure__month", "-number")
    )
    found: dict[Month, list[FigureRevision]] = defaultdict(list)
    for row in rows:
        found[Month.of(row.figure.month)].append(row)
    return dict(found)
