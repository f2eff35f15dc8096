"""The monthly round between council and Trust: each step that followed on a figure after it was submitted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kpis.models.figure import Figure, FigureRevision
from parties.access import COMMISSIONER, PROVIDER, Reader

WORDS = 2000


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, reader: Reader) -> StepQuerySet:
        """What both parties said about the figures of the reader's contract."""
        if not reader.may("indicator.view"):
            return self.none()
        return self.filter(figure__indicator__contract=reader.contract)


class Step(models.Model):
    """One step of the round on a figure: who took it, for which party, with which words. Written once.

    A figure is submitted by its revision; these are the answers. The database refuses that someone who entered a
    figure accepts it, whatever roles they hold.
    """

    class Kind(models.TextChoices):
        QUERIED = "queried", "Queried"
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
    taken_as = models.CharField(max_length=80)
    taken_at = models.DateTimeField(default=timezone.now)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_is_of_the_party_whose_it_is",
                condition=Q(kind__in=["explained", "disputed"], party=PROVIDER)
                | Q(kind__in=["queried", "accepted"], party=COMMISSIONER),
            ),
            models.CheckConstraint(
                name="step_gives_its_reason",
                condition=~Q(kind__in=["queried", "explained", "disputed"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="step_query_says_by_when",
                condition=Q(kind="queried", answer_by__isnull=False)
                | (~Q(kind="queried") & Q(answer_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.get_kind_display()}"
