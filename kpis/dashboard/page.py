"""What the dashboard's template prints, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.values.months import Month
from kpis.charts.strip import MARK, Strip
from kpis.dashboard.filters import Filters
from kpis.months.as_known import AsKnownOn
from kpis.months.picker import MonthPicker


@dataclass(frozen=True)
class Tile:
    """A number with its words or status, leading to the rows behind it; no link where there are none."""

    number: int
    status: str
    words: str
    direction: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A filter or order as a link; ``count`` is None where it makes no sense."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Exceptional:
    """An indicator to discuss, or one whose figure is missing."""

    code: str
    name: str
    url: str
    status: str
    sentence: str
    provenance: str
    voice: str
    said: str


@dataclass(frozen=True)
class Discussion:
    """What to discuss first, how many more there are and where they are listed, and whose figure is missing."""

    first: list[Exceptional]
    off_target_beyond: int
    worse_beyond: int
    missing: list[Exceptional]
    off_target_url: str
    worse_url: str


@dataclass(frozen=True)
class TableRow:
    code: str
    name: str
    url: str
    value: str
    status: str
    arrow: str
    direction: str
    change: str
    change_provenance: str
    target: str
    average: str
    average_note: str
    succession: str
    provenance: str
    revised: str
    provisional: str
    strip: Strip | None
    strip_words: str


@dataclass(frozen=True)
class DashboardPage:
    month: Month
    picker: MonthPicker
    known: AsKnownOn
    computed: str
    behind: bool
    acceptance: str
    review_url: str
    summary: str
    tiles: list[Tile]
    discussion: Discussion
    provenance: str
    rows: list[TableRow]
    supporting: list[TableRow]
    indicators: int
    themes: list[Choice]
    statuses: list[Choice]
    orders: list[Choice]
    heads: dict[str, Choice]
    filters: Filters
    filter_words: str
    everything: str
    csv_url: str
    checks_url: str
    how_we_measure_url: str
    strip_months: int
    averages_from: Month | None
    mark_size: int = MARK
