"""Every model of this app, for Django, which looks for them here; each lives with its feature."""

from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.engine.models import IndicatorStatus, RecomputeRun
from kpis.figures.models import CheckAnswer, Figure, FigureRevision, Omission
from kpis.returns.models import Draft, Ownership
from kpis.review.models import Step
from kpis.versions.models import FiguresVersion

__all__ = [
    "BandVersion",
    "CheckAnswer",
    "Draft",
    "Figure",
    "FigureRevision",
    "FiguresVersion",
    "Indicator",
    "IndicatorStatus",
    "Omission",
    "Ownership",
    "PublishedStatistic",
    "RecomputeRun",
    "SourceNote",
    "Step",
]
