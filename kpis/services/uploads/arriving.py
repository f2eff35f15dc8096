"""Takes a file in and wakes whoever reads it. The row is what counts; the message may be lost."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit.services import record
from kpis.models import Upload
from kpis.models.upload import FILE_NAME
from kpis.services.round.drafting import require_trust
from kpis.services.round.refusals import RoundRefused
from kpis.services.uploads.reading import OVERDUE, read_upload
from parties.access import Reader
from sandwell.celery import app

log = structlog.get_logger(__name__)

State = Upload.State
OPEN = (State.WAITING, State.CHECKED)
PASTED = "Pasted rows"


@transaction.atomic
def hand_in(*, reader: Reader, file_name: str, content: bytes) -> Upload:
    """Keep the file and have it read. The same file sent again, while it isn't settled, is the same upload.

    RoundRefused for one that is larger than any that is read.
    """
    require_trust(reader)
    if len(content) > settings.IMPORT_MAX_BYTES:
        raise RoundRefused(too_large())
    open_ones = Upload.objects.select_for_update().visible_to(reader).filter(state__in=OPEN)
    upload = open_ones.filter(uploaded_by=reader.user, content=content).first()
    if upload is None:
        upload = _kept(reader, file_name, content)
    else:
        # What is kept may have changed since it was read.
        begin_anew(upload, uploaded_at=timezone.now())
    transaction.on_commit(partial(wake_reading, upload.pk))
    return upload


def read_if_forgotten(upload: Upload, now: datetime) -> None:
    """Where no sweep runs, whoever looks at a file finds what a stopped process left unread."""
    if not settings.CELERY_ON and upload.state == State.WAITING and upload.uploaded_at < now - OVERDUE:
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
        app.send_task("kpis.read_upload", kwargs={"upload_id": upload_id}, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("wake_up_lost", upload_id=upload_id, error=str(error))


def _kept(reader: Reader, file_name: str, content: bytes) -> Upload:
    upload = Upload.objects.create(
        contract=reader.contract,
        file_name=_plain_name(file_name),
        content=content,
        uploaded_by=reader.user,
        uploaded_as=reader.user.display_name,
    )
    record(
        by=reader.user,
        action="upload.handed_in",
        subject=upload,
        contract=reader.contract.code,
        summary=f"A file of figures was handed in to be read: {len(content):,} bytes.",
    )
    return upload


def _plain_name(file_name: str) -> str:
    """A name that can be shown and kept, whatever the sender called the file."""
    printable = "".join(sign if sign.isprintable() else " " for sign in file_name).strip()
    return printable[:FILE_NAME] or "Unnamed file"
