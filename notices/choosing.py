"""Which kinds of notices a person wants by e-mail."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from audit.services import record
from notices.kinds import NoticeKind, kinds_for
from notices.models import NoticeChoice
from parties.models import User
from parties.participants import Participant


@transaction.atomic
def choose_mail(*, by: Participant, wanted: Collection[str]) -> bool:
    """From now on mail only these of the person's kinds; whether that changed anything.

    Notices that wait already go as it was chosen when they arose.
    """
    User.objects.select_for_update().get(pk=by.user.pk)
    kinds = kinds_for(by)
    before = set(
        NoticeChoice.objects.filter(user=by.user, kind__in=[kind.name for kind in kinds]).values_list(
            "kind", flat=True
        )
    )
    unwanted = {kind.name for kind in kinds if kind.name not in wanted}
    if before == unwanted:
        return False
    NoticeChoice.objects.filter(user=by.user, kind__in=before - unwanted).delete()
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=by.user, kind=kind) for kind in sorted(unwanted - before)]
    )
    record(
        by=by.user,
        action="notices.chosen",
        subject=by.user,
        contract=by.contract.code,
        summary=f"{by.user.username} chose what to be told by e-mail: {_in_words(kinds, unwanted)}.",
        changes={"not_by_mail": [sorted(before), sorted(unwanted)]},
    )
    return True


def _in_words(kinds: Collection[NoticeKind], unwanted: Collection[str]) -> str:
    wanted = [kind.label.lower() for kind in kinds if kind.name not in unwanted]
    return ", ".join(wanted) or "nothing"
