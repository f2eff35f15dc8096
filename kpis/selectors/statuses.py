"""Reads the read model for one reader: nothing here is computed, and nothing starts from an unscoped row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery

from kpis.models import FiguresVersion, Indicator, IndicatorStatus
from kpis.readings import Reading
from parties.access import Reader
from parties.models import Contract
from sandwell.periods import Month

STRIP_MONTHS = 24


@dataclass(frozen=True)
class Freshness:
    """What was computed last, and which months can be looked at; months are None before anything is computed."""

    generation: int
    computed_at: datetime | None
    behind: bool
    first: Month | None
    last: Month | None
    latest_reported: Month | None


@dataclass(frozen=True)
class StripPoint:
    """One month of a 24-month strip: value at eight decimals, None where there is none, and the band's limits."""

    month: Month
    value: Decimal | None
    status: str
    target: Decimal | None
    failure: Decimal | None
    provenance: str = ""


def freshness(reader: Reader) -> Freshness:
    """Costs no query where the reader was fetched with "figures_version"."""
    try:
        version: FiguresVersion = reader.contract.figures_version
    except FiguresVersion.DoesNotExist:
        return Freshness(0, None, False, None, None, None)
    months = [Month.of(day) if day else None for day in _days(version)]
    behind = version.computed < version.current
    return Freshness(version.generation, version.computed_at, behind, *months)


def _days(version: FiguresVersion) -> tuple[date | None, date | None, date | None]:
    return version.first_month, version.last_month, version.latest_reported


def strips(reader: Reader, last: Month, months: int = STRIP_MONTHS) -> dict[str, list[StripPoint]]:
    """For each contract indicator's code the points of the months up to ``last``, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(reader)
        .filter(
            month__range=(last.previous(months - 1).first_day, last.first_day),
            indicator__kind=Indicator.Kind.CONTRACT,
        )
        .order_by("indicator__position", "month")
        .values_list(
            "indicator__code",
            "month",
            "value",
            "status",
            "band__target_value",
            "band__failure_value",
            "provenance",
        )
    )
    found: dict[str, list[StripPoint]] = defaultdict(list)
    for code, month, value, status, target, failure, provenance in rows:
        found[code].append(StripPoint(Month.of(month), value, status, target, failure, provenance))
    return dict(found)


def series_readings(reader: Reader, indicator: Indicator) -> list[Reading]:
    """Every month of one indicator, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(reader)
        .filter(indicator=indicator)
        .select_related("band")
        .order_by("month")
    )
    readings = [Reading.of(row, indicator, row.band) for row in rows]
    before = {one.month.next(): one.provenance for one in readings}
    return [replace(one, previous_provenance=before.get(one.month, "")) for one in readings]


def all_readings(reader: Reader, month: Month) -> list[tuple[Indicator, Reading]]:
    """Every indicator in one month with its commentary, supporting measures last: (indicator, reading). One query."""
    seen = IndicatorStatus.objects.visible_to(reader)
    before = seen.filter(indicator=OuterRef("indicator"), month=month.previous().first_day)
    rows = (
        seen.filter(month=month.first_day)
        .select_related("indicator", "band")
        .annotate(
            commentary=F("revision__commentary"),
            state=F("revision__figure__state"),
            provenance_before=Subquery(before.values("provenance")),
        )
        .order_by("indicator__position")
    )
    return [(row.indicator, _with_surroundings(row)) for row in rows]


def _with_surroundings(row: Any) -> Reading:
    """A reading with what `all_readings` asks beside its row."""
    reading = Reading.of(row, row.indicator, row.band, row.commentary or "")
    return replace(reading, state=row.state or "", previous_provenance=row.provenance_before or "")


def month_readings_of(contract: Contract, month: Month, *, supporting: bool) -> list[Reading]:
    """One month of a contract for the command line, whose user holds the whole database. One query."""
    rows = (
        IndicatorStatus.objects.filter(contract=contract, month=month.first_day)
        .select_related("indicator", "band")
        .order_by("indicator__position")
    )
    if not supporting:
        rows = rows.filter(indicator__kind=Indicator.Kind.CONTRACT)
    return [Reading.of(row, row.indicator, row.band) for row in rows]
