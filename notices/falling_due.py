"""Tells whoever owes something that its day is near, or that it is past; each of them once.

Run as often as one likes: a notice that is there already is not written again, and what a stopped worker missed is told
as long as it is still true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from notices.creating import create_notices
from notices.kinds import DUE, OVERDUE, Owed, everything_owed
from notices.models import Notice
from parties.models import Contract, User
from parties.selectors import people_who_may


def tell_what_falls_due(*, today: date) -> int:
    """Write the notices that today's deadlines ask for, and say how many were new.

    Three queries beside those of the apps where nobody is to be told anything new, however many contracts there are.
    """
    contracts = list(Contract.objects.select_related("commissioner", "provider").order_by("pk"))
    found = everything_owed(contracts, today)
    new = _people_not_told_yet([one for _, owed in found for one in owed])
    for source, owed in found:
        for one in source.in_full([one for one in owed if (one.kind, one.key) in new]):
            create_notices(
                people=new[one.kind, one.key],
                contract=one.contract,
                kind=one.kind,
                key=one.key,
                words=one.words,
                path=one.path,
            )
    return sum(len(people) for people in new.values())


def _people_not_told_yet(owed: Sequence[Owed]) -> dict[tuple[str, str], list[User]]:
    """By kind and key those to whom a thing is new; nothing where it is to nobody. Two queries."""
    people = people_who_may((one.permission, one.contract) for one in owed)
    told = set(
        Notice.objects.filter(
            user__in={person.pk for those in people.values() for person in those},
            kind__in=[DUE, OVERDUE],
            key__in={one.key for one in owed},
        ).values_list("user_id", "kind", "key")
    )
    found = {
        (one.kind, one.key): [
            person
            for person in people[one.permission, one.contract.pk]
            if (person.pk, one.kind, one.key) not in told
        ]
        for one in owed
    }
    return {what: those for what, those in found.items() if those}
