"""Act two: takes all changes of a file over as drafts, or withdraws it. Either way its content goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from audit.services import record
from kpis.models import Indicator, Upload
from kpis.services.round.drafting import DraftConflict, Sheet, keep_drafts, require_trust
from kpis.services.round.refusals import RoundRefused
from kpis.services.round.typing import Typed
from kpis.services.uploads.arriving import begin_anew, wake_reading
from kpis.services.uploads.comparing import CHANGED, NEW
from parties.access import Reader
from sandwell.numbers import count_words
from sandwell.periods import Month

State = Upload.State
DROPPED = (
    "What was in this file was dropped meanwhile, because nobody saved or withdrew it. Hand it in again."
)


class PreviewOutdated(RoundRefused):
    """What is kept is no longer what the preview showed. The file is being read anew; nothing was taken over."""


def take_over(*, reader: Reader, upload_id: int) -> int:
    """Save all changes of the file as drafts, or none, and say how many; a second time saves nothing.

    PreviewOutdated where another person was quicker with one of them; Http404 for a file that isn't the reader's;
    RoundRefused for one that isn't ready.
    """
    try:
        return _take_over(reader, upload_id)
    except DraftConflict as conflict:
        _read_anew(reader, upload_id)
        codes = ", ".join(conflict.meanwhile)
        raise PreviewOutdated(
            f"{codes} changed since this file was read, so nothing was saved. What the file would change is shown anew."
        ) from conflict


@transaction.atomic
def _take_over(reader: Reader, upload_id: int) -> int:
    require_trust(reader)
    upload = _locked(reader, upload_id)
    if upload.state == State.TAKEN:
        return 0
    if upload.state == State.EXPIRED:
        raise RoundRefused(DROPPED)
    if upload.state != State.CHECKED:
        raise RoundRefused("Only a file that was read without a problem can be saved.")
    changes = [one for one in upload.changes if one["kind"] in (NEW, CHANGED)]
    if not changes:
        raise RoundRefused("This file changes nothing.")
    saved: dict[Month, list[str]] = {}
    for month, sheets in _sheets(reader, changes).items():
        saved[month] = [one.indicator.code for one in keep_drafts(reader=reader, month=month, sheets=sheets)]
    slim = [{name: one[name] for name in ("row", "kind", "code", "month")} for one in upload.changes]
    _settle(upload, State.TAKEN, changes=slim, taken_at=timezone.now())
    number = sum(len(codes) for codes in saved.values())
    record(
        by=reader.user,
        action="upload.taken_over",
        subject=upload,
        contract=reader.contract.code,
        summary=f"{count_words(number, 'draft')} saved from a file, of {', '.join(one.label for one in saved)}.",
        changes={str(month): ", ".join(codes) for month, codes in saved.items()},
    )
    return number


@transaction.atomic
def withdraw(*, reader: Reader, upload_id: int) -> bool:
    """Drop the file; says whether that changed anything. RoundRefused for one that was taken over."""
    require_trust(reader)
    upload = _locked(reader, upload_id)
    if upload.state == State.WITHDRAWN:
        return False
    if upload.state == State.EXPIRED:
        raise RoundRefused(DROPPED)
    if upload.state == State.TAKEN:
        raise RoundRefused("This file was saved as drafts already. Change the drafts instead.")
    _settle(upload, State.WITHDRAWN, changes=[], problems=[])
    record(
        by=reader.user,
        action="upload.withdrawn",
        subject=upload,
        contract=reader.contract.code,
        summary="A file of figures was withdrawn before anything was saved from it.",
    )
    return True


def _locked(reader: Reader, upload_id: int) -> Upload:
    upload = (
        Upload.objects.select_for_update(of=("self",))
        .visible_to(reader)
        .filter(pk=upload_id)
        .defer("content")
        .first()
    )
    if upload is None:
        raise Http404("No such file was handed in for this contract.")
    return upload


def _settle(upload: Upload, state: str, **fields: Any) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state, content=b"", **fields)


def _sheets(reader: Reader, changes: Sequence[Mapping[str, Any]]) -> dict[Month, list[Sheet]]:
    """The changes as sheets, by month; they were begun from what the preview showed."""
    indicators = {one.code: one for one in Indicator.objects.visible_to(reader)}
    sheets: dict[Month, list[Sheet]] = defaultdict(list)
    for one in changes:
        sheet = Sheet(indicators[one["code"]], Typed(**one["typed"]), one["was"], one["begun_from"])
        sheets[Month.parse(one["month"])].append(sheet)
    return dict(sorted(sheets.items()))


@transaction.atomic
def _read_anew(reader: Reader, upload_id: int) -> None:
    upload = _locked(reader, upload_id)
    if upload.state == State.CHECKED:
        begin_anew(upload)
        transaction.on_commit(partial(wake_reading, upload.pk))
