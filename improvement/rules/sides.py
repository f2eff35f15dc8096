"""Whose an action is, and who confirms what became of it.

Who confirms Phase 2 is chosen (domain.md section 4): the council for what the Trust and partners do, the Trust for what
the council does itself.
"""

from __future__ import annotations

from collections.abc import Collection

COUNCIL = "council"
COMMISSIONER, PROVIDER = "commissioner", "provider"


def confirming_party(sides: Collection[str]) -> str:
    """The party that confirms an action of owners on these sides. An action that nobody owns counts as the Trust's.

    One that council and Trust own together is confirmed by the council, which only where it stands alone would be
    confirming its own work.
    """
    return PROVIDER if sides and set(sides) == {COUNCIL} else COMMISSIONER
