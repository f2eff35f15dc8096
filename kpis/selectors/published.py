"""What the documents print about the indicators of a contract, for one reader."""

from __future__ import annotations

from collections import defaultdict

from kpis.models import Indicator, IndicatorStatus, PublishedStatistic, SourceNote
from kpis.readings import Reading
from kpis.selectors.statuses import WITH_WHAT_IT_REPLACES
from parties.access import Reader


def statistics_of(reader: Reader, indicator: Indicator) -> list[PublishedStatistic]:
    """Everything printed about one indicator, in the order of its definition file. One query."""
    rows = PublishedStatistic.objects.visible_to(reader).filter(indicator=indicator)
    return list(rows.order_by("pk"))


def notes_of(reader: Reader, indicator: Indicator) -> list[SourceNote]:
    """What contradicts or deserves a remark about one indicator. One query."""
    return list(SourceNote.objects.visible_to(reader).filter(indicator=indicator).order_by("pk"))


def all_statistics(reader: Reader) -> list[PublishedStatistic]:
    """Everything printed about every indicator, each with its indicator, in contract order. One query."""
    rows = PublishedStatistic.objects.visible_to(reader).select_related("indicator")
    return list(rows.order_by("indicator__position", "pk"))


def all_notes(reader: Reader) -> list[SourceNote]:
    """Every remark on the documents, each with its indicator, in contract order. One query."""
    rows = SourceNote.objects.visible_to(reader).select_related("indicator")
    return list(rows.order_by("indicator__position", "pk"))


def all_series(reader: Reader) -> dict[str, list[Reading]]:
    """Every month of every indicator by its code, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(reader)
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .order_by("indicator__position", "month")
    )
    found: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        found[row.indicator.code].append(Reading.of(row, row.indicator, row.band, row.revision))
    return dict(found)
