"""Files that were handed in, as the Trust sees them; what is in them stays in the database."""

from __future__ import annotations

from django.http import Http404

from parties.participants import Participant
from uploads.handlers import UploadHandler
from uploads.models import Upload

RECENT = 10
# What is in a file and what was found in it.
HEAVY = ("content", "changes", "problems", "question")


def upload_of(participant: Participant, upload_id: int) -> Upload:
    """One file without its content. Http404 for one that isn't the person's. One query."""
    found = Upload.objects.visible_to(participant).filter(pk=upload_id).defer("content").first()
    if found is None:
        raise Http404("No such file was handed in for this contract.")
    return found


def later_of(participant: Participant, upload: Upload) -> Upload | None:
    """What took the upload's place: its rows as they were put right, or the last file of its name handed in since.

    One query.
    """
    uploads = Upload.objects.visible_to(participant).defer(*HEAVY)
    if upload.pasted:
        return uploads.filter(pk=upload.replaced_by_id).first() if upload.replaced_by_id else None
    alike = uploads.filter(handler=upload.handler, file_name=upload.file_name, pasted=False)
    # The same file sent again is the same upload, handed in anew.
    return alike.filter(uploaded_at__gt=upload.uploaded_at).order_by("uploaded_at", "pk").last()


def rows_of(participant: Participant, upload_id: int) -> str:
    """The text of rows that were pasted and are not settled; empty for a file. One query."""
    pasted = Upload.objects.visible_to(participant).filter(pk=upload_id, pasted=True)
    return bytes(pasted.values_list("content", flat=True).first() or b"").decode()


def recent_uploads(
    participant: Participant, handler: UploadHandler, given_for: str | None = None
) -> list[Upload]:
    """The files of a kind handed in last, newest first, or those for one thing, without what is in them. One query."""
    rows = Upload.objects.visible_to(participant).filter(handler=handler.name).defer(*HEAVY).order_by("-pk")
    if given_for is not None:
        rows = rows.filter(given_for=given_for)
    return list(rows[:RECENT])
