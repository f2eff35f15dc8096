"""Which kinds of notices a person wants by e-mail."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from audit.services import record
from kpis.models import Notice, NoticeChoice
from parties.access import Reader
from parties.models import User

Kind = Notice.Kind

# What each party is told about, in the order in which pages list it.
TRUST_KINDS = (Kind.DUE, Kind.OVERDUE, Kind.QUERIED, Kind.ACCEPTED)
COUNCIL_KINDS = (Kind.DUE, Kind.OVERDUE, Kind.ANSWERED)


def kinds_for(reader: Reader) -> list[Kind]:
    """The kinds of notices that can reach the reader in their roles."""
    kinds = [*(TRUST_KINDS if reader.may("query.answer") else ())]
    kinds += COUNCIL_KINDS if reader.may("figure.answer") else ()
    return [kind for kind in Kind if kind in kinds]


@transaction.atomic
def choose_mail(*, reader: Reader, wanted: Collection[str]) -> bool:
    """From now on mail only these of the reader's kinds; whether that changed anything.

    Notices that wait already go as it was chosen when they arose.
    """
    User.objects.select_for_update().get(pk=reader.user.pk)
    kinds = kinds_for(reader)
    before = set(NoticeChoice.objects.filter(user=reader.user, kind__in=kinds).values_list("kind", flat=True))
    unwanted = {kind.value for kind in kinds if kind not in wanted}
    if before == unwanted:
        return False
    NoticeChoice.objects.filter(user=reader.user, kind__in=before - unwanted).delete()
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=reader.user, kind=kind) for kind in sorted(unwanted - before)]
    )
    record(
        by=reader.user,
        action="notices.chosen",
        subject=reader.user,
        contract=reader.contract.code,
        summary=f"{reader.user.username} chose what to be told by e-mail: {_in_words(kinds, unwanted)}.",
        changes={"not_by_mail": [sorted(before), sorted(unwanted)]},
    )
    return True


def _in_words(kinds: Collection[Kind], unwanted: Collection[str]) -> str:
    wanted = [kind.label.lower() for kind in kinds if kind not in unwanted]
    return ", ".join(wanted) or "nothing"
