"""Files that were handed in, as the Trust sees them; what is in them stays in the database."""

from __future__ import annotations

from django.http import Http404

from parties.participants import Participant
from uploads.handlers import UploadHandler
from uploads.models import Upload

RECENT = 10


def upload_of(participant: Participant, upload_id: int) -> Upload:
    """One file without its content. Http404 for one that isn't the person's. One query."""
    found = Upload.objects.visible_to(participant).filter(pk=upload_id).defer("content").first()
    if found is None:
        raise Http404("No such file was handed in for this contract.")
    return found


def rows_of(participant: Participant, upload_id: int) -> str:
    """The text of rows that were pasted and are not settled; empty for a file. One query."""
    pasted = Upload.objects.visible_to(participant).filter(pk=upload_id, pasted=True)
    return bytes(pasted.values_list("content", flat=True).first() or b"").decode()


def recent_uploads(participant: Participant, handler: UploadHandler) -> list[Upload]:
    """The files of a kind handed in last, newest first, without what is in them. One query."""
    rows = (
        Upload.objects.visible_to(participant)
        .filter(handler=handler.name)
        .defer("content", "changes", "problems", "question")
        .order_by("-pk")
    )
    return list(rows[:RECENT])
