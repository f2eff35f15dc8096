"""Definitions as one reader may see them, and when they were last applied."""

from __future__ import annotations

from django.db.models import Q

from kpis.models import BandVersion, Indicator, RecomputeRun
from parties.access import Reader

LATEST_RUNS = 5


def all_definitions(reader: Reader) -> list[Indicator]:
    """Every indicator and supporting measure in contract order, without bands. One query."""
    return list(Indicator.objects.visible_to(reader).order_by("position"))


def bands_of(indicator: Indicator) -> list[BandVersion]:
    """The band versions of an indicator that the reader was given, earliest first. One query."""
    return list(indicator.bands.order_by("valid_from"))


def latest_runs(reader: Reader) -> list[RecomputeRun]:
    """The latest recomputes that touched the reader's contract; none for a role that sees no figures. One query."""
    if not reader.may("indicator.view"):
        return []
    touched = RecomputeRun.objects.filter(Q(contract=reader.contract) | Q(contract=None))
    return list(touched.order_by("-started_at")[:LATEST_RUNS])
