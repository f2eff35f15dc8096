"""Indicators with their bands, and what the documents print about them."""

from kpis.definitions.models.indicator import BandVersion, Indicator
from kpis.definitions.models.published import PublishedStatistic, SourceNote

__all__ = ["BandVersion", "Indicator", "PublishedStatistic", "SourceNote"]
