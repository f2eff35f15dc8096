"""Tells whoever owes something that its day is near, or that it is past; each of them once.

Run as often as one likes: a notice that is there already is not written again, and what a stopped worker missed is told
as long as it is still true.
"""

from __future__ import annotations

from datetime import date

from kpis.models import Notice
from kpis.services.notices.owing import Owed, what_is_owed, with_earlier_months
from kpis.services.notices.telling import people_of_parties, tell
from parties.models import Contract, User


def tell_what_falls_due(*, today: date) -> int:
    """Write the notices that today's deadlines ask for, and say how many were new.

    Seven queries where nobody is to be told anything new, however many contracts, months and figures there are.
    """
    contracts = list(Contract.objects.select_related("commissioner", "provider").order_by("pk"))
    new = _not_told_yet(what_is_owed(contracts, today))
    told = with_earlier_months([owed for owed, _ in new])
    for owed, people in zip(told, [people for _, people in new], strict=True):
        tell(
            people=people,
            contract=owed.contract,
            kind=owed.kind,
            key=owed.key,
            words=owed.words,
            path=owed.path,
        )
    return sum(len(people) for _, people in new)


def _not_told_yet(owed: list[Owed]) -> list[tuple[Owed, list[User]]]:
    """What is new to somebody, with those to whom it is. Two queries."""
    people = people_of_parties((one.role, one.contract) for one in owed)
    told = set(
        Notice.objects.filter(
            user__in={person.pk for those in people.values() for person in those},
            kind__in=[Notice.Kind.DUE, Notice.Kind.OVERDUE],
            key__in={one.key for one in owed},
        ).values_list("user_id", "kind", "key")
    )
    found = []
    for one in owed:
        those = people[one.role, one.contract.pk]
        found.append((one, [person for person in those if (person.pk, one.kind.value, one.key) not in told]))
    return [(one, those) for one, those in found if those]
