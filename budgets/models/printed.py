"""What documents print about a book's money: totals, figures that stand in no line, and how an overspend was met."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models.book import PRINTED, TITLE, WORDS, Book, Line, a_financial_year


class Stated(models.Model):
    """A figure that a document states and no line holds; empty where it is spoken of without an amount."""

    class Kind(models.TextChoices):
        CONTRACT_SUM = "contract_sum", "Contract sum"
        BUDGET_LINE = "budget_line", "Budget line"
        INCOME = "income", "Income"
        CHARGE = "charge", "Charge"
        OUTTURN = "outturn", "Outturn"
        RESERVE = "reserve", "Reserve"
        THRESHOLD = "threshold", "Threshold"
        SAVING = "saving", "Saving"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="stated")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=TITLE)
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    hundredths = models.BigIntegerField(null=True, blank=True)
    printed = models.CharField(max_length=PRINTED, blank=True)
    unit = models.CharField(max_length=10)
    qualifier = models.CharField(max_length=TITLE, blank=True)
    document = models.CharField(max_length=TITLE)
    place = models.CharField(max_length=TITLE)
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["book_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="stated_figure_has_its_own_code"),
            models.CheckConstraint(
                condition=Q(hundredths__isnull=True, printed="")
                | (Q(hundredths__isnull=False) & ~Q(printed="")),
                name="stated_figure_is_what_is_printed",
            ),
            a_financial_year("year", name="stated_figure_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return self.name


class PrintedTotal(models.Model):
    """A printed total of one year as an assertion about cells of its book.

    ``terms`` are lists of sign, code, figure and year; ``step`` is how finely it is printed and ``tolerance`` how far
    it may be off, both in hundredths.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="totals")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, blank=True, related_name="totals")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    what = models.CharField(max_length=TITLE)
    year = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=PRINTED)
    unit = models.CharField(max_length=10)
    hundredths = models.BigIntegerField()
    step = models.BigIntegerField()
    tolerance = models.BigIntegerField(default=0)
    terms = models.JSONField()
    explanation = models.CharField(max_length=TITLE, blank=True)
    document = models.CharField(max_length=TITLE)
    place = models.CharField(max_length=TITLE)
    also = models.JSONField(default=list, help_text="Where else it is printed: documents with places.")
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["book_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["book", "code", "year"], name="total_is_printed_once_a_year"),
            models.CheckConstraint(
                condition=Q(step__gte=1, tolerance__gte=0), name="total_says_how_near_it_must_be"
            ),
            a_financial_year("year", name="total_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return self.what


class BridgeStep(models.Model):
    """One step from an overspend to what was carried on; its amount is a stated figure."""

    class Kind(models.TextChoices):
        OPENING = "opening", "Opening"
        FUNDING = "funding", "Funding"
        RESERVE = "reserve", "Reserve"
        CLOSING = "closing", "Closing"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="bridge")
    position = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TITLE)
    kind = models.CharField(max_length=10, choices=Kind)
    stated = models.ForeignKey(Stated, on_delete=models.PROTECT, related_name="bridged")
    also = models.ManyToManyField(
        Stated, related_name="bridged_also", help_text="Other printings of the same."
    )
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["book_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["book", "position"], name="bridge_step_has_its_own_place"),
            a_financial_year("year", name="bridge_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return self.name
