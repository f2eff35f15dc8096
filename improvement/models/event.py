"""What happened to an action, and what was stated of a recommendation. Written once; the database keeps it so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import NAME, at_most, first_of_month
from improvement.models.action import STATUSES, Action
from improvement.models.plan import TITLE, WORDS, Reference
from improvement.rules.status import Status
from parties.participants import COMMISSIONER, PARTNER, PROVIDER, Participant

PHASES = [1, 2]


class Provenance(models.TextChoices):
    PUBLISHED = "published", "Published"
    RETURNED = "returned", "Entered here"
    ILLUSTRATIVE = "illustrative", "Illustrative"
    NOTICED = "noticed", "Noticed by the program"


class Kind(models.TextChoices):
    """What happened. Only ``CONFIRMED`` completes Phase 2; ``ASKED_ANEW`` takes that back."""

    STATUS = "status", "Status"
    MOVED = "moved", "Target moved"
    ASKED = "asked", "Confirmation asked for"
    SENT_BACK = "sent_back", "Sent back"
    CONFIRMED = "confirmed", "Confirmed"
    ASKED_ANEW = "asked_anew", "Confirmation asked for anew"
    PROPOSED = "proposed", "Proposed to end"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"
    CRITERIA = "criteria", "Exit criteria agreed"
    EVIDENCE = "evidence", "Evidence added"
    SAID = "said", "Comment"


# What whoever answers for an action says of it.
OWN_WORDS = (Kind.STATUS, Kind.MOVED, Kind.EVIDENCE, Kind.ASKED, Kind.PROPOSED)


# What one party asks of the other, and what that one answers.
BETWEEN_PARTIES = sorted(
    {Kind.ASKED, Kind.PROPOSED, Kind.SENT_BACK, Kind.CONFIRMED, Kind.DECLINED, Kind.ENDED}
)
WITH_WORDS = sorted({*Kind} - {Kind.STATUS, Kind.MOVED, Kind.ENDED})


class Written(models.Model):
    """Who wrote a row, when, for which party, and where it comes from.

    ``day`` is the day from which it counts. Nobody took what a document says: then only ``taken_as`` says whose it is.
    """

    day = models.DateField()
    provenance = models.CharField(max_length=12, choices=Provenance, default=Provenance.RETURNED)
    party = models.CharField(max_length=12, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_as = models.CharField(max_length=NAME)
    on_behalf_of = models.CharField(max_length=TITLE, blank=True)
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


def written_by_somebody(name: str) -> models.CheckConstraint:
    """What was entered here was entered by a person of a party; what is published or noticed, by nobody."""
    return models.CheckConstraint(
        name=name,
        condition=Q(provenance__in=["published", "noticed"], taken_by__isnull=True, party="")
        | Q(provenance="illustrative")
        | Q(provenance="returned", taken_by__isnull=False, party__in=[COMMISSIONER, PROVIDER, PARTNER]),
    )


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, participant: Participant) -> EventQuerySet:
        if not participant.may("plan.view"):
            return self.none()
        return self.filter(action__recommendation__priority__plan__contract=participant.contract)


class Event(Written):
    """One thing that happened to an action. ``words`` are its reason, its comment, or what is different now."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(help_text="Runs without a gap within the action.")
    kind = models.CharField(max_length=12, choices=Kind)
    phase = models.PositiveSmallIntegerField(null=True, blank=True)
    was = models.CharField(max_length=30, blank=True)
    now = models.CharField(max_length=30, blank=True)
    words = models.TextField(blank=True, max_length=WORDS)
    risk = models.TextField(blank=True, max_length=WORDS)
    mitigation = models.TextField(blank=True, max_length=WORDS, help_text="Empty: there is none.")
    risk_owner = models.CharField(max_length=TITLE, blank=True)
    target_was = models.DateField(null=True, blank=True)
    target_now = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=TITLE, blank=True)
    superseded_by = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["action_id", "number"]
        indexes = [
            # Where everything stood on a day: the overview as at that day, and lists of what is past its target.
            models.Index(fields=["kind", "phase", "day"], name="event_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="event_has_its_own_number"),
            written_by_somebody("event_is_written_by_somebody"),
            models.CheckConstraint(
                name="event_of_a_status_says_which",
                condition=~Q(kind="status")
                | Q(phase__in=PHASES, was__in=STATUSES, now__in=STATUSES) & ~Q(now="unknown"),
            ),
            models.CheckConstraint(
                name="event_completes_phase_2_by_confirmation_alone",
                condition=~Q(kind="status", phase=2, now=Status.COMPLETED),
            ),
            models.CheckConstraint(
                name="event_not_on_track_names_its_risk",
                condition=Q(provenance="published")
                | ~Q(kind="status", now__in=[Status.MITIGATED, Status.DELAYED])
                | ~Q(risk="") & ~Q(risk_owner=""),
            ),
            models.CheckConstraint(
                name="event_with_mitigations_names_one",
                condition=Q(provenance="published")
                | ~Q(kind="status", now=Status.MITIGATED)
                | ~Q(mitigation=""),
            ),
            models.CheckConstraint(
                name="event_that_moves_a_target_says_why",
                condition=~Q(kind="moved") | Q(target_now__isnull=False) & ~Q(words="") & ~Q(agreed_by=""),
            ),
            models.CheckConstraint(
                name="event_of_criteria_says_who_agreed", condition=~Q(kind="criteria") | ~Q(agreed_by="")
            ),
            # Marked as illustrative or not: what one party asks of the other, and its answer, are somebody's.
            models.CheckConstraint(
                name="event_between_the_parties_is_somebodys",
                condition=~Q(kind__in=BETWEEN_PARTIES) | Q(taken_by__isnull=False) & ~Q(party=""),
            ),
            # What the program notices by itself is that a confirmation no longer stands on anything.
            models.CheckConstraint(
                name="event_that_is_noticed_asks_anew",
                condition=~Q(provenance="noticed") | Q(kind="asked_anew"),
            ),
            models.CheckConstraint(
                name="event_gives_its_words",
                condition=~Q(kind__in=WITH_WORDS) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="event_that_ends_says_how",
                condition=~Q(kind__in=["proposed", "ended"])
                | Q(now="closed", superseded_by__isnull=True)
                | Q(now="superseded", superseded_by__isnull=False),
            ),
            first_of_month("target_was", name="event_target_was_a_month"),
            first_of_month("target_now", name="event_target_is_a_month"),
            at_most(WORDS, "words", "risk", "mitigation", name="event_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"


class Statement(Written):
    """The status that was stated of a reference in one phase, beside the one that its actions came to on that day.

    The overview shows the latest; the first ones are those printed. One that differs from what the actions come to
    carries its reason, where that was known.
    """

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="statements")
    phase = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=30)
    computed = models.CharField(max_length=30)
    words = models.TextField(blank=True, max_length=WORDS)

    class Meta:
        ordering = ["reference_id", "phase", "pk"]
        indexes = [models.Index(fields=["day"], name="statement_by_day")]
        constraints = [
            written_by_somebody("statement_is_written_by_somebody"),
            models.CheckConstraint(
                name="statement_is_of_a_phase",
                condition=Q(phase__in=PHASES, status__in=STATUSES, computed__in=STATUSES),
            ),
            models.CheckConstraint(
                name="statement_that_differs_says_why",
                condition=Q(status=models.F("computed")) | Q(computed="unknown") | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="statement_completes_phase_2_as_the_actions_do",
                condition=~Q(provenance="returned", phase=2, status="completed") | Q(computed="completed"),
            ),
            at_most(WORDS, "words", name="statement_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, phase {self.phase}: {self.status}"
