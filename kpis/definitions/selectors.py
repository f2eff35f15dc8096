"""Definitions for one participant."""

from __future__ import annotations

from django.db.models import QuerySet

from kpis.definitions.models import BandVersion, Indicator
from parties.participants import Participant


def indicators_with_bands(participant: Participant) -> QuerySet[Indicator]:
    """Every indicator and supporting measure in contract order, with all band versions. Two queries."""
    return Indicator.objects.visible_to(participant).prefetch_related("bands").order_by("position")


def all_definitions(participant: Participant) -> list[Indicator]:
    """Every indicator and supporting measure in contract order, without bands. One query."""
    return list(Indicator.objects.visible_to(participant).order_by("position"))


def bands_of(indicator: Indicator) -> list[BandVersion]:
    """The band versions of an indicator that the person was given, earliest first. One query."""
    return list(indicator.bands.order_by("valid_from"))
