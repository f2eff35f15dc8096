"""Drops what is in files that nobody saved or withdrew for a long time. That there was a file stays known."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from audit.services import record
from uploads.handlers import what_it_is
from uploads.models import Upload
from uploads.receiving import EMPTY
from uploads.words import words_for

State = Upload.State
UNSETTLED = (State.WAITING, State.CHECKED, State.ASKED, State.FAULTY)


def drop_old_files(now: datetime) -> int:
    """Drop the files that were left alone for UPLOADS_KEPT_DAYS, and say how many. One transaction for each."""
    before = now - timedelta(days=settings.UPLOADS_KEPT_DAYS)
    old = Upload.objects.filter(_left_alone_since(before)).order_by("pk").values_list("pk", flat=True)
    return sum(_drop(pk, before) for pk in list(old))


def _left_alone_since(before: datetime) -> Q:
    """Neither handed in nor read since; a file that is handed in again begins anew."""
    last_read = Q(checked_at=None) | Q(checked_at__lt=before)
    return Q(last_read, state__in=UNSETTLED, uploaded_at__lt=before)


@transaction.atomic
def _drop(upload_id: int, before: datetime) -> bool:
    """Whether it was dropped now: somebody may have settled it meanwhile."""
    still_old = Upload.objects.select_for_update(of=("self",)).filter(_left_alone_since(before), pk=upload_id)
    upload = still_old.select_related("contract").defer("content").first()
    if upload is None:
        return False
    Upload.objects.filter(pk=upload.pk).update(state=State.EXPIRED, content=b"", **EMPTY)
    words = words_for(upload.pasted)
    record(
        by="daily sweep",
        action=f"upload.{upload.handler}.expired",
        subject=upload,
        contract=upload.contract.code,
        summary=(
            f"{what_it_is(upload.handler, upload.pasted)} that nobody saved or withdrew for"
            f" {settings.UPLOADS_KEPT_DAYS} days {words.was} dropped. Nothing was saved from {words.it}."
        ),
    )
    return True
