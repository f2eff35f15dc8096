"""What templates ask of a plan and its reader: ``{% if request.participant|keeps:plan %}``."""

from __future__ import annotations

from django.template import Library

from improvement.models import Plan
from improvement.plans import selectors
from parties.participants import Participant

register = Library()


@register.filter
def keeps(participant: Participant, plan: Plan) -> bool:
    """Whether the plan is the person's to write."""
    return selectors.keeps(participant, plan)


@register.filter
def may(participant: Participant, permission: str) -> bool:
    return participant.may(permission)
