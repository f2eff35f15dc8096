"""One value for one indicator and month, and every revision it went through."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.fields import NAME, ExactField, at_most, below_ten_million, first_of_month, not_negative
from kpis.definitions.models.indicator import Indicator
from kpis.rules import words
from parties.participants import Participant

# The most characters of a figure's words, and of why it was revised.
COMMENTARY, REASON = 5000, 300


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to(self, participant: Participant) -> FigureQuerySet:
        """The figures of the person's contract: each has left the Trust."""
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(indicator__contract=participant.contract)


class Figure(models.Model):
    """Where a month's figure stands in the round between Trust and council; what it says is its latest revision.

    A figure has left the Trust; nothing that is still being drafted stands here. ``accepted`` is the revision that the
    council accepted last; a correction that it has not accepted yet is ``latest`` and not ``accepted``. The database
    refuses that a returned figure is accepted but by a step of somebody who entered none of its revisions.
    """

    class State(models.TextChoices):
        SUBMITTED = words.SUBMITTED, words.STATES[words.SUBMITTED]
        QUERIED = words.QUERIED, words.STATES[words.QUERIED]
        DISPUTED = words.DISPUTED, words.STATES[words.DISPUTED]
        ACCEPTED = words.ACCEPTED, words.STATES[words.ACCEPTED]

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=State)
    latest = models.ForeignKey(
        "kpis.FigureRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.ForeignKey(
        "kpis.FigureRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "month"]
        constraints = [
            models.UniqueConstraint("indicator", "month", name="figure_once_per_indicator_and_month"),
            first_of_month("month", name="figure_month_is_a_first"),
            models.CheckConstraint(
                name="figure_state_is_known",
                condition=Q(state__in=["submitted", "queried", "disputed", "accepted"]),
            ),
            models.CheckConstraint(
                name="figure_accepted_is_its_latest_revision",
                condition=~Q(state="accepted")
                | Q(accepted__isnull=False, latest__isnull=False, accepted=F("latest")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.month:%Y-%m}"


class RevisionQuerySet(models.QuerySet["FigureRevision"]):
    def visible_to(self, participant: Participant) -> RevisionQuerySet:
        """Revisions of the person's contract: each has left the Trust."""
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(figure__indicator__contract=participant.contract)


class FigureRevision(models.Model):
    """What was entered, by whom, when and why. Rows are only ever added; triggers refuse anything else.

    Three shapes: numerator and denominator; a value alone; a printed rate with the count behind it (value and
    numerator, no denominator).
    """

    class Provenance(models.TextChoices):
        PUBLISHED = words.PUBLISHED, words.PROVENANCES[words.PUBLISHED]
        DERIVED = words.DERIVED, words.PROVENANCES[words.DERIVED]
        RETURNED = words.RETURNED, words.PROVENANCES[words.RETURNED]
        ILLUSTRATIVE = words.ILLUSTRATIVE, words.PROVENANCES[words.ILLUSTRATIVE]

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    numerator = ExactField(null=True, blank=True)
    denominator = ExactField(null=True, blank=True)
    value = ExactField(null=True, blank=True)
    commentary = models.TextField(blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance)
    reason = models.CharField(max_length=REASON, blank=True)
    # The day on which a provisional figure's final one is expected; empty for a final figure.
    final_expected_on = models.DateField(null=True, blank=True)
    # The accepted revision that this one corrects; empty while none was accepted.
    replaces = models.ForeignKey(
        "kpis.FigureRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_as = models.CharField(max_length=NAME)
    entered_at = models.DateTimeField(default=clock.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "number"]
        constraints = [
            models.UniqueConstraint("figure", "number", name="revision_number_once"),
            models.CheckConstraint(name="revision_numbers_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="revision_has_one_of_the_three_shapes",
                condition=Q(numerator__isnull=False, denominator__isnull=False, value__isnull=True)
                | Q(denominator__isnull=True, value__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_provenance_is_known",
                condition=Q(provenance__in=["published", "derived", "returned", "illustrative"]),
            ),
            not_negative("numerator", "denominator", "value", name="revision_numbers_not_negative"),
            below_ten_million("numerator", "denominator", "value", name="revision_numbers_below_ten_million"),
            at_most(COMMENTARY, "commentary", name="revision_commentary_has_its_length"),
            at_most(REASON, "reason", name="revision_reason_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, revision {self.number}"
