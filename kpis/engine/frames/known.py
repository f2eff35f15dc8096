"""Statuses from rows at hand, in memory: nothing of them is stored."""

from __future__ import annotations

from collections.abc import Sequence

from core.values.months import Month
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.frames.crossing import band_rows_of, figure_frame_of, indicator_frame_of, unsaved_statuses
from kpis.engine.frames.series import computed, lay_out
from kpis.engine.freshness import Span
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import FigureRevision
from kpis.rules.due import due_on
from parties.models import Contract


def statuses_of(
    contract: Contract,
    span: Span,
    indicators: Sequence[Indicator],
    bands: Sequence[BandVersion],
    revisions: Sequence[FigureRevision],
    between: tuple[Month, Month] | None = None,
) -> list[IndicatorStatus]:
    """By indicator and month, unsaved: all that there are, or those between two. Successions need all computed."""
    frame = computed(
        lay_out(
            indicator_frame_of(indicators),
            figure_frame_of(revisions),
            band_rows_of(bands),
            {contract.pk: span},
        )
    )
    if between:
        frame = frame[frame["month"].between(between[0].ordinal, between[1].ordinal)]
    months = frame["month"].unique().tolist()
    working_day = contract.figures_due_working_day
    return unsaved_statuses(
        frame, {month: due_on(Month.from_ordinal(month), working_day) for month in months}
    )
