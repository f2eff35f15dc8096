"""What a person was told, and what they chose to be told by e-mail."""

from __future__ import annotations

from kpis.models import Notice, NoticeChoice
from parties.access import Reader

LATEST = 100


def latest_notices(reader: Reader) -> list[Notice]:
    """The reader's own latest notices about the contract, newest first, each with its digest. One query."""
    return list(Notice.objects.visible_to(reader).select_related("digest")[:LATEST])


def unwanted_by_mail(reader: Reader) -> set[str]:
    """The kinds that the reader doesn't want by e-mail. One query."""
    return set(NoticeChoice.objects.filter(user=reader.user).values_list("kind", flat=True))
