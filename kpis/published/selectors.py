"""What the documents print about the indicators of a contract, for one participant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from kpis.definitions.models import Indicator, PublishedStatistic, SourceNote
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.engine.selectors import WITH_WHAT_IT_REPLACES
from parties.participants import Participant


def statistics_of(participant: Participant, indicator: Indicator) -> list[PublishedStatistic]:
    """Everything printed about one indicator, in the order of its definition file. One query."""
    rows = PublishedStatistic.objects.visible_to(participant).filter(indicator=indicator)
    return list(rows.order_by("pk"))


def notes_of(participant: Participant, indicator: Indicator) -> list[SourceNote]:
    """What contradicts or deserves a remark about one indicator. One query."""
    return list(SourceNote.objects.visible_to(participant).filter(indicator=indicator).order_by("pk"))


def statistics_of_each(participant: Participant, codes: Collection[str]) -> list[PublishedStatistic]:
    """Everything printed about these indicators, each with its indicator, in contract order. One query."""
    return list(_statistics(participant).filter(indicator__code__in=codes))


def notes_of_each(participant: Participant, codes: Collection[str]) -> list[SourceNote]:
    """Every remark about these indicators. One query."""
    rows = SourceNote.objects.visible_to(participant).filter(indicator__code__in=codes)
    return list(rows.order_by("indicator__position", "pk"))


def all_statistics(participant: Participant) -> list[PublishedStatistic]:
    """Everything printed about every indicator, each with its indicator, in contract order. One query."""
    return list(_statistics(participant))


def _statistics(participant: Participant) -> QuerySet[PublishedStatistic]:
    rows = PublishedStatistic.objects.visible_to(participant).select_related("indicator")
    return rows.order_by("indicator__position", "pk")


def all_notes(participant: Participant) -> list[SourceNote]:
    """Every remark on the documents, each with its indicator, in contract order. One query."""
    rows = SourceNote.objects.visible_to(participant).select_related("indicator")
    return list(rows.order_by("indicator__position", "pk"))


def all_series(participant: Participant) -> dict[str, list[Reading]]:
    """Every month of every indicator by its code, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(participant)
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .order_by("indicator__position", "month")
    )
    found: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        found[row.indicator.code].append(Reading.of(row, row.indicator, row.band, row.revision))
    return dict(found)
