"""That a month's figure can't be reported."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import NAME, at_most, first_of_month
from kpis.definitions.models import Indicator
from parties.participants import Participant

# The most characters of a reason.
REASON = 500


class OmissionQuerySet(models.QuerySet["Omission"]):
    def visible_to(self, participant: Participant) -> OmissionQuerySet:
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(indicator__contract=participant.contract)


class Omission(models.Model):
    """The Trust's statement that it can't report a month's figure: why, and when it expects to. Written once.

    The latest one stands until there is a figure.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="omissions")
    month = models.DateField()
    reason = models.CharField(max_length=REASON)
    expected_on = models.DateField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_as = models.CharField(max_length=NAME)
    stated_at = models.DateTimeField(default=clock.now)

    objects = OmissionQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "month", "pk"]
        # A month's return asks for its omissions.
        indexes = [models.Index(fields=["indicator", "month"], name="omission_of_a_month")]
        constraints = [
            first_of_month("month", name="omission_month_is_a_first"),
            models.CheckConstraint(name="omission_gives_its_reason", condition=~Q(reason="")),
            at_most(REASON, "reason", name="omission_reason_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.month:%Y-%m} can't be reported"
