"""The monthly round between council and Trust: what stands beside the figures themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kpis.models.draft import REASON
from kpis.models.fields import NAME, at_most, first_of_month
from kpis.models.figure import Figure, FigureRevision
from kpis.models.indicator import Indicator
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
    taken_at = models.DateTimeField(default=timezone.now)

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


class CheckAnswerQuerySet(models.QuerySet["CheckAnswer"]):
    def visible_to(self, reader: Reader) -> CheckAnswerQuerySet:
        if not reader.may("indicator.view"):
            return self.none()
        return self.filter(revision__figure__indicator__contract=reader.contract)


class CheckAnswer(models.Model):
    """A check that warned when a revision was submitted, and what the Trust said to it. Written once."""

    revision = models.ForeignKey(FigureRevision, on_delete=models.PROTECT, related_name="check_answers")
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    words = models.CharField(max_length=REASON)

    objects = CheckAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [
            models.UniqueConstraint("revision", "code", name="check_answered_once_per_revision"),
            models.CheckConstraint(name="check_answer_has_words", condition=~Q(words="")),
            at_most(300, "message", name="check_message_has_its_length"),
            at_most(REASON, "words", name="check_answer_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.code}"


class OmissionQuerySet(models.QuerySet["Omission"]):
    def visible_to(self, reader: Reader) -> OmissionQuerySet:
        if not reader.may("indicator.view"):
            return self.none()
        return self.filter(indicator__contract=reader.contract)


class Omission(models.Model):
    """The Trust's statement that it can't report a month's figure: why, and when it expects to. Written once.

    The latest one stands until there is a figure.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="omissions")
    month = models.DateField()
    reason = models.CharField(max_length=REASON)
    expected_on = models.DateField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_as = models.CharField(max_length=NAME)
    stated_at = models.DateTimeField(default=timezone.now)

    objects = OmissionQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "month", "pk"]
        # A month's return asks for its omissions.
        indexes = [models.Index(fields=["indicator", "month"], name="omission_of_a_month")]
        constraints = [
            first_of_month("month", name="omission_month_is_a_first"),
            models.CheckConstraint(name="omission_gives_its_reason", condition=~Q(reason="")),
            at_most(REASON, "reason", name="omission_reason_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.month:%Y-%m} can't be reported"


class Ownership(models.Model):
    """Which people of the Trust look after an indicator: theirs stand first where they enter figures."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="ownerships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["indicator", "pk"]
        constraints = [
            models.UniqueConstraint("indicator", "user", name="indicator_is_owned_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.user}"
