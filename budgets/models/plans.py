"""What the money rests on and is to come to: what a budget assumed, and which savings are planned."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.book import PRINTED, TITLE, WORDS, Book, Line, a_financial_year
from core import clock
from core.fields import NAME, at_most, not_negative
from kpis.rules import words
from parties.participants import COMMISSIONER, PROVIDER


class Basis(models.Model):
    """What a line's budget of a year was reckoned with, in hundredths: how many, and pence for one and a year.

    ``lowest`` and ``highest`` are the range of that unit cost where one is known. ``entered_as`` is who entered it
    here, empty where it came with the book; ``version`` counts what was entered of it.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="bases")
    year = models.PositiveSmallIntegerField()
    assumed = models.BigIntegerField(null=True, blank=True)
    unit_cost = models.BigIntegerField(null=True, blank=True)
    lowest = models.BigIntegerField(null=True, blank=True)
    highest = models.BigIntegerField(null=True, blank=True)
    qualifier = models.CharField(max_length=TITLE, blank=True)
    words = models.CharField(max_length=TITLE)
    document = models.CharField(max_length=TITLE)
    place = models.CharField(max_length=TITLE)
    entered_as = models.CharField(max_length=NAME, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["line_id", "year"]
        verbose_name_plural = "bases"
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="line_has_one_basis_a_year"),
            models.CheckConstraint(
                condition=Q(assumed__isnull=False) | Q(unit_cost__isnull=False), name="basis_says_something"
            ),
            models.CheckConstraint(
                condition=(Q(assumed__isnull=True) | Q(assumed__gte=0))
                & (Q(lowest__isnull=True) | Q(lowest__gte=0, lowest__lte=F("unit_cost")))
                & (Q(highest__isnull=True) | Q(highest__gte=F("unit_cost"))),
                name="basis_lies_within_its_range",
            ),
            a_financial_year("year", name="basis_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return self.words


class SavingsPlan(models.Model):
    """Savings by contract year; ``reading`` is empty where its document doesn't say whether a year counts those before.

    What a person said of that (``ReadingSaid``) holds instead.
    """

    class Reading(models.TextChoices):
        YEARLY = "yearly", "Each year’s amount is that year’s own"
        CUMULATIVE = "cumulative", "Each year’s amount is all that is saved by then"

    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="savings_plan")
    title = models.CharField(max_length=TITLE)
    status = models.CharField(max_length=TITLE)
    reading = models.CharField(max_length=10, choices=Reading, blank=True)
    document = models.CharField(max_length=TITLE)
    place = models.CharField(max_length=TITLE)

    class Meta:
        ordering = ["book_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reading__in=["", "yearly", "cumulative"]), name="savings_are_read_in_a_known_way"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Saving(models.Model):
    """What is to be saved in a contract year, in pence, as printed."""

    plan = models.ForeignKey(SavingsPlan, on_delete=models.PROTECT, related_name="savings")
    contract_year = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    planned = models.BigIntegerField()
    printed = models.CharField(max_length=PRINTED)

    class Meta:
        ordering = ["plan_id", "contract_year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "contract_year"], name="saving_stands_once_a_year"),
            a_financial_year("year", name="saving_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"Contract year {self.contract_year}"


class SavingSaid(models.Model):
    """What was said of a year's saving, in pence, by whom, when and in which words. Rows are only ever added.

    Counted as the printed amount is: the year's own, or all by then. Empty is not said, and never nil; the row with the
    highest number holds.
    """

    class Provenance(models.TextChoices):
        RETURNED = words.RETURNED, words.PROVENANCES[words.RETURNED]
        ILLUSTRATIVE = words.ILLUSTRATIVE, words.PROVENANCES[words.ILLUSTRATIVE]

    saving = models.ForeignKey(Saving, on_delete=models.PROTECT, related_name="said")
    number = models.PositiveIntegerField()
    delivered = models.BigIntegerField(null=True, blank=True)
    at_risk = models.BigIntegerField(null=True, blank=True)
    words = models.TextField(max_length=WORDS)
    day = models.DateField()
    provenance = models.CharField(max_length=12, choices=Provenance)
    party = models.CharField(max_length=12)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_as = models.CharField(max_length=NAME)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["saving_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["saving", "number"], name="saving_is_said_once_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="saving_is_said_from_one_on"),
            models.CheckConstraint(
                condition=Q(delivered__isnull=False) | Q(at_risk__isnull=False),
                name="saving_said_says_something",
            ),
            not_negative("delivered", "at_risk", name="saving_said_is_not_below_nil"),
            models.CheckConstraint(condition=~Q(words=""), name="saving_said_has_words"),
            at_most(WORDS, "words", name="saving_said_words_have_their_length"),
            models.CheckConstraint(
                condition=Q(provenance="illustrative") | Q(provenance="returned", said_by__isnull=False),
                name="saving_is_said_by_somebody_or_illustrative",
            ),
            models.CheckConstraint(
                condition=Q(party__in=[COMMISSIONER, PROVIDER]), name="saving_said_is_a_partys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.saving_id}, said {self.number}"


class ReadingSaid(models.Model):
    """How a plan's amounts are read, who said so, when and why. Rows are only ever added; the last one holds."""

    plan = models.ForeignKey(SavingsPlan, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    reading = models.CharField(max_length=10, choices=SavingsPlan.Reading)
    words = models.TextField(max_length=WORDS)
    day = models.DateField()
    party = models.CharField(max_length=12)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_as = models.CharField(max_length=NAME)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="reading_is_said_once_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reading_is_said_from_one_on"),
            models.CheckConstraint(
                condition=Q(reading__in=["yearly", "cumulative"]), name="reading_said_is_a_known_one"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="reading_said_says_why"),
            at_most(WORDS, "words", name="reading_said_words_have_their_length"),
            models.CheckConstraint(
                condition=Q(party__in=[COMMISSIONER, PROVIDER]), name="reading_said_is_a_partys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, reading {self.number}"


class Series(models.Model):
    """Numbers of children, staff or rates over time; where an indicator holds them, only its code and which reading."""

    class Topic(models.TextChoices):
        PLACEMENTS = "placements", "Placements"
        CHILDREN = "children", "Children"
        RATES = "rates", "Rates"
        CASELOADS = "caseloads", "Caseloads"
        STAFF = "staff", "Staff"
        FOSTERING = "fostering", "Fostering"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="series")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=TITLE)
    topic = models.CharField(max_length=10, choices=Topic)
    unit = models.CharField(max_length=TITLE)
    indicator = models.CharField(max_length=60, blank=True)
    reading = models.CharField(max_length=12, blank=True)
    document = models.CharField(max_length=TITLE, blank=True)
    place = models.CharField(max_length=TITLE, blank=True)
    also = models.JSONField(default=list)
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["book_id", "position"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="series_has_its_own_code"),
            models.CheckConstraint(
                condition=Q(indicator="", reading="")
                | (~Q(indicator="") & Q(reading__in=["value", "numerator", "denominator", "aim"])),
                name="series_is_held_here_or_by_an_indicator",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """One printed number of a series: of a day, of the time between two, or of no time that is said."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    printed = models.CharField(max_length=PRINTED)
    qualifier = models.CharField(max_length=TITLE, blank=True)
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["series_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="observation_has_its_own_place"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="observation_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.printed
