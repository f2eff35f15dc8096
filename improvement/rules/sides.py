"""Whose an action is, and who confirms what became of it.

Who confirms Phase 2 is chosen (domain.md section 4): the council for what the Trust and partners do, the Trust for what
the council does itself. Nobody confirms what their own side alone owns, whoever asked. Of what several sides own, or a
partner does, the party that didn't ask answers: nobody confirms what their own side says.
"""

from __future__ import annotations

from collections.abc import Collection

COMMISSIONER, PROVIDER = "commissioner", "provider"
# The party that stands on a side; partners stand on sides of their own.
PARTIES = {"council": COMMISSIONER, "trust": PROVIDER}


def owning_party(sides: Collection[str]) -> str:
    """The party whose side alone owns the action; empty where that isn't so."""
    alone = set(sides)
    return PARTIES.get(alone.pop(), "") if len(alone) == 1 else ""


def answering_party(asked_by: str) -> str:
    """The party that answers what the other one, or a partner, asked."""
    return PROVIDER if asked_by == COMMISSIONER else COMMISSIONER


def confirming_party(sides: Collection[str], asked_by: str = "") -> str:
    """The party that confirms an action of owners on these sides: by whose it is, else by who asked last.

    An action that nobody owns counts as the Trust's until somebody asks.
    """
    return answering_party(owning_party(sides) or asked_by)
