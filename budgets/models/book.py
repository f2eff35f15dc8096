"""A book: what an organisation plans to spend and to take in over some years, in a tree of lines."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budgets.rules.tree import Side as TreeSide
from core.values.months import ContractYear
from parties.models import Contract
from parties.participants import COMMISSIONER, PROVIDER, Participant

TITLE = 200
WORDS = 1000
# As documents print an amount: "£58.33m", "1,643,359".
PRINTED = 30
# Financial years are kept by the calendar year in which they begin: 2018 is 2018/19.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, participant: Participant) -> BookQuerySet:
        """The books that the person's contract reads, those of councils elsewhere too."""
        if not participant.may("money.view"):
            return self.none()
        return self.filter(contract=participant.contract)


def a_financial_year(field: str, *, name: str) -> models.CheckConstraint:
    condition = Q(**{f"{field}__gte": FIRST_YEAR, f"{field}__lte": LAST_YEAR})
    return models.CheckConstraint(condition=condition | Q(**{f"{field}__isnull": True}), name=name)


class Book(models.Model):
    """The budgets of one organisation, for the people of one contract.

    ``kept_by`` is the party that answers for it; empty for an organisation elsewhere, which is read beside the
    contract's own. ``about`` holds what is only read: notes, and the title and the note of the funding bridge.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="books")
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=TITLE)
    organisation = models.CharField(max_length=TITLE)
    kept_by = models.CharField(max_length=12, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=TITLE, blank=True)
    place = models.CharField(max_length=TITLE, blank=True)
    about = models.JSONField(default=dict)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ["contract_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "code"], name="book_has_its_own_code"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name="") & ~Q(organisation=""), name="book_has_names"
            ),
            models.CheckConstraint(
                condition=Q(kept_by__in=["", COMMISSIONER, PROVIDER]), name="book_is_kept_by_a_party"
            ),
            models.CheckConstraint(
                condition=Q(
                    first_year__gte=FIRST_YEAR, last_year__gte=F("first_year"), last_year__lte=LAST_YEAR
                ),
                name="book_runs_over_financial_years",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> list[ContractYear]:
        return [ContractYear(start) for start in range(self.first_year, self.last_year + 1)]


class Line(models.Model):
    """A line of a book, or what holds lines: a total, a division, a heading. Only a line has amounts of its own.

    ``drivers`` are series of children that may drive it: lists of their codes, each with how far to trust the match.
    """

    class Kind(models.TextChoices):
        TOTAL = "total", "Total"
        DIVISION = "division", "Division"
        HEADING = "heading", "Heading"
        LINE = "line", "Line"

    class Side(models.TextChoices):
        EXPENDITURE = "expenditure", "Expenditure"
        INCOME = "income", "Income"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="lines")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    position = models.PositiveIntegerField(help_text="Its place in the book, from the top down.")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=TITLE)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LINE)
    side = models.CharField(max_length=12, choices=Side, blank=True)
    subject = models.CharField(
        max_length=60, blank=True, help_text="The kind of spend or income, such as employees."
    )
    owner = models.CharField(max_length=TITLE, blank=True, help_text="Who answers for it, by role.")
    drivers = models.JSONField(default=list)
    note = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering = ["book_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["book", "code"], name="line_has_its_own_code"),
            models.UniqueConstraint(fields=["book", "position"], name="line_has_its_own_place"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="line_has_names"),
            models.CheckConstraint(
                condition=Q(kind__in=["total", "division", "heading", "line"]), name="line_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["expenditure", "income"]) | (Q(side="") & ~Q(kind="line")),
                name="line_is_expenditure_or_income",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="line_is_not_above_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_income(self) -> bool:
        return self.side == self.Side.INCOME

    @property
    def tree_side(self) -> TreeSide:
        """As rules reckon with it."""
        return TreeSide.INCOME if self.is_income else TreeSide.EXPENDITURE


class Version(models.Model):
    """A state of a book's budget, and why it is another than the one before. The latest that names a line holds."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", "Original budget"
        VIREMENT = "virement", "Virement"
        GROWTH = "growth", "Growth"
        SAVINGS = "savings", "Savings"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=WORDS)
    day = models.DateField(null=True, blank=True, help_text="Empty: not said.")
    illustrative = models.BooleanField(default=False, help_text="Made up, and printed nowhere.")
    document = models.CharField(max_length=TITLE, blank=True)
    place = models.CharField(max_length=TITLE, blank=True)
    proposal = models.OneToOneField(
        "budgets.Proposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="version",
        help_text="What both parties agreed; empty for what is printed.",
    )

    class Meta:
        ordering = ["book_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="budget_version_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(number=1, kind="original")
                | Q(number__gt=1, kind__in=["virement", "growth", "savings"]),
                name="budget_begins_with_its_original",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="budget_version_says_why"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(illustrative=True) | Q(proposal__isnull=False) | ~Q(document=""),
                name="budget_version_is_agreed_or_printed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Amount(models.Model):
    """One printed cell: a line's budget, actual, headcount or full-time equivalents in a year.

    ``hundredths`` are pence, or hundredths of heads and posts; empty where the cell is printed empty, which isn't nil.
    """

    class Figure(models.TextChoices):
        BUDGET = "budget", "Budget"
        ACTUAL = "actual", "Actual"
        HEADCOUNT = "headcount", "Headcount"
        FTE = "fte", "Full-time equivalents"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="amounts")
    figure = models.CharField(max_length=10, choices=Figure)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="amounts"
    )
    year = models.PositiveSmallIntegerField()
    hundredths = models.BigIntegerField(null=True, blank=True)
    printed = models.CharField(max_length=PRINTED, blank=True)
    unit = models.CharField(max_length=10)
    document = models.CharField(max_length=TITLE, blank=True)
    place = models.CharField(max_length=TITLE, blank=True)

    class Meta:
        ordering = ["line_id", "figure", "year", "version_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "figure", "year"],
                condition=Q(version__isnull=True),
                name="amount_stands_once",
            ),
            models.UniqueConstraint(
                fields=["line", "figure", "year", "version"],
                condition=Q(version__isnull=False),
                name="budget_stands_once_in_a_version",
            ),
            models.CheckConstraint(
                condition=Q(figure="budget", version__isnull=False)
                | Q(figure__in=["actual", "headcount", "fte"], version__isnull=True),
                name="a_budget_belongs_to_a_version",
            ),
            a_financial_year("year", name="amount_belongs_to_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.figure} {self.year}"
