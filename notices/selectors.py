"""What a person was told, and what they chose to be told by e-mail."""

from __future__ import annotations

from notices.models import Notice, NoticeChoice
from parties.participants import Participant

LATEST = 100


def latest_notices(participant: Participant) -> list[Notice]:
    """The person's own latest notices about the contract, newest first, each with its digest. One query."""
    return list(Notice.objects.visible_to(participant).select_related("digest")[:LATEST])


def unwanted_by_mail(participant: Participant) -> set[str]:
    """The kinds that the person doesn't want by e-mail. One query."""
    return set(NoticeChoice.objects.filter(user=participant.user).values_list("kind", flat=True))
