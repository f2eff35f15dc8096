"""Reads the read model for one participant: nothing here is computed, and nothing starts from an unscoped row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from core import clock
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.freshness import is_behind
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading, Replaced, exact_value
from kpis.figures.models import Omission
from kpis.versions.models import FiguresVersion
from parties.models import Contract
from parties.participants import Participant

STRIP_MONTHS = 24
# A reading says what a correction put another value in the place of.
WITH_WHAT_IT_REPLACES = "revision__replaces"
NUMBERS = [
    f"{whose}__{name}"
    for whose in ("revision", WITH_WHAT_IT_REPLACES)
    for name in ("numerator", "denominator", "value")
]


@dataclass(frozen=True)
class Freshness:
    """What was computed last, and which months can be looked at; months are None before anything is computed.

    ``known`` is the day as of which the person asks what was known; None for now.
    """

    generation: int
    computed_at: datetime | None
    behind: bool
    first: Month | None
    last: Month | None
    latest_reported: Month | None
    known: date | None = None


@dataclass(frozen=True)
class StripPoint:
    """One month of a 24-month strip: value at eight decimals, None where there is none, and the band's limits."""

    month: Month
    value: Decimal | None
    status: str
    target: Decimal | None
    failure: Decimal | None
    provenance: str = ""
    replaced: Replaced | None = None
    provisional_until: date | None = None


def freshness(participant: Participant) -> Freshness:
    """Costs no query where the participant was fetched with "figures_version"."""
    try:
        version: FiguresVersion = participant.contract.figures_version
    except FiguresVersion.DoesNotExist:
        return Freshness(0, None, True, None, None, None)
    first, last, latest = (Month.of(day) if day else None for day in _days(version))
    behind = is_behind(participant.contract, version, clock.today())
    return Freshness(version.generation, version.computed_at, behind, first, last, latest)


def _days(version: FiguresVersion) -> tuple[date | None, date | None, date | None]:
    return version.first_month, version.last_month, version.latest_reported


def strips(participant: Participant, last: Month, months: int = STRIP_MONTHS) -> dict[str, list[StripPoint]]:
    """For each contract indicator's code the points of the months up to ``last``, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(participant)
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
            "revision__final_expected_on",
            "revision__replaces",
            "indicator__unit",
            *NUMBERS,
        )
    )
    found: dict[str, list[StripPoint]] = defaultdict(list)
    for code, month, value, status, target, failure, provenance, until, replaces, unit, *numbers in rows:
        replaced = Replaced.between(unit, numbers[:3], numbers[3:]) if replaces else None
        found[code].append(
            StripPoint(Month.of(month), value, status, target, failure, provenance, replaced, until)
        )
    return dict(found)


def series_readings(participant: Participant, indicator: Indicator) -> list[Reading]:
    """Every month of one indicator, oldest first. One query."""
    rows = (
        _with_statements(participant)
        .filter(indicator=indicator)
        .select_related("band", WITH_WHAT_IT_REPLACES)
        .order_by("month")
    )
    return with_previous_provenance([_with_statement(row, indicator) for row in rows])


def with_previous_provenance(readings: list[Reading]) -> list[Reading]:
    """A series, each month told where the figure of the month before it came from."""
    before = {reading.month.next(): reading.provenance for reading in readings}
    return [replace(reading, previous_provenance=before.get(reading.month, "")) for reading in readings]


def all_readings(participant: Participant, month: Month) -> list[tuple[Indicator, Reading]]:
    """Every indicator in one month with its commentary, supporting measures last: (indicator, reading). One query."""
    seen = IndicatorStatus.objects.visible_to(participant)
    before = seen.filter(indicator=OuterRef("indicator"), month=month.previous().first_day)
    rows = (
        _with_statements(participant)
        .filter(month=month.first_day)
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .annotate(state=F("revision__figure__state"), provenance_before=Subquery(before.values("provenance")))
        .order_by("indicator__position")
    )
    return [(row.indicator, _with_surroundings(row)) for row in rows]


def _with_surroundings(row: Any) -> Reading:
    """A reading with what `all_readings` asks beside its row."""
    reading = _with_statement(row, row.indicator)
    return replace(reading, state=row.state or "", previous_provenance=row.provenance_before or "")


def _with_statements(participant: Participant) -> QuerySet[IndicatorStatus]:
    """The statuses with the Trust's latest statement that it can't report the figure."""
    of_this_month = {"indicator": OuterRef("indicator"), "month": OuterRef("month")}
    latest = Omission.objects.visible_to(participant).filter(**of_this_month).order_by("-pk")
    return IndicatorStatus.objects.visible_to(participant).annotate(
        stated=Subquery(latest.values("reason")[:1]), expected_on=Subquery(latest.values("expected_on")[:1])
    )


def _with_statement(row: Any, indicator: Indicator) -> Reading:
    reading = Reading.of(row, indicator, row.band, row.revision)
    return reading.with_statement(row.stated, row.expected_on)


def recent_readings(participant: Participant, code: str, last: Month, months: int) -> list[Reading]:
    """So many months of one indicator up to ``last``, oldest first, with commentary. One query."""
    rows = (
        _with_statements(participant)
        .filter(
            indicator__code=code,
            month__range=(last.previous(months - 1).first_day, last.first_day),
        )
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .order_by("month")
    )
    return [_with_statement(row, row.indicator) for row in rows]


def readings_of(
    participant: Participant, codes: Collection[str], first: Month, last: Month
) -> dict[str, list[Reading]]:
    """The months between these two of each of these indicators, by their codes, oldest first. One query."""
    rows = (
        IndicatorStatus.objects.visible_to(participant)
        .filter(indicator__code__in=codes, month__range=(first.first_day, last.first_day))
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .order_by("month")
    )
    found: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        found[row.indicator.code].append(Reading.of(row, row.indicator, row.band, row.revision))
    return dict(found)


def values_of(
    indicators: Collection[Indicator], first: Month, last: Month
) -> dict[int, dict[Month, Fraction]]:
    """The values of each indicator's months by its key, for the program itself; months without one are left out.

    One query.
    """
    units = {indicator.pk: indicator.unit for indicator in indicators}
    rows = IndicatorStatus.objects.filter(
        indicator__in=units, month__range=(first.first_day, last.first_day)
    ).only("indicator_id", "month", "numerator", "denominator", "given_value")
    found: dict[int, dict[Month, Fraction]] = {key: {} for key in units}
    for row in rows:
        key = row.indicator_id
        value = exact_value(units[key], row.numerator, row.denominator, row.given_value)
        if value is not None:
            found[key][Month.of(row.month)] = value
    return found


def illustrative_months(indicators: Collection[int]) -> set[tuple[int, Month]]:
    """Which months of these indicators, given by their keys, have a figure that is made up. One query."""
    rows = IndicatorStatus.objects.filter(
        indicator__in=indicators, provenance="illustrative", value__isnull=False
    )
    return {(indicator, Month.of(month)) for indicator, month in rows.values_list("indicator_id", "month")}


def latest_readings(participant: Participant, codes: Collection[str]) -> dict[str, Reading]:
    """The last month with a value of each of these indicators, by their codes. One query."""
    known = IndicatorStatus.objects.visible_to(participant).filter(value__isnull=False)
    last = known.filter(indicator=OuterRef("indicator")).order_by("-month").values("month")[:1]
    rows = known.filter(indicator__code__in=codes, month=Subquery(last)).select_related(
        "indicator", "band", WITH_WHAT_IT_REPLACES
    )
    return {row.indicator.code: Reading.of(row, row.indicator, row.band, row.revision) for row in rows}


def month_readings_of(contract: Contract, month: Month, *, supporting: bool) -> list[Reading]:
    """One month of a contract for the command line, whose user holds the whole database. One query."""
    rows = (
        IndicatorStatus.objects.filter(contract=contract, month=month.first_day)
        .select_related("indicator", "band", WITH_WHAT_IT_REPLACES)
        .order_by("indicator__position")
    )
    if not supporting:
        rows = rows.filter(indicator__kind=Indicator.Kind.CONTRACT)
    return [Reading.of(row, row.indicator, row.band, row.revision) for row in rows]
