"""What people do about a file that can't be read as it is: answer what it asks, or put pasted rows right."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q

from audit.services import record
from core import clock
from parties.participants import Participant
from uploads.committing import locked, withdraw
from uploads.handlers import handler_named
from uploads.models import Upload
from uploads.receiving import HandedIn, begin_anew, receive, wake_reading
from uploads.refusals import UploadRefused

State = Upload.State
BECAME = {
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "dropped, because nobody settled them,",
    State.TAKEN: "saved",
}


@transaction.atomic
def answer(*, by: Participant, upload_id: int, chosen: str) -> None:
    """Keep the answer to what the file asks, and have it read so. UploadRefused where it asks nothing, or not that."""
    upload = locked(by, upload_id)
    if upload.state != State.ASKED:
        raise UploadRefused("This file doesn’t ask anything any more.")
    if chosen not in [choice["value"] for choice in upload.question["choices"]]:
        raise UploadRefused("Choose one of the answers.")
    about = upload.question["about"]
    begin_anew(upload, uploaded_at=clock.now(), answers={**upload.answers, about: chosen})
    record(
        by=by.user,
        action=f"upload.{upload.handler}.answered",
        subject=upload,
        contract=by.contract.code,
        summary=f"What a {handler_named(upload.handler).what} asked was answered: {about} {chosen}.",
    )
    transaction.on_commit(partial(wake_reading, upload.pk))


@transaction.atomic
def replace_rows(*, by: Participant, upload_id: int, rows: str) -> Upload:
    """Hand the rows in as they are now, in the place of those that were pasted before. Those are withdrawn.

    The same rows sent twice are handed in once. UploadRefused for a file, for rows that somebody has put right or
    withdrawn already, and for too many of them.
    """
    before, given = locked(by, upload_id), HandedIn.rows(rows)
    if not before.pasted:
        raise UploadRefused("Put a file right where it is, and hand it in again.")
    if (sent := before.replaced_by) and sent.uploaded_by == by.user and bytes(sent.content) == given.content:
        return sent
    if before.state != State.FAULTY:
        raise UploadRefused(_too_late(before, by))
    withdraw(by=by, upload_id=upload_id)
    handler = handler_named(before.handler)
    anew = receive(by=by, handler=handler, given=given, given_for=before.given_for)
    # Whoever looks at rows that were put right several times is led to the last of them.
    Upload.objects.filter(Q(pk=before.pk) | Q(replaced_by=before)).update(replaced_by=anew)
    return anew


def _too_late(before: Upload, by: Participant) -> str:
    kept = "Yours are kept below and were not handed in"
    if (sent := before.replaced_by) and sent.uploaded_by == by.user:
        return (
            "You put these rows right already: what you typed now is kept below and was not handed in. Look at both"
            " before you hand these in too."
        )
    if sent:
        return f"{sent.uploaded_as} put these rows right first. {kept}: look at both before you hand yours in too."
    return f"These rows were {BECAME.get(State(before.state), 'read')} meanwhile. {kept}."
