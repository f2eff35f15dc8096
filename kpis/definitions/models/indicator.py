"""Definitions: what is measured, and the bands that judge it in each period."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from core.fields import ExactField, first_of_month, not_negative
from parties.models import Contract
from parties.participants import Participant


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, participant: Participant) -> IndicatorQuerySet:
        """The definitions of the person's contract."""
        if not participant.may("definition.view"):
            return self.none()
        return self.filter(contract=participant.contract)


class Indicator(models.Model):
    """One measure of a contract. Reviewed definition files are its source; ``load_contract`` writes it."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", "Contract indicator"
        SUPPORTING = "supporting", "Supporting measure"

    class Theme(models.TextChoices):
        FRONT_DOOR = "front_door", "Front door"
        PROTECTION = "protection", "Protection"
        IN_CARE = "in_care", "In care"
        WORKFORCE = "workforce", "Workforce"
        QUALITY = "quality", "Quality"

    class Unit(models.TextChoices):
        PERCENT = "percent", "Percent"
        RATE = "rate_per_10000", "Rate per 10,000"
        COUNT = "count", "Count"
        MEAN = "mean", "Mean"

    class Polarity(models.TextChoices):
        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    short_name = models.CharField(max_length=40)
    theme = models.CharField(max_length=12, choices=Theme)
    why_it_matters = models.TextField()
    numerator_words = models.CharField(max_length=300)
    denominator_words = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=16, choices=Unit)
    unit_words = models.CharField(max_length=60)
    polarity = models.CharField(max_length=6, choices=Polarity)
    decimals = models.PositiveSmallIntegerField()
    no_change_below = ExactField(null=True, blank=True)
    owner_role = models.CharField(max_length=80)
    local_aim = ExactField(null=True, blank=True)
    local_aim_words = models.CharField(max_length=200, blank=True)
    source_document = models.CharField(max_length=200)
    source_place = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    author = models.CharField(max_length=80)
    checker = models.CharField(max_length=80)
    next_review = models.DateField()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "position"]
        constraints = [
            models.UniqueConstraint("contract", "code", name="indicator_code_once_per_contract"),
            models.UniqueConstraint("contract", "position", name="indicator_position_once_per_contract"),
            models.CheckConstraint(
                name="indicator_count_has_no_denominator",
                condition=Q(unit="count", denominator_words="")
                | (~Q(unit="count") & ~Q(denominator_words="")),
            ),
            models.CheckConstraint(name="indicator_at_most_four_decimals", condition=Q(decimals__lte=4)),
            models.CheckConstraint(
                name="indicator_kind_is_known", condition=Q(kind__in=["contract", "supporting"])
            ),
            models.CheckConstraint(
                name="indicator_unit_is_known",
                condition=Q(unit__in=["percent", "rate_per_10000", "count", "mean"]),
            ),
            models.CheckConstraint(
                name="indicator_polarity_is_known", condition=Q(polarity__in=["higher", "lower"])
            ),
            not_negative("no_change_below", "local_aim", name="indicator_amounts_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"


def in_force(first_day: date) -> Q:
    """The band versions that judge the month that begins on this day; one at the most for each indicator."""
    return Q(valid_from__lte=first_day) & (Q(valid_to=None) | Q(valid_to__gte=first_day))


class BandVersion(models.Model):
    """Target, tolerance and failure as printed, for the months from ``valid_from`` to ``valid_to`` (both included).

    Overlap of two versions and operators against the indicator's polarity are refused by triggers as well. So is
    any change once a version stands, but for closing it, its note and its printed texts.
    """

    class Operator(models.TextChoices):
        MORE = ">", "more than"
        AT_LEAST = ">=", "at least"
        LESS = "<", "less than"
        AT_MOST = "<=", "at most"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="bands")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    target_operator = models.CharField(max_length=2, choices=Operator)
    target_value = ExactField()
    tolerance_operator = models.CharField(max_length=2, choices=Operator)
    tolerance_value = ExactField()
    failure_operator = models.CharField(max_length=2, choices=Operator)
    failure_value = ExactField()
    target_text = models.CharField(max_length=60)
    tolerance_text = models.CharField(max_length=60)
    failure_text = models.CharField(max_length=60)
    change_reference = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator", "valid_from"]
        constraints = [
            models.UniqueConstraint("indicator", "valid_from", name="band_starts_once"),
            first_of_month("valid_from", name="band_starts_on_the_first"),
            first_of_month("valid_to", name="band_ends_with_a_month"),
            models.CheckConstraint(
                name="band_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="band_target_is_not_worse_than_failure",
                condition=(
                    Q(target_operator__in=[">", ">="])
                    & Q(tolerance_operator__in=[">", ">="])
                    & Q(failure_operator__in=["<", "<="])
                    & Q(target_value__gte=F("tolerance_value"))
                    & Q(tolerance_value__gte=F("failure_value"))
                )
                | (
                    Q(target_operator__in=["<", "<="])
                    & Q(tolerance_operator__in=["<", "<="])
                    & Q(failure_operator__in=[">", ">="])
                    & Q(target_value__lte=F("tolerance_value"))
                    & Q(tolerance_value__lte=F("failure_value"))
                ),
            ),
            models.CheckConstraint(
                name="band_target_and_failure_do_not_meet",
                condition=~Q(target_value=F("failure_value"))
                | Q(target_operator__in=[">", "<"])
                | Q(failure_operator__in=[">", "<"]),
            ),
            not_negative("target_value", "tolerance_value", "failure_value", name="band_limits_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} from {self.valid_from:%Y-%m}"

    def is_in_force(self, first_day: date) -> bool:
        """Whether it judges the month that begins on this day, as ``in_force`` finds it."""
        return self.valid_from <= first_day and (self.valid_to is None or first_day <= self.valid_to)
