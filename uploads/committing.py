"""Act two: saves all changes of a file, or withdraws it. Either way its content goes."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404

from audit.services import record
from core import clock
from parties.participants import Participant
from uploads.handlers import CHANGED, NEW, handler_named, what_it_is
from uploads.models import Upload
from uploads.receiving import EMPTY, begin_anew, wake_reading
from uploads.refusals import PreviewOutdated, UploadRefused
from uploads.words import words_for

State = Upload.State
# What is kept of every row once it is saved; a handler may keep more.
KEPT = ("row", "kind", "name")


def commit(*, by: Participant, upload_id: int) -> int:
    """Save all changes of the file, or none, and say how many; a second time saves nothing.

    PreviewOutdated where another person was quicker with one of them; Http404 for a file that isn't theirs to see;
    UploadRefused for one that isn't ready.
    """
    try:
        return _commit(by, upload_id)
    except PreviewOutdated:
        _read_anew(by, upload_id)
        raise


@transaction.atomic
def _commit(by: Participant, upload_id: int) -> int:
    upload = locked(by, upload_id)
    handler = handler_named(upload.handler)
    if upload.state == State.TAKEN:
        return 0
    _refuse_dropped(upload)
    if upload.state != State.CHECKED:
        raise UploadRefused("Only what was read without a problem can be saved.")
    changes = [change for change in upload.changes if change["kind"] in (NEW, CHANGED)]
    if not changes:
        raise UploadRefused(f"Nothing changes by {words_for(upload.pasted).this}.")
    committed = handler.commit(by, changes)
    kept = [
        {name: change[name] for name in (*KEPT, *handler.kept) if name in change} for change in upload.changes
    ]
    _settle(upload, State.TAKEN, changes=kept, taken_at=clock.now())
    record(
        by=by.user,
        action=f"upload.{upload.handler}.taken_over",
        subject=upload,
        contract=by.contract.code,
        summary=committed.summary,
        changes=committed.changes,
    )
    return committed.number


@transaction.atomic
def withdraw(*, by: Participant, upload_id: int) -> bool:
    """Drop the file; says whether that changed anything. UploadRefused for one that was taken over."""
    upload = locked(by, upload_id)
    if upload.state == State.WITHDRAWN:
        return False
    _refuse_dropped(upload)
    words = words_for(upload.pasted)
    if upload.state == State.TAKEN:
        raise UploadRefused(f"{words.opening} saved already. Change what was saved instead.")
    _settle(upload, State.WITHDRAWN, **EMPTY)
    record(
        by=by.user,
        action=f"upload.{upload.handler}.withdrawn",
        subject=upload,
        contract=by.contract.code,
        summary=(
            f"{what_it_is(upload.handler, upload.pasted)} {words.was} withdrawn before anything was saved from"
            f" {words.it}."
        ),
    )
    return True


def locked(participant: Participant, upload_id: int) -> Upload:
    """The file without its content, for the transaction of its caller. Http404 for one that isn't the person's."""
    upload = (
        Upload.objects.select_for_update(of=("self",))
        .visible_to(participant)
        .filter(pk=upload_id)
        .defer("content")
        .first()
    )
    if upload is None:
        raise Http404("No such file was handed in for this contract.")
    return upload


def _refuse_dropped(upload: Upload) -> None:
    if upload.state == State.EXPIRED:
        words = words_for(upload.pasted)
        raise UploadRefused(
            f"{words.opening} dropped meanwhile, because nobody saved or withdrew {words.it}. Hand {words.it} in again."
        )


def _settle(upload: Upload, state: str, **fields: Any) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state, content=b"", **fields)


@transaction.atomic
def _read_anew(participant: Participant, upload_id: int) -> None:
    upload = locked(participant, upload_id)
    if upload.state == State.CHECKED:
        begin_anew(upload)
        transaction.on_commit(partial(wake_reading, upload.pk))
