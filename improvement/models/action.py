"""What is done about a recommendation: its target, whose it is, and where it stands in both phases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.fields import at_most, first_of_month
from core.values.months import Month
from improvement.models.plan import TITLE, WORDS, Owner, Recommendation
from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.status import Status
from parties.participants import Participant

STATUSES = sorted(Status)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, participant: Participant) -> ActionQuerySet:
        """The actions of the plans of the person's contract."""
        if not participant.may("plan.view"):
            return self.none()
        return self.filter(recommendation__priority__plan__contract=participant.contract)


class Action(models.Model):
    """An action. Where it stands is what its events lead to, kept here so that lists need not tell its story.

    Phase 1 asks whether it was done, Phase 2 whether it made a difference. ``waits`` says for which answer of
    the other party it waits. ``version`` moves on with each event: a form says which one it was begun from.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    wording = models.TextField(blank=True, max_length=WORDS)
    first_target = models.DateField(null=True, blank=True, help_text="First day of the month.")
    target = models.DateField(null=True, blank=True, help_text="As it was moved since.")
    target_words = models.CharField(max_length=TITLE, blank=True, help_text="What stands in a month's place.")
    owners = models.ManyToManyField(Owner, through="improvement.Ownership", related_name="actions")
    phase1 = models.CharField(max_length=30, default=Status.UNKNOWN)
    phase2 = models.CharField(max_length=30, default=Status.UNKNOWN)
    waits = models.CharField(
        max_length=12, blank=True, help_text="For what of the other party; empty: nothing."
    )
    asked_by = models.CharField(
        max_length=12,
        blank=True,
        help_text="The party that asked last for an answer: the other one gives it.",
    )
    outcome = models.CharField(max_length=12, default=Outcome.OPEN)
    version = models.PositiveIntegerField(default=0)
    added_on = models.DateField(null=True, blank=True, help_text="Empty: it stands in the plan as printed.")
    place = models.CharField(max_length=TITLE, blank=True)
    note = models.TextField(blank=True, max_length=WORDS)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number"],
                name="action_has_its_own_number",
                violation_error_message="The recommendation has an action of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(title=""), name="action_has_number_and_title"
            ),
            models.CheckConstraint(
                condition=Q(phase1__in=STATUSES, phase2__in=STATUSES), name="action_has_known_statuses"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(Outcome)), name="action_has_a_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(waits="") | Q(waits__in=sorted(Waits), outcome="open") & ~Q(phase2="completed"),
                name="action_waits_for_what_is_not_settled",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(first_target__isnull=True), name="action_keeps_a_target"
            ),
            first_of_month("first_target", name="action_first_target_is_a_month"),
            first_of_month("target", name="action_target_is_a_month"),
            at_most(WORDS, "wording", name="action_wording_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.code}.{self.number}"

    @property
    def row_code(self) -> str:
        """The reference that names its row."""
        return self.recommendation.code

    @property
    def target_month(self) -> Month | None:
        return Month.of(self.target) if self.target else None


class Ownership(models.Model):
    """Whose an action is, in the order in which the plan names them."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="ownerships")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="ownerships")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["action_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "owner"], name="ownership_is_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} of {self.action}"
