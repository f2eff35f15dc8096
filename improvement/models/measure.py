"""What a recommendation is to bring about, and which indicators of the contract show it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.fields import at_most, first_of_month
from improvement.models.event import Written, written_by_somebody
from improvement.models.plan import TITLE, WORDS, Plan, Recommendation
from kpis.models import Indicator
from parties.participants import Participant


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, participant: Participant) -> MeasureQuerySet:
        """The measures of the plans of the person's contract."""
        if not participant.may("plan.view"):
            return self.none()
        return self.filter(plan__contract=participant.contract)


class Measure(models.Model):
    """An impact measure, in the order in which its row prints them; without a row it is one of the plan as a whole.

    ``baseline`` and ``aim`` are words, because a plan gives them as it likes ("9 of 10 cases"); ``unit`` is that of
    the values, ``period`` how often one is due.
    """

    class Period(models.TextChoices):
        MONTH = "month", "Every month"
        QUARTER = "quarter", "Every quarter"
        YEAR = "year", "Every year"
        ONCE = "once", "Once"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    wording = models.TextField(blank=True, max_length=WORDS)
    baseline = models.CharField(max_length=TITLE, blank=True)
    aim = models.CharField(max_length=TITLE, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=10, blank=True, choices=Period)

    objects = MeasureQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(period__in=["", "month", "quarter", "year", "once"]),
                name="measure_has_a_known_period",
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


class MeasureValue(Written):
    """What a measure came to in a month, or in the period that ended with it.

    Written once: a later value of the same month takes the earlier one's place, and says why in its words.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="values")
    month = models.DateField(help_text="First day of the period's last month.")
    value = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=TITLE, help_text="Where it comes from.")
    words = models.TextField(blank=True, max_length=WORDS)
    link = models.URLField(blank=True, max_length=500)

    class Meta:
        ordering = ["measure_id", "month", "pk"]
        constraints = [
            written_by_somebody("measure_value_is_written_by_somebody"),
            models.CheckConstraint(condition=~Q(source=""), name="measure_value_says_its_source"),
            first_of_month("month", name="measure_value_is_of_a_month"),
            at_most(WORDS, "words", name="measure_value_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
