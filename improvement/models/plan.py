"""A plan and what it is divided into: priorities, recommendations, and the references by which people know them."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.fields import at_most, first_of_month
from core.values.months import Month
from improvement.rules.dates import months_before
from parties.models import Contract, Organisation
from parties.participants import COMMISSIONER, PROVIDER, Participant

TITLE = 200
WORDS = 2000


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, participant: Participant) -> PlanQuerySet:
        """The plans of the person's contract, older ones too."""
        if not participant.may("plan.view"):
            return self.none()
        return self.filter(contract=participant.contract)


class Plan(models.Model):
    """A plan of one contract: an improvement plan, or the recommendations of somebody else.

    ``about`` holds what is only read: document control, approach, governance, in the shape of improvement.plans.files.
    What has an order is a list there: not every database keeps the order of an object's names.
    """

    class Cadence(models.TextChoices):
        MONTH = "month", "month"
        WEEK = "week", "week"

    class Kind(models.TextChoices):
        IMPROVEMENT = "improvement", "Improvement plan"
        ELSEWHERE = "elsewhere", "Recommendations from elsewhere"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.IMPROVEMENT)
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=TITLE)
    starts_on = models.DateField(help_text="First day of its first month.")
    ends_on = models.DateField(help_text="First day of its last month.")
    cadence_every = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: not said.")
    cadence_unit = models.CharField(max_length=10, choices=Cadence, blank=True)
    owner = models.CharField(max_length=TITLE, blank=True, help_text="Who answers for the plan, by role.")
    kept_by = models.CharField(
        max_length=12,
        default=PROVIDER,
        help_text="The party that writes it: what it asks, and what it states.",
    )
    impact_within_months = models.PositiveSmallIntegerField(
        default=6, help_text="So long after an action was done its impact may take to move (chosen)."
    )
    many_moves = models.PositiveSmallIntegerField(
        default=3, help_text="A target that moved so often is told (chosen)."
    )
    document = models.CharField(max_length=TITLE, blank=True)
    place = models.CharField(max_length=TITLE, blank=True)
    about = models.JSONField(default=dict)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["contract_id", "-starts_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "code"],
                name="plan_has_its_own_code",
                violation_error_message="The contract has a plan of this code already.",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name="") & Q(kind__in=["improvement", "elsewhere"]),
                name="plan_has_names_and_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kept_by__in=[COMMISSIONER, PROVIDER]), name="plan_is_kept_by_a_party"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cadence_every__gte=1, cadence_unit__in=["month", "week"])
                | Q(cadence_every__isnull=True, cadence_unit=""),
                name="plan_says_how_often_it_is_reviewed",
            ),
            first_of_month("starts_on", name="plan_starts_on_a_first"),
            first_of_month("ends_on", name="plan_ends_in_a_month"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def months(self) -> tuple[Month, Month]:
        """Its first and its last month."""
        return Month.of(self.starts_on), Month.of(self.ends_on)

    def last_review_before(self, day: date) -> date | None:
        """The day since which the plan asks for a word of each action.

        None where it doesn't say how often, doesn't run on the day, or began later than that.
        """
        if self.cadence_every is None or not self.runs_on(day):
            return None
        if self.cadence_unit == self.Cadence.WEEK:
            since = day - timedelta(weeks=self.cadence_every)
        else:
            since = months_before(day, self.cadence_every)
        return since if since >= self.starts_on else None

    def runs_on(self, day: date) -> bool:
        first, last = self.months
        return first <= Month.of(day) <= last


class Priority(models.Model):
    """``why``, ``what``, ``how`` and ``good`` are the plan's own headings; lists of sentences."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TITLE)
    group = models.CharField(max_length=TITLE, blank=True)
    lead = models.CharField(max_length=TITLE, blank=True)
    why = models.TextField(blank=True, max_length=WORDS)
    what = models.JSONField(default=list)
    how = models.JSONField(default=list)
    good = models.JSONField(default=list)
    about = models.JSONField(default=dict, help_text="Whatever else the plan says of it.")
    place = models.CharField(max_length=TITLE, blank=True)

    class Meta:
        ordering = ["plan_id", "number"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="priority_has_its_own_number",
                violation_error_message="The plan has a priority of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(name=""), name="priority_has_number_and_name"
            ),
        ]

    def __str__(self) -> str:
        return f"Priority {self.number}, {self.name}"


class Block(models.Model):
    """A part of the overview as people know it: most often a whole priority."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TITLE)

    class Meta:
        ordering = ["priority_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["priority", "position"], name="block_has_its_own_position"),
            models.CheckConstraint(condition=~Q(name=""), name="block_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Recommendation(models.Model):
    """One row of a priority's table. Several references may share it."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="recommendations")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, help_text="The reference that names the row: OR1.")
    title = models.CharField(max_length=TITLE)
    wording = models.TextField(blank=True, max_length=WORDS)
    success = models.JSONField(default=list)
    added_on = models.DateField(null=True, blank=True, help_text="Empty: it stands in the plan as printed.")
    note = models.TextField(blank=True, max_length=WORDS)

    class Meta:
        ordering = ["priority_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["priority", "position"], name="recommendation_has_its_own_position"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(code=""), name="recommendation_has_code_and_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reference(models.Model):
    """A code by which a recommendation is known, such as OR1, with where it comes from.

    One may share its row with others, stand in no row (C5, O16), or be left out of the overview: no block then.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="references")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=TITLE)
    origin = models.CharField(max_length=TITLE, blank=True)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="references"
    )
    in_row = models.PositiveSmallIntegerField(
        default=0, help_text="Its place among those of its row; 0 names the row."
    )
    block = models.ForeignKey(
        Block, on_delete=models.PROTECT, null=True, blank=True, related_name="references"
    )
    in_block = models.PositiveSmallIntegerField(default=0)
    aliases = models.JSONField(default=list, help_text="Other ways in which the document prints it.")
    note = models.TextField(blank=True, max_length=WORDS)

    class Meta:
        ordering = ["plan_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="reference_has_its_own_code",
                violation_error_message="The plan has this reference already.",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="reference_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Owner(models.Model):
    """Who answers for actions, by role: on whose side they stand, and who writes for them here.

    Without an organisation nobody of theirs has an account: somebody of the plan's keeper writes for them, and says so.
    """

    class Side(models.TextChoices):
        TRUST = "trust", "Trust"
        COUNCIL = "council", "Council"
        POLICE = "police", "Police"
        HEALTH = "health", "Health"
        SAFEGUARDING = "safeguarding_partnership", "Safeguarding partnership"
        OTHER = "other", "Other partner"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="owners")
    role = models.CharField(max_length=TITLE)
    side = models.CharField(max_length=30, choices=Side)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan_id", "role"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "role"], name="owner_stands_once_in_a_plan"),
            models.CheckConstraint(
                condition=~Q(role="")
                & Q(side__in=["trust", "council", "police", "health", "safeguarding_partnership", "other"]),
                name="owner_has_role_and_side",
            ),
            at_most(TITLE, "role", name="owner_role_has_its_length"),
        ]

    def __str__(self) -> str:
        return self.role
