"""Who of the Trust looks after which indicator."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kpis.definitions.models import Indicator


class Ownership(models.Model):
    """Which people of the Trust look after an indicator: theirs stand first where they enter figures."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="ownerships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["indicator", "pk"]
        constraints = [
            models.UniqueConstraint("indicator", "user", name="indicator_is_owned_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.user}"
