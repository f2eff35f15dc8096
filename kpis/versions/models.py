"""How far a contract's figures have moved on, and how far what is computed from them has followed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from parties.models import Contract


class FiguresVersion(models.Model):
    """How far a contract's figures have moved on, and how far the read model has followed.

    ``current`` rises with each write in the same transaction; ``computed`` is the version the statuses were computed
    from; ``generation`` rises with each recompute and keys the cached pages.
    """

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="figures_version")
    current = models.PositiveBigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    computed = models.PositiveBigIntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    generation = models.PositiveBigIntegerField(default=0)
    # What was expected when it was computed (months and due day): it changes as months end and as terms change.
    expected = models.CharField(max_length=60, blank=True)
    # The months that pages offer, found while computing so that no page has to look for them.
    first_month = models.DateField(null=True)
    last_month = models.DateField(null=True)
    latest_reported = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="computed_never_ahead_of_current", condition=Q(computed__lte=F("current"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.computed} of {self.current}"
