"""The monthly round between council and Trust: what stands beside the figures themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import NAME, at_most
from kpis.figures.models.figure import Figure, FigureRevision
from parties.participants import COMMISSIONER, PROVIDER, Participant

WORDS = 2000


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, participant: Participant) -> StepQuerySet:
        """What both parties said about the figures of the person's contract."""
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(figure__indicator__contract=participant.contract)


class Step(models.Model):
    """One step of the round on a figure: who took it, for which party, with which words. Written once.

    A figure is submitted by its revision; these are the answers. Reopened is a query about a figure that was accepted
    already. The database refuses that someone who entered a
    figure accepts it, whatever roles they hold.
    """

    class Kind(models.TextChoices):
        QUERIED = "queried", "Queried"
        REOPENED = "reopened", "Reopened"
        EXPLAINED = "explained", "Explained"
        DISPUTED = "disputed", "Disputed"
        ACCEPTED = "accepted", "Accepted"

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="steps")
    revision = models.ForeignKey(FigureRevision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True, max_length=WORDS)
    answer_by = models.DateField(null=True, blank=True)
    party = models.CharField(max_length=12)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=NAME)
    taken_at = models.DateTimeField(default=clock.now)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_is_of_the_party_whose_it_is",
                condition=Q(kind__in=["explained", "disputed"], party=PROVIDER)
                | Q(kind__in=["queried", "reopened", "accepted"], party=COMMISSIONER),
            ),
            models.CheckConstraint(
                name="step_gives_its_reason",
                condition=~Q(kind__in=["queried", "reopened", "explained", "disputed"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="step_query_says_by_when",
                condition=Q(kind__in=["queried", "reopened"], answer_by__isnull=False)
                | (~Q(kind__in=["queried", "reopened"]) & Q(answer_by__isnull=True)),
            ),
            at_most(WORDS, "words", name="step_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.get_kind_display()}"
