"""What a recommendation is to bring about, and which indicators of the contract show it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.fields import at_most
from improvement.models.plan import TITLE, WORDS, Plan, Recommendation
from kpis.models import Indicator


class Measure(models.Model):
    """An impact measure, in the order in which its row prints them; without a row it is one of the plan as a whole."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    baseline = models.CharField(max_length=TITLE, blank=True)
    aim = models.CharField(max_length=TITLE, blank=True)

    class Meta:
        ordering = ["plan_id", "recommendation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="measure_has_its_own_number"),
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=Q(recommendation__isnull=True),
                name="measure_of_a_plan_has_its_own_number",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(title=""), name="measure_has_number_and_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureLink(models.Model):
    """An indicator that shows a measure: the same quantity, or one that overlaps it. A reading, with its reason."""

    class Strength(models.TextChoices):
        SAME = "same", "Same quantity"
        OVERLAPS = "overlaps", "Overlaps"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="links")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measure_links")
    strength = models.CharField(max_length=10, choices=Strength)
    words = models.TextField(max_length=WORDS)

    class Meta:
        ordering = ["measure_id", "indicator_id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "indicator"], name="measure_link_is_made_once"),
            models.CheckConstraint(
                condition=Q(strength__in=["same", "overlaps"]) & ~Q(words=""),
                name="measure_link_says_how_and_why",
            ),
            at_most(WORDS, "words", name="measure_link_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.get_strength_display().lower()}"
