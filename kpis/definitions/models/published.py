"""What the documents print about an indicator, kept beside what the program computes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from core.fields import first_of_month
from kpis.definitions.models.indicator import Indicator
from parties.participants import Participant


class OfIndicatorQuerySet(models.QuerySet[Any]):
    def visible_to(self, participant: Participant) -> OfIndicatorQuerySet:
        """What is printed about the indicators of the person's contract."""
        if not participant.may("published_checks.view"):
            return self.none()
        return self.filter(indicator__contract=participant.contract)


class PublishedStatistic(models.Model):
    """One printed number with its period and place. ``printed_text`` is what stands there; ``value`` is it parsed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="published")
    reference = models.CharField(max_length=20)
    statistic = models.CharField(max_length=60)
    relation = models.CharField(max_length=20)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_text = models.CharField(max_length=120, blank=True)
    printed_text = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40)
    qualifier = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    source_document = models.CharField(max_length=200)
    source_place = models.CharField(max_length=200)

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "pk"]
        constraints = [
            models.UniqueConstraint("indicator", "reference", name="published_reference_once"),
            first_of_month("period_start", name="published_period_starts_on_the_first"),
            first_of_month("period_end", name="published_period_ends_with_a_month"),
            models.CheckConstraint(
                name="published_period_runs_forward",
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.statistic} {self.printed_text}"


class SourceNote(models.Model):
    """A contradiction, gap or oddity in the documents, in our own words. Both sides are kept."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="source_notes")
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    words = models.TextField()
    source_place = models.CharField(max_length=300)

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "reference"]
        constraints = [models.UniqueConstraint("indicator", "reference", name="source_note_once")]

    def __str__(self) -> str:
        return self.reference
