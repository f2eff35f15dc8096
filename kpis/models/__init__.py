"""What is kept: definitions, figures with their revisions, and the computed read model."""

from kpis.models.computed import FiguresVersion, IndicatorStatus, RecomputeRun
from kpis.models.figure import Figure, FigureRevision
from kpis.models.indicator import BandVersion, Indicator
from kpis.models.published import PublishedStatistic, SourceNote
from kpis.models.round import Step

__all__ = [
    "BandVersion",
    "Figure",
    "FigureRevision",
    "FiguresVersion",
    "Indicator",
    "IndicatorStatus",
    "PublishedStatistic",
    "RecomputeRun",
    "SourceNote",
    "Step",
]
