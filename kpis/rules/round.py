"""The round between Trust and council as one table: from where a figure stands, each act that is allowed leads on.

Services refuse what isn't in the table, and pages offer only what is.
"""

from __future__ import annotations

from kpis.rules.words import ACCEPTED, DISPUTED, QUERIED, SUBMITTED

# A figure that counts as accepted without the council's answer: it was printed, or made up, before the round.
OUTSIDE = "outside"
OPEN = (SUBMITTED, QUERIED, DISPUTED)

QUERY, REOPEN, ACCEPT, WITHDRAW = "query", "reopen", "accept", "withdraw"
EXPLAIN, DISPUTE, RETURN = "explain", "dispute", "return"
# A published, derived or illustrative figure is entered.
PRINT = "print"

AFTER: dict[tuple[str, str], str] = {
    # The council. A second query stands in the place of the first; who accepts over a query withdraws it.
    (SUBMITTED, QUERY): QUERIED,
    (QUERIED, QUERY): QUERIED,
    (DISPUTED, QUERY): QUERIED,
    (ACCEPTED, REOPEN): QUERIED,
    (SUBMITTED, ACCEPT): ACCEPTED,
    (DISPUTED, ACCEPT): ACCEPTED,
    (QUERIED, WITHDRAW): ACCEPTED,
    # The Trust. A revision is waiting for the council again, whatever came before it.
    (QUERIED, EXPLAIN): SUBMITTED,
    (QUERIED, DISPUTE): DISPUTED,
    (SUBMITTED, RETURN): SUBMITTED,
    (QUERIED, RETURN): SUBMITTED,
    (DISPUTED, RETURN): SUBMITTED,
    (ACCEPTED, RETURN): SUBMITTED,
    (OUTSIDE, RETURN): SUBMITTED,
    # What was printed settles nothing that is open between the parties.
    (ACCEPTED, PRINT): OUTSIDE,
    (OUTSIDE, PRINT): OUTSIDE,
}


def after(where: str, act: str) -> str | None:
    """Where the act leads from there; None where it isn't allowed."""
    return AFTER.get((where, act))


def allowed(where: str) -> frozenset[str]:
    """The acts that are allowed from there, of either party."""
    return frozenset(act for place, act in AFTER if place == where)
