"""How a line's budget is planned over the months of a year. Each change is a row of its own; the latest holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.models.book import WORDS, Line, a_financial_year
from core import clock
from core.fields import NAME


class Profile(models.Model):
    """A line's year, planned in one of three ways. Rows are only ever added.

    ``shares`` are the owner's twelve amounts in pence from April to March, and none in the other ways. They added up
    to the budget, in pence, as it stood when they were given: ``budget``.
    """

    class Way(models.TextChoices):
        EVEN = "even", "In even parts"
        WORKING_DAYS = "working_days", "By working days"
        OWN = "own", "By amounts of your own"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="profiles")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=12, choices=Way)
    shares = models.JSONField(default=list)
    budget = models.BigIntegerField()
    words = models.CharField(max_length=WORDS, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_as = models.CharField(max_length=NAME)
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["line_id", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "number"], name="profile_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="profile_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(way="own") & ~Q(shares=[]) | Q(way__in=["even", "working_days"], shares=[]),
                name="profile_has_shares_of_its_own_or_none",
            ),
            a_financial_year("year", name="profile_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}, {self.get_way_display().lower()}"
