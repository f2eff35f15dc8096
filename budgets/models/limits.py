"""From where a contract's money is off track: the limits that hold, and those that did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.monitoring import REASON
from core import clock
from core.fields import NAME, at_most
from parties.models import Contract


class VarianceLimits(models.Model):
    """Limits of a contract, with the reason for them; the latest row holds. Rows are only ever added.

    ``red`` and ``amber`` are pence over budget, ``amber_percent`` hundredths of a per cent of it.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="variance_limits")
    number = models.PositiveIntegerField()
    red = models.BigIntegerField()
    amber = models.BigIntegerField()
    amber_percent = models.PositiveIntegerField()
    reason = models.CharField(max_length=REASON)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_as = models.CharField(max_length=NAME)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["contract_id", "number"]
        verbose_name_plural = "variance limits"
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="limits_have_their_own_number"),
            models.CheckConstraint(
                condition=Q(amber__gte=0) & Q(red__gte=models.F("amber")), name="red_is_above_amber"
            ),
            models.CheckConstraint(condition=Q(amber_percent__lte=10_000), name="amber_is_at_most_the_whole"),
            models.CheckConstraint(condition=~Q(reason=""), name="limits_say_why"),
            at_most(REASON, "reason", name="limits_reason_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}, limits {self.number}"


class LimitsInForce(models.Model):
    """Which limits a contract goes by; none where it goes by what is printed and chosen.

    A row of its own beside the contract, so that they come with it and cost a page no query.
    """

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="limits_in_force")
    limits = models.OneToOneField(VarianceLimits, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "limits in force"

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.limits_id}"
