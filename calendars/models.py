"""Meetings at which the contract is spoken about, and the secret address of a person's calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models

from core import clock
from core.values.months import REACH, taken
from parties.models.contract import Contract
from parties.models.person import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


# Chosen: no document says how long a board meets.
AS_LONG_AS_USUAL = timedelta(hours=2)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User | AnonymousUser) -> MeetingQuerySet:
        """The meetings of the contracts that the person sees."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


class Meeting(models.Model):
    """One meeting of one of the contract's boards."""

    class Board(models.TextChoices):
        OPERATIONAL = "operational", "Operational Partnership Board"
        STRATEGIC = "strategic", "Strategic Partnership Board"
        IMPROVEMENT = "improvement", "Improvement Board"
        SCRUTINY = "scrutiny", "Children’s Services and Education Scrutiny Board"
        CABINET = "cabinet", "Cabinet"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="meetings")
    board = models.CharField(max_length=12, choices=Board)
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True, help_text="Empty where it isn't fixed yet.")
    ends_at = models.TimeField(
        null=True, blank=True, help_text="Two hours after it starts, where you leave it empty."
    )
    place = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="What it is about, in a few words.")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts_at"]
        # The calendar reads a contract's meetings from a day on.
        indexes = [models.Index(fields=["contract", "day"], name="meeting_of_contract_by_day")]
        constraints = [
            models.UniqueConstraint(
                "contract",
                "board",
                "day",
                name="meeting_once_a_day",
                violation_error_message="This board meets on that day already.",
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=models.Q(starts_at=None, ends_at=None)
                | models.Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="meeting_of_a_known_board",
                condition=models.Q(
                    board__in=["operational", "strategic", "improvement", "scrutiny", "cabinet"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_board_display()}, {self.day:%Y-%m-%d}"

    def clean(self) -> None:
        """An end that was left empty is the usual one. One without a start is asked about."""
        if self.day and not taken(self.day):
            raise ValidationError({"day": f"This day is out of reach: {REACH}."})
        if self.starts_at is None and self.ends_at is not None:
            raise ValidationError({"ends_at": "Say when it starts too, or leave the end empty."})
        if self.starts_at is not None:
            self.ends_at = self.ends_at or usual_end(self.starts_at)
            if self.ends_at <= self.starts_at:
                raise ValidationError({"ends_at": "A meeting ends after it starts, on the same day."})


def usual_end(starts_at: time) -> time:
    """The usual time after the start; the last minute of the day where that would be the next one."""
    ends = datetime.combine(date.min, starts_at) + AS_LONG_AS_USUAL
    return ends.time() if ends.date() == date.min else time(23, 59)


class CalendarLink(models.Model):
    """The secret behind a person's calendar feed, as a hash: whoever holds the address reads what the person may."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="calendar_link")
    digest = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the secret; the secret isn't kept."
    )
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
