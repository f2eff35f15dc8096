"""Takes a file in and wakes whoever reads it. The row is what counts; the message may be lost."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import structlog
from celery import current_app as app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from audit.services import record
from core import clock
from parties.participants import Participant
from uploads.handlers import UploadHandler
from uploads.models import FILE_NAME, Upload
from uploads.reading import OVERDUE, read_upload
from uploads.refusals import UploadRefused

log = structlog.get_logger(__name__)

State = Upload.State
OPEN = (State.WAITING, State.CHECKED)
PASTED = "Pasted rows"


@transaction.atomic
def receive(*, by: Participant, handler: UploadHandler, file_name: str, content: bytes) -> Upload:
    """Keep the file and have it read. The same file sent again, while it isn't settled, is the same upload.

    UploadRefused for one that is larger than any that is read, and for who may not hand it in.
    """
    require_permission(by, handler)
    if len(content) > settings.IMPORT_MAX_BYTES:
        raise UploadRefused(too_large())
    open_ones = Upload.objects.select_for_update().visible_to(by).filter(state__in=OPEN, handler=handler.name)
    upload = open_ones.filter(uploaded_by=by.user, content=content).first()
    if upload is None:
        upload = _kept(by, handler, file_name, content)
    else:
        # What is kept may have changed since it was read.
        begin_anew(upload, uploaded_at=clock.now())
    transaction.on_commit(partial(wake_reading, upload.pk))
    return upload


def require_permission(participant: Participant, handler: UploadHandler) -> None:
    if not participant.may(handler.permission):
        raise UploadRefused(handler.refused)


def read_if_forgotten(upload: Upload, now: datetime) -> None:
    """Where no sweep runs, whoever looks at a file finds what a stopped process left unread."""
    if not settings.CELERY_ON and upload.state == State.WAITING and abs(now - upload.uploaded_at) > OVERDUE:
        read_upload(upload.pk)


def too_large() -> str:
    return f"The file is larger than {settings.IMPORT_MAX_BYTES // 1_048_576} MB. Split it by month."


def begin_anew(upload: Upload, **fields: datetime) -> None:
    """Let the file be read once more, against what is kept now."""
    Upload.objects.filter(pk=upload.pk).update(
        state=State.WAITING,
        rows_total=None,
        rows_done=0,
        problems=[],
        changes=[],
        checked_at=None,
        tries=0,
        alive_at=None,
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


def _kept(by: Participant, handler: UploadHandler, file_name: str, content: bytes) -> Upload:
    upload = Upload.objects.create(
        contract=by.contract,
        handler=handler.name,
        file_name=_plain_name(file_name),
        content=content,
        uploaded_by=by.user,
        uploaded_as=by.user.display_name,
    )
    record(
        by=by.user,
        action=f"upload.{upload.handler}.handed_in",
        subject=upload,
        contract=by.contract.code,
        summary=f"A {handler.what} was handed in to be read: {len(content):,} bytes.",
    )
    return upload


def _plain_name(file_name: str) -> str:
    """A name that can be shown and kept, whatever the sender called the file."""
    printable = "".join(sign if sign.isprintable() else " " for sign in file_name).strip()
    return printable[:FILE_NAME] or "Unnamed file"
