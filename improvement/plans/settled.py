"""What of an action stays: its words and its owners, where the other party was asked about it or has answered."""

from __future__ import annotations

from improvement.models import Action
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status


def why_it_stays(action: Action) -> str:
    """The reason, to stand behind the action's name; empty where words and owners may change. No query."""
    if action.waits:
        return "waits for an answer to what it says now, and its owners decide who gives it. Change it afterwards."
    if action.outcome != Outcome.OPEN:
        return "has ended. What was agreed stays as it reads."
    if action.phase2 == Status.COMPLETED:
        return "is completed in Phase 2. What was confirmed stays as it reads."
    return ""
