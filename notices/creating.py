"""Writes notices, in the transaction of what they tell.

A notice says what it is about, who acted and by when, and leads to the page. It never says a figure, nor words that a
person typed, because figures may stand in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from notices.kinds import kinds
from notices.models import Notice, NoticeChoice
from parties.models import Contract, User
from parties.selectors import Audience, people_who_may


def create_notices(
    *, people: Sequence[User], contract: Contract, kind: str, key: str, words: str, path: str
) -> None:
    """One notice for each of the people; for those who have it already, nothing. KeyError for a kind unheard of."""
    declared_kind = kinds()[kind].name
    unwanted = NoticeChoice.objects.filter(kind=declared_kind, user__in=people)
    no_mail = set(unwanted.values_list("user_id", flat=True))
    Notice.objects.bulk_create(
        [
            Notice(
                user=person,
                contract=contract,
                kind=declared_kind,
                key=key,
                words=words,
                path=path,
                by_mail=person.pk not in no_mail,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def notify_others(*, by: User | None, audience: Audience, kind: str, key: str, words: str, path: str) -> None:
    """All of the audience but for the one who acts; None: the program does."""
    people = people_who_may([audience])[audience]
    recipients = [person for person in people if by is None or person.pk != by.pk]
    create_notices(people=recipients, contract=audience.contract, kind=kind, key=key, words=words, path=path)
