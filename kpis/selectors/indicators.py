"""Definitions for one reader."""

from __future__ import annotations

from django.db.models import QuerySet

from kpis.models import Indicator
from parties.access import Reader


def indicators_with_bands(reader: Reader) -> QuerySet[Indicator]:
    """Every indicator and supporting measure in contract order, with all band versions. Two queries."""
    return Indicator.objects.visible_to(reader).prefetch_related("bands").order_by("position")
