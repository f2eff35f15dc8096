"""What the Trust is typing for a month before it submits it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core import clock
from core.fields import NAME, at_most, first_of_month
from kpis.definitions.models.indicator import Indicator
from kpis.figures.models.figure import COMMENTARY, FigureRevision
from kpis.figures.models.figure import REASON as CHANGE_REASON
from parties.participants import Participant

# The most characters that each text may have, in forms, services and the database.
NUMBER, DAY, REASON = 40, 20, 500


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, participant: Participant) -> DraftQuerySet:
        """Drafts of the person's contract; none but for who enters its figures."""
        if not participant.may("figure.enter"):
            return self.none()
        return self.filter(indicator__contract=participant.contract)


class Draft(models.Model):
    """One indicator and month as it was typed, right or wrong: numbers and days are text here, and nothing rests on it.

    ``begun_from`` is the figure's latest revision when the draft was begun: what is submitted follows that one and no
    other.
    """

    class Kind(models.TextChoices):
        FINAL = "final", "Final figure"
        PROVISIONAL = "provisional", "Provisional figure"
        CANNOT_REPORT = "cannot_report", "Can’t be reported"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="drafts")
    month = models.DateField()
    numerator = models.CharField(max_length=NUMBER, blank=True)
    denominator = models.CharField(max_length=NUMBER, blank=True)
    value = models.CharField(max_length=NUMBER, blank=True)
    commentary = models.TextField(max_length=COMMENTARY, blank=True)
    standing = models.CharField(max_length=14, choices=Kind, default=Kind.FINAL)
    expected_on = models.CharField(max_length=DAY, blank=True)
    reason = models.CharField(max_length=REASON, blank=True)
    change_reason = models.CharField(max_length=CHANGE_REASON, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    begun_from = models.ForeignKey(FigureRevision, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_as = models.CharField(max_length=NAME)
    changed_at = models.DateTimeField(default=clock.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "month"]
        constraints = [
            models.UniqueConstraint("indicator", "month", name="draft_once_per_indicator_and_month"),
            first_of_month("month", name="draft_month_is_a_first"),
            models.CheckConstraint(
                name="draft_standing_is_known",
                condition=models.Q(standing__in=["final", "provisional", "cannot_report"]),
            ),
            at_most(NUMBER, "numerator", "denominator", "value", name="draft_numbers_are_short"),
            at_most(COMMENTARY, "commentary", name="draft_commentary_has_its_length"),
            at_most(REASON, "reason", name="draft_reason_has_its_length"),
            at_most(CHANGE_REASON, "change_reason", name="draft_change_reason_has_its_length"),
            at_most(DAY, "expected_on", name="draft_day_is_short"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.indicator.code} {self.month:%Y-%m}"
