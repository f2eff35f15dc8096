"""A line's month: what was spent by then, what the year is to come to, and every entry that it went through."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.book import WORDS, Book, Line, a_financial_year
from budgets.rules.periods import LAST
from core import clock
from core.fields import NAME, at_most
from kpis.rules import words
from parties.participants import COMMISSIONER, PROVIDER, Participant

REASON = 300


class LineMonthQuerySet(models.QuerySet["LineMonth"]):
    def visible_to(self, participant: Participant) -> LineMonthQuerySet:
        """Those of the books of the person's contract: each has left whoever keeps the book."""
        if not participant.may("money.view"):
            return self.none()
        return self.filter(line__book__contract=participant.contract)


class LineMonth(models.Model):
    """Where a line's period stands in the round between the parties; what it says is its latest entry.

    ``accepted`` is the entry that was accepted last. Nothing that is still being drafted stands here.
    """

    class State(models.TextChoices):
        SUBMITTED = words.SUBMITTED, words.STATES[words.SUBMITTED]
        QUERIED = words.QUERIED, words.STATES[words.QUERIED]
        DISPUTED = words.DISPUTED, words.STATES[words.DISPUTED]
        ACCEPTED = words.ACCEPTED, words.STATES[words.ACCEPTED]

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="months")
    year = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State)
    latest = models.ForeignKey(
        "budgets.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.ForeignKey(
        "budgets.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LineMonthQuerySet.as_manager()

    class Meta:
        ordering = ["line_id", "year", "period"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "period"], name="line_once_a_period"),
            models.CheckConstraint(
                condition=Q(period__gte=1, period__lte=LAST), name="line_month_is_of_a_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "queried", "disputed", "accepted"]),
                name="line_month_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(accepted__isnull=False, latest__isnull=False, accepted=F("latest")),
                name="line_month_accepted_is_its_latest_entry",
            ),
            a_financial_year("year", name="line_month_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year} {self.period}"


class Entry(models.Model):
    """What was entered of a line's period, in pence, by whom, when and why. Rows are only ever added.

    ``actual`` is what was spent from April to the period's end, ``forecast`` what the whole year is to come to.
    ``committed`` are places that are known to come, ``mitigation`` what is to lower the outturn and is not in the
    forecast. ``moved`` says why the forecast moved since the period before, ``words`` why the line is off track.
    """

    class Provenance(models.TextChoices):
        RETURNED = words.RETURNED, words.PROVENANCES[words.RETURNED]
        ILLUSTRATIVE = words.ILLUSTRATIVE, words.PROVENANCES[words.ILLUSTRATIVE]

    month = models.ForeignKey(LineMonth, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    actual = models.BigIntegerField()
    forecast = models.BigIntegerField()
    committed = models.BigIntegerField(null=True, blank=True)
    mitigation = models.BigIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, max_length=WORDS)
    moved = models.TextField(blank=True, max_length=WORDS)
    reason = models.CharField(max_length=REASON, blank=True, help_text="Why a closed period is revised.")
    provenance = models.CharField(max_length=12, choices=Provenance)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_as = models.CharField(max_length=NAME)
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["month_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="entry_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(provenance="illustrative") | Q(provenance="returned", entered_by__isnull=False),
                name="entry_is_somebodys_or_illustrative",
            ),
            models.CheckConstraint(
                condition=(Q(committed__isnull=True) | Q(committed__gte=0))
                & (Q(mitigation__isnull=True) | Q(mitigation__gte=0)),
                name="entry_counts_what_is_to_come_above_nil",
            ),
            at_most(WORDS, "words", "moved", name="entry_words_have_their_length"),
            at_most(REASON, "reason", name="entry_reason_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id}, entry {self.number}"


class MoneyStep(models.Model):
    """What was asked and answered of a line's period, of the entry that was seen. Rows are only ever added."""

    class Kind(models.TextChoices):
        QUERIED = "queried", "Queried"
        REOPENED = "reopened", "Reopened"
        EXPLAINED = "explained", "Explained"
        DISPUTED = "disputed", "Disputed"
        ACCEPTED = "accepted", "Accepted"

    month = models.ForeignKey(LineMonth, on_delete=models.PROTECT, related_name="steps")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True, max_length=WORDS)
    day = models.DateField()
    party = models.CharField(max_length=12)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=NAME)
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["month_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="accepted") | ~Q(words=""), name="money_step_says_what_is_asked_or_answered"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["queried", "reopened", "explained", "disputed", "accepted"]),
                name="money_step_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(party__in=[COMMISSIONER, PROVIDER]), name="money_step_is_a_partys"
            ),
            at_most(WORDS, "words", name="money_step_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.kind}"


class ClosedPeriod(models.Model):
    """A period of a book that is closed: what is entered after it says why. Rows are only ever added."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closed")
    year = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    day = models.DateField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_as = models.CharField(max_length=NAME)

    class Meta:
        ordering = ["book_id", "year", "period"]
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "period"], name="period_is_closed_once"),
            models.CheckConstraint(
                condition=Q(period__gte=1, period__lte=LAST), name="closed_period_is_a_period"
            ),
            a_financial_year("year", name="closed_period_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.year} {self.period}"


class LineDraft(models.Model):
    """What somebody typed of a line's period and didn't submit yet, as it was typed; shown to the own party alone."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="drafts")
    year = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    typed = models.JSONField(default=dict)
    begun_from = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_as = models.CharField(max_length=NAME)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["line_id", "year", "period"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "period"], name="line_is_drafted_once_a_period"),
            models.CheckConstraint(condition=Q(period__gte=1, period__lte=LAST), name="draft_is_of_a_period"),
            a_financial_year("year", name="draft_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year} {self.period}"
