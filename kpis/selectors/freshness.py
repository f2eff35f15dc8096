"""How far the read model is behind the figures."""

from __future__ import annotations

from django.db.models import F, Min
from django.utils import timezone

from kpis.models import FiguresVersion


def oldest_waiting_seconds() -> int:
    """Seconds since the oldest write whose statuses are not computed yet; 0 when none waits."""
    oldest = FiguresVersion.objects.filter(computed__lt=F("current")).aggregate(oldest=Min("moved_at"))[
        "oldest"
    ]
    return int((timezone.now() - oldest).total_seconds()) if oldest else 0
