"""The events and statements of which a story is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from improvement.models import Event, Priority, Recommendation, Statement
from improvement.models.event import Kind
from improvement.plans.became import became_completed

# What becomes of an action: done, confirmed or not, later than it was to be, or ended without being done.
BECAME = became_completed() | Q(
    kind__in=[Kind.MOVED, Kind.SENT_BACK, Kind.CONFIRMED, Kind.ASKED_ANEW, Kind.ENDED]
)


@dataclass(frozen=True)
class Happened:
    """What was written up to the end of a day, oldest first; the events of one action stand in their order."""

    events: Sequence[Event]
    statements: Sequence[Statement]


def happened_to_row(row: Recommendation, until: date) -> Happened:
    """Everything of one recommendation. Two queries."""
    events = Event.objects.filter(action__recommendation=row, day__lte=until)
    return _happened(events, Statement.objects.filter(reference__recommendation=row, day__lte=until))


def happened_in_priority(priority: Priority, until: date) -> Happened:
    """What became of the actions of a priority, and how its recommendations were stated. Two queries."""
    events = Event.objects.filter(BECAME, action__recommendation__priority=priority, day__lte=until)
    statements = Statement.objects.filter(reference__recommendation__priority=priority, day__lte=until)
    return _happened(events, statements)


def _happened(events: QuerySet[Event], statements: QuerySet[Statement]) -> Happened:
    return Happened(
        list(
            events.select_related("action__recommendation", "superseded_by__recommendation").order_by(
                "day", "action__recommendation__position", "action__number", "number"
            )
        ),
        list(
            statements.select_related("reference__recommendation").order_by(
                "day", "reference__in_row", "phase", "pk"
            )
        ),
    )
