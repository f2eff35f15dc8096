"""Files that were handed in, as the Trust sees them; what is in them stays in the database."""

from __future__ import annotations

from django.http import Http404

from kpis.models import Upload
from parties.access import Reader

RECENT = 10


def upload_of(reader: Reader, upload_id: int) -> Upload:
    """One file without its content. Http404 for one that isn't the reader's. One query."""
    found = Upload.objects.visible_to(reader).filter(pk=upload_id).defer("content").first()
    if found is None:
        raise Http404("No such file was handed in for this contract.")
    return found


def recent_uploads(reader: Reader) -> list[Upload]:
    """The files handed in last, newest first, without what is in them. One query."""
    rows = (
        Upload.objects.visible_to(reader)
        .defer("content", "changes", "problems")
        .order_by("-uploaded_at", "-pk")
    )
    return list(rows[:RECENT])
