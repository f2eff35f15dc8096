"""Takes a file in and wakes whoever reads it. The row is what counts; the message may be lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from celery import current_app as app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from audit.services import record
from core import clock
from parties.participants import Participant
from uploads.handlers import UploadHandler, what_it_is
from uploads.models import FILE_NAME, Upload
from uploads.reading import OVERDUE, read_upload
from uploads.refusals import UploadRefused
from uploads.words import words_for

log = structlog.get_logger(__name__)

State = Upload.State
OPEN = (State.WAITING, State.CHECKED, State.ASKED)
PASTED = "Pasted rows"
# What was found in a file, before it was read.
EMPTY: dict[str, Any] = {"problems": [], "changes": [], "notes": [], "question": {}}


@dataclass(frozen=True)
class HandedIn:
    """What somebody hands in: a file under its name, or rows pasted from a spreadsheet."""

    name: str
    content: bytes
    pasted: bool = False

    @classmethod
    def file(cls, name: str, content: bytes) -> HandedIn:
        return cls(name, content)

    @classmethod
    def rows(cls, text: str) -> HandedIn:
        """A browser ends the lines of a text area in its own way; who reads them takes any. The empty ones above go."""
        return cls(PASTED, text.lstrip("\r\n").encode(), pasted=True)


@transaction.atomic
def receive(*, by: Participant, handler: UploadHandler, given: HandedIn, given_for: str = "") -> Upload:
    """Keep the file and have it read. The same file sent again, while it isn't settled, is the same upload.

    ``given_for`` is what it is handed in for, as its kind says it: from there people hand in another.
    UploadRefused for one that is larger than any that is read, and for who may not hand it in.
    """
    require_permission(by, handler)
    if len(given.content) > settings.IMPORT_MAX_BYTES:
        raise UploadRefused(too_large(given.pasted))
    open_ones = Upload.objects.select_for_update().visible_to(by).filter(state__in=OPEN, handler=handler.name)
    upload = open_ones.filter(uploaded_by=by.user, content=given.content, pasted=given.pasted).first()
    if upload is None:
        upload = _kept(by, handler, given, given_for)
    else:
        # What is kept may have changed since it was read; and an answer may have been a mistake.
        begin_anew(upload, uploaded_at=clock.now(), answers={}, given_for=given_for)
    transaction.on_commit(partial(wake_reading, upload.pk))
    return upload


def require_permission(participant: Participant, handler: UploadHandler) -> None:
    if not participant.may(handler.permission):
        raise UploadRefused(handler.refused)


def read_if_forgotten(upload: Upload, now: datetime) -> None:
    """Where no sweep runs, whoever looks at a file finds what a stopped process left unread."""
    if not settings.CELERY_ON and upload.state == State.WAITING and abs(now - upload.uploaded_at) > OVERDUE:
        read_upload(upload.pk)


def too_large(pasted: bool = False) -> str:
    most = f"larger than {settings.IMPORT_MAX_BYTES // 1_048_576} MB"
    return f"The rows are {most}. Paste fewer at once." if pasted else f"The file is {most}. Split it."


def begin_anew(upload: Upload, **fields: Any) -> None:
    """Let the file be read once more, against what is kept now."""
    Upload.objects.filter(pk=upload.pk).update(
        state=State.WAITING,
        rows_total=None,
        rows_done=0,
        rows_wrong=None,
        checked_at=None,
        tries=0,
        alive_at=None,
        **EMPTY,
        **fields,
    )


def wake_reading(upload_id: int) -> None:
    """Have the file read: by the worker, or here and now where there is none."""
    if not settings.CELERY_ON:
        read_upload(upload_id)
        return
    try:
        app.send_task("uploads.read_upload", kwargs={"upload_id": upload_id}, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("wake_up_lost", upload_id=upload_id, error=str(error))


def _kept(by: Participant, handler: UploadHandler, given: HandedIn, given_for: str) -> Upload:
    upload = Upload.objects.create(
        contract=by.contract,
        handler=handler.name,
        file_name=_plain_name(given.name),
        given_for=given_for,
        content=given.content,
        pasted=given.pasted,
        uploaded_by=by.user,
        uploaded_as=by.user.display_name,
    )
    record(
        by=by.user,
        action=f"upload.{upload.handler}.handed_in",
        subject=upload,
        contract=by.contract.code,
        summary=(
            f"{what_it_is(handler.name, given.pasted)} {words_for(given.pasted).was} handed in to be read:"
            f" {len(given.content):,} bytes."
        ),
    )
    return upload


def _plain_name(file_name: str) -> str:
    """A name that can be shown and kept, whatever the sender called the file."""
    printable = "".join(sign if sign.isprintable() else " " for sign in file_name).strip()
    return printable[:FILE_NAME] or "Unnamed file"
