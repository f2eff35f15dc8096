"""The read model: what pages, exports and reports read, computed from figures and bands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.fields import ComputedField, ExactField, first_of_month
from kpis.definitions.models.indicator import BandVersion, Indicator
from kpis.figures.models.figure import FigureRevision
from kpis.rules import words
from parties.models import Contract
from parties.participants import Participant


class RecomputeRun(models.Model):
    """One recompute, for people who ask when and how it went."""

    class Trigger(models.TextChoices):
        WRITE = "write", "After a write"
        SWEEP = "sweep", "Each minute's sweep"
        SCHEDULE = "schedule", "Turn of the month"
        COMMAND = "command", "Command line"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, related_name="+")
    trigger = models.CharField(max_length=10, choices=Trigger)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    computed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        # The page "how we measure" shows a contract's latest runs.
        indexes = [models.Index(fields=["contract", "-started_at"], name="run_latest")]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} {self.started_at:%Y-%m-%d %H:%M}"


class StatusQuerySet(models.QuerySet["IndicatorStatus"]):
    def visible_to(self, participant: Participant) -> StatusQuerySet:
        """The statuses of the person's contract; none for a role that sees no figures before they are issued."""
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(contract=participant.contract)


class IndicatorStatus(models.Model):
    """One indicator in one month: value, status, change, averages, successions, and the band version that judged it."""

    class Status(models.TextChoices):
        ON_TARGET = words.ON_TARGET, words.STATUSES[words.ON_TARGET]
        WITHIN_TOLERANCE = words.WITHIN_TOLERANCE, words.STATUSES[words.WITHIN_TOLERANCE]
        FAILURE = words.FAILURE, words.STATUSES[words.FAILURE]
        NOT_REPORTED = words.NOT_REPORTED, words.STATUSES[words.NOT_REPORTED]
        NOT_APPLICABLE = words.NOT_APPLICABLE, words.STATUSES[words.NOT_APPLICABLE]

    class Direction(models.TextChoices):
        BETTER = words.BETTER, words.DIRECTIONS[words.BETTER]
        WORSE = words.WORSE, words.DIRECTIONS[words.WORSE]
        NO_REAL_CHANGE = words.NO_REAL_CHANGE, words.DIRECTIONS[words.NO_REAL_CHANGE]

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="statuses")
    month = models.DateField()
    revision = models.ForeignKey(FigureRevision, on_delete=models.PROTECT, null=True, related_name="+")
    band = models.ForeignKey(BandVersion, on_delete=models.PROTECT, null=True, related_name="+")
    numerator = ExactField(null=True)
    denominator = ExactField(null=True)
    given_value = ExactField(null=True)
    value = ComputedField()
    status = models.CharField(max_length=16, choices=Status)
    months_off_target = models.PositiveSmallIntegerField(null=True)
    months_in_failure = models.PositiveSmallIntegerField(null=True)
    succession_certain = models.BooleanField()
    succession_broken_by = models.DateField(null=True)
    succession_broken_status = models.CharField(max_length=16, choices=Status, null=True)  # noqa: DJ001 - absent is not empty
    previous_value = ComputedField()
    change = ComputedField()
    direction = models.CharField(max_length=16, choices=Direction, null=True)  # noqa: DJ001 - absent is not empty
    average_12 = ComputedField()
    pooled_12 = ComputedField()
    months_in_average = models.PositiveSmallIntegerField(null=True)
    provenance = models.CharField(max_length=12, blank=True)
    due_on = models.DateField()

    objects = StatusQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "month"]
        constraints = [
            models.UniqueConstraint("indicator", "month", name="status_once_per_indicator_and_month"),
            first_of_month("month", name="status_month_is_a_first"),
            models.CheckConstraint(
                name="status_without_a_figure_is_not_reported",
                condition=Q(
                    revision__isnull=True, status__in=["not_reported", "not_applicable"], value__isnull=True
                )
                | (Q(revision__isnull=False) & ~Q(status="not_reported")),
            ),
            models.CheckConstraint(
                name="status_is_known",
                condition=Q(
                    status__in=["on_target", "within_tolerance", "failure", "not_reported", "not_applicable"]
                ),
            ),
            models.CheckConstraint(
                name="status_direction_is_known",
                condition=Q(direction__isnull=True) | Q(direction__in=["better", "worse", "no_real_change"]),
            ),
        ]
        # The dashboard and the heat map read the last 24 months of one contract.
        indexes = [models.Index(fields=["contract", "month"], name="status_of_contract_by_month")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.month:%Y-%m} {self.status}"
