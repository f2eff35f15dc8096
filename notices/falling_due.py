"""Tells whoever owes something that its day is near, or that it is past; each of them once.

Run as often as one likes: a notice that is there already is not written again, and what a stopped worker missed is told
as long as it is still true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from notices.creating import create_notices
from notices.kinds import DUE, OVERDUE, Owed, everything_owed
from notices.models import Notice
from parties.models import Contract, User
from parties.selectors import people_who_may


def tell_what_falls_due(*, today: date) -> int:
    """Write the notices that today's deadlines ask for, and say how many this very run wrote.

    Three queries beside those of the apps where nobody is to be told anything new, however many contracts there are.
    """
    contracts = list(Contract.objects.select_related("commissioner", "provider").order_by("pk"))
    found = everything_owed(contracts, today)
    new = _people_not_told_yet([deadline for _, owed in found for deadline in owed])
    written = 0
    for source, owed in found:
        untold = [deadline for deadline in owed if (deadline.kind, deadline.key) in new]
        written += sum(_tell(owes, new[owes.kind, owes.key]) for owes in source.in_full(untold))
    return written


@transaction.atomic
def _tell(deadline: Owed, people: Sequence[User]) -> int:
    """Tell one thing to whoever was not told it meanwhile, and say to how many.

    Who tells it at the same moment waits for the contract's row, and then finds what was written.
    """
    Contract.objects.select_for_update(no_key=True).get(pk=deadline.contract.pk)
    told = Notice.objects.filter(user__in=people, kind=deadline.kind, key=deadline.key)
    told_by_another = set(told.values_list("user_id", flat=True))
    untold = [person for person in people if person.pk not in told_by_another]
    create_notices(
        people=untold,
        contract=deadline.contract,
        kind=deadline.kind,
        key=deadline.key,
        words=deadline.words,
        path=deadline.path,
    )
    return len(untold)


def _people_not_told_yet(owed: Sequence[Owed]) -> dict[tuple[str, str], list[User]]:
    """By kind and key the people to whom a deadline is new; nothing where it is to nobody. Two queries."""
    people = people_who_may(deadline.audience for deadline in owed)
    told = set(
        Notice.objects.filter(
            user__in={person.pk for may_be_told in people.values() for person in may_be_told},
            kind__in=[DUE, OVERDUE],
            key__in={deadline.key for deadline in owed},
        ).values_list("user_id", "kind", "key")
    )
    found = {
        (deadline.kind, deadline.key): [
            person
            for person in people[deadline.audience]
            if (person.pk, deadline.kind, deadline.key) not in told
        ]
        for deadline in owed
    }
    return {what: untold for what, untold in found.items() if untold}
