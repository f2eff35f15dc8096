"""Indicators with their bands, and what the documents print about them."""

from kpis.definitions.models.indicator import BandVersion, Indicator, in_force
from kpis.definitions.models.published import PublishedStatistic, SourceNote

__all__ = ["BandVersion", "Indicator", "PublishedStatistic", "SourceNote", "in_force"]
