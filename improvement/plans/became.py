"""When an action became completed: the one answer, for every page and every rule that asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from improvement.models import Event
from improvement.models.event import Kind, Provenance
from improvement.rules.status import Status


def became_completed(events: str = "") -> Q:
    """The events by which Phase 1 became completed: to say it again moves no day.

    ``events`` leads to them from the rows that are asked: "events__" from actions.
    """
    said = {"kind": Kind.STATUS, "phase": 1, "now": Status.COMPLETED}
    again = Q(**{f"{events}was": Status.COMPLETED})
    return Q(**{f"{events}{name}": value for name, value in said.items()}) & ~again


def completes(event: Event) -> bool:
    """The same of one event that is at hand."""
    said = (event.kind, event.phase, event.now) == (Kind.STATUS, 1, Status.COMPLETED)
    return said and event.was != Status.COMPLETED


def completes_here(event: Event) -> bool:
    """Whether somebody said so here by this event."""
    return completes(event) and event.provenance != Provenance.PUBLISHED


def completed_here(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of an action's events by which somebody said so here, the latest first; of print nobody knows when."""
    return events.filter(became_completed()).exclude(provenance=Provenance.PUBLISHED).order_by("-number")
