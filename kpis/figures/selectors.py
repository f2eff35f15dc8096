"""What was entered for one indicator, with every revision."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.models import FigureRevision
from parties.participants import Participant


def revisions_by_month(
    participant: Participant, indicator: Indicator, before: datetime | None = None
) -> dict[Month, list[FigureRevision]]:
    """Every revision that the person may see, latest first, by month, oldest month first. One query.

    With ``before`` those entered earlier than that moment, each with the one that it replaced.
    """
    rows = (
        FigureRevision.objects.visible_to(participant)
        .filter(figure__indicator=indicator)
        .select_related("figure")
        .order_by("figure__month", "-number")
    )
    if before is not None:
        rows = rows.filter(entered_at__lt=before).select_related("figure", "replaces")
    found: dict[Month, list[FigureRevision]] = defaultdict(list)
    for row in rows:
        found[Month.of(row.figure.month)].append(row)
    return dict(found)
