"""Whose an action is, and who confirms what became of it.

Who confirms Phase 2 is chosen (domain.md section 4): the council for what the Trust and partners do, the Trust for what
the council does itself. Once somebody asked, the party that didn't ask answers: nobody confirms what their own
side says.
"""

from __future__ import annotations

from collections.abc import Collection

COUNCIL = "council"
COMMISSIONER, PROVIDER = "commissioner", "provider"


def answering_party(asked_by: str) -> str:
    """The party that answers what the other one, or a partner, asked."""
    return PROVIDER if asked_by == COMMISSIONER else COMMISSIONER


def confirming_party(sides: Collection[str], asked_by: str = "") -> str:
    """The party that confirms an action of owners on these sides: by who asked last, before that by whose it is.

    An action that nobody owns counts as the Trust's.
    """
    if asked_by:
        return answering_party(asked_by)
    return PROVIDER if sides and set(sides) == {COUNCIL} else COMMISSIONER
