"""What was known on a day: the revisions entered by its end, judged by the very rules that fill the read model.

Nothing is stored. The months end with the one before that day, so no month is missing before its time. Bands are
those of now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, QuerySet

from core.clock import end_of
from core.values.months import Month
from kpis.definitions.models import BandVersion, Indicator
from kpis.definitions.selectors import indicators_with_bands
from kpis.engine.freshness import reported_span
from kpis.engine.models import IndicatorStatus
from kpis.engine.readings import Reading
from kpis.engine.selectors import Freshness, StripPoint, all_readings, strips, with_previous_provenance
from kpis.figures.models import FigureRevision, Omission
from parties.participants import Participant

Rows = list[tuple[Indicator, Reading]]
Strips = dict[str, list[StripPoint]]


@dataclass(frozen=True)
class Judged:
    """One indicator and month as known then, with all that a reading is made of."""

    row: IndicatorStatus
    indicator: Indicator
    band: BandVersion | None
    revision: FigureRevision | None
    statement: Omission | None

    @property
    def reading(self) -> Reading:
        reading = Reading.of(self.row, self.indicator, self.band, self.revision)
        if self.statement is None:
            return reading
        return reading.with_statement(self.statement.reason, self.statement.expected_on)

    @property
    def point(self) -> StripPoint:
        reading = self.reading
        return StripPoint(
            reading.month,
            self.row.value,
            reading.status,
            reading.limits.target if reading.limits else None,
            reading.limits.failure if reading.limits else None,
            reading.provenance,
            reading.replaced,
            reading.provisional_until,
        )


def fresh_on(participant: Participant, fresh: Freshness, day: date, *, find_latest: bool) -> Freshness:
    """The months that were on offer on a day. One query where the latest that had a figure is to be found."""
    assert fresh.first is not None
    assert fresh.last is not None
    last = min(fresh.last, Month.from_ordinal(reported_span(participant.contract, day).last))
    return replace(
        fresh,
        behind=False,
        last=last,
        latest_reported=_latest_reported(participant, day, fresh.first) if find_latest else None,
        known=day,
    )


def month_known(participant: Participant, fresh: Freshness, month: Month) -> Rows:
    """Every indicator in one month, as known now or on the day in question. One query, or four."""
    if fresh.known is None:
        return all_readings(participant, month)
    return _rows(_all_judged(participant, fresh.known, month.previous(), month), month)


def month_and_strips_known(
    participant: Participant, fresh: Freshness, month: Month, months: int
) -> tuple[Rows, Strips]:
    """The same, and each contract indicator's points of so many months up to that one. Two queries, or four."""
    if fresh.known is None:
        return all_readings(participant, month), strips(participant, month, months)
    first = month.previous(months - 1)
    judged = _all_judged(participant, fresh.known, min(first, month.previous()), month)
    points: Strips = defaultdict(list)
    for entry in judged:
        if entry.indicator.kind == Indicator.Kind.CONTRACT and entry.row.month >= first.first_day:
            points[entry.indicator.code].append(entry.point)
    return _rows(judged, month), dict(points)


def series_known(
    participant: Participant,
    indicator: Indicator,
    bands: Sequence[BandVersion],
    revisions: dict[Month, list[FigureRevision]],
    day: date,
) -> list[Reading]:
    """Every month of one indicator from the revisions that had been entered, latest first in each. One query."""
    newest = [entered[0] for entered in revisions.values()]
    judged = _judged(participant, [indicator], bands, newest, day)
    return with_previous_provenance([entry.reading for entry in judged])


def _rows(judged: Sequence[Judged], month: Month) -> Rows:
    """The rows of the month among all that were judged, each with where the month before came from."""
    before = {
        entry.indicator.pk: entry.row.provenance
        for entry in judged
        if entry.row.month == month.previous().first_day
    }
    own = [entry for entry in judged if entry.row.month == month.first_day]
    return [
        (entry.indicator, replace(entry.reading, previous_provenance=before.get(entry.indicator.pk, "")))
        for entry in sorted(own, key=lambda entry: entry.indicator.position)
    ]


def _all_judged(participant: Participant, day: date, first: Month, last: Month) -> list[Judged]:
    """Every indicator in the months between, as known on the day. Four queries."""
    indicators = list(indicators_with_bands(participant))
    bands = [band for indicator in indicators for band in indicator.bands.all()]
    return _judged(participant, indicators, bands, list(_newest_by(participant, day)), day, (first, last))


def _judged(
    participant: Participant,
    indicators: Sequence[Indicator],
    bands: Sequence[BandVersion],
    revisions: Sequence[FigureRevision],
    day: date,
    between: tuple[Month, Month] | None = None,
) -> list[Judged]:
    """By indicator and month: all that there are, or those between two."""
    # Here and not above: kpis.engine.frames says why.
    from kpis.engine.frames.known import statuses_of

    contract = participant.contract
    rows = statuses_of(contract, reported_span(contract, day), indicators, bands, revisions, between)
    by_indicator = {indicator.pk: indicator for indicator in indicators}
    by_band = {band.pk: band for band in bands}
    by_revision = {revision.pk: revision for revision in revisions}
    stated = _stated_by(participant, indicators, day)
    return [
        Judged(
            row,
            by_indicator[row.indicator_id],
            by_band.get(row.band_id or 0),
            by_revision.get(row.revision_id or 0),
            stated.get((row.indicator_id, row.month)),
        )
        for row in rows
    ]


def _stated_by(
    participant: Participant, indicators: Sequence[Indicator], day: date
) -> dict[tuple[int, date], Omission]:
    """The latest statement by the end of the day that a figure can't be reported, by indicator and month. One query."""
    stated = Omission.objects.visible_to(participant).filter(
        indicator__in=indicators, stated_at__lt=end_of(day)
    )
    return {(statement.indicator_id, statement.month): statement for statement in stated.order_by("pk")}


def _newest_by(participant: Participant, day: date) -> QuerySet[FigureRevision]:
    """Each figure's latest revision at the end of the day, with its figure and what it replaced. One query."""
    revisions = FigureRevision.objects.visible_to(participant)
    entered = revisions.filter(entered_at__lt=end_of(day)).order_by()
    # Grouped once, where asking of each whether a later one exists takes PostgreSQL seconds without statistics.
    newest = entered.values("figure").annotate(newest=Max("pk")).values("newest")
    return revisions.filter(pk__in=newest).select_related("figure", "replaces")


def _latest_reported(participant: Participant, day: date, first: Month) -> Month | None:
    """A figure of a month before the contract's first doesn't count."""
    entered = FigureRevision.objects.visible_to(participant).filter(
        entered_at__lt=end_of(day),
        figure__indicator__kind=Indicator.Kind.CONTRACT,
        figure__month__gte=first.first_day,
    )
    latest = entered.aggregate(month=Max("figure__month"))["month"]
    return Month.of(latest) if latest else None
