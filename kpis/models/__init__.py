"""What is kept: definitions, figures with their revisions, the round between the parties, and the read model."""

from kpis.models.computed import FiguresVersion, IndicatorStatus, RecomputeRun
from kpis.models.draft import Draft
from kpis.models.figure import Figure, FigureRevision
from kpis.models.indicator import BandVersion, Indicator
from kpis.models.notice import Digest, Notice, NoticeChoice
from kpis.models.published import PublishedStatistic, SourceNote
from kpis.models.round import CheckAnswer, Omission, Ownership, Step
from kpis.models.upload import Upload

__all__ = [
    "BandVersion",
    "CheckAnswer",
    "Digest",
    "Draft",
    "Figure",
    "FigureRevision",
    "FiguresVersion",
    "Indicator",
    "IndicatorStatus",
    "Notice",
    "NoticeChoice",
    "Omission",
    "Ownership",
    "PublishedStatistic",
    "RecomputeRun",
    "SourceNote",
    "Step",
    "Upload",
]
