"""Act one: reads a file that was handed in, and keeps what it would change and all that is wrong with it.

Idempotent, and safe to run twice at once: the first verdict stays. Each reading is counted before it begins, because a
file may end the process that reads it: after three such ends it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404

from core import clock
from core.values.numbers import count_words
from parties.participants import participant_for
from uploads.handlers import Verdict, handler_named
from uploads.limits import upload_limits
from uploads.models import Upload
from uploads.tables.lines import cell_name
from uploads.tables.opening import is_workbook, open_table
from uploads.tables.problem import Problem
from uploads.tables.refusal import FileAsks, FileRefused
from uploads.tables.table import Head

log = structlog.get_logger(__name__)

State = Upload.State
# How often progress is written for one file, however long it is.
STEPS = 20
# A message that has not led to a reading by then was lost.
OVERDUE = timedelta(minutes=1)
# A reading that gave no sign of life for so long has died. One that lives gives one for each twentieth of the rows; to
# cut the largest file into rows takes seconds.
SILENT = timedelta(minutes=5)
MOST_TRIES = 3
MOST_PROBLEMS = 1000
BROKEN = "The program failed over this. It has been noted. Try the same rows in a new file, or type them."
DEADLY = (
    f"The program did not come to the end of this in {MOST_TRIES} tries, so it is not tried again. Most often that is"
    " because there is too much of it. Hand the same rows in as CSV or paste them, some at a time."
)


def read_upload(upload_id: int) -> None:
    """Read the file, if it still waits and nobody else is reading it."""
    upload = _begin(upload_id, clock.now())
    if upload is None:
        return
    try:
        found = _found(upload) if upload.tries <= MOST_TRIES else _refusal(DEADLY)
    except (DatabaseError, SoftTimeLimitExceeded):
        raise  # The file may not be at fault: it waits on, and a later sweep tries it again.
    except OSError:
        # No room for what is read, or no program that reads: no fault of the file, which waits on.
        log.exception("upload_not_read", upload_id=upload_id)
        return
    except Exception:
        log.exception("upload_broke_the_reader", upload_id=upload_id)
        found = _refusal(BROKEN)
    _keep(upload, found)


def overdue_uploads(now: datetime) -> list[int]:
    """Files that nobody is reading although they were handed in a while ago."""
    just_handed_in = Q(uploaded_at__range=(now - OVERDUE, now + OVERDUE))
    waiting = Upload.objects.filter(~just_handed_in, _not_being_read(now), state=State.WAITING)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _not_being_read(now: datetime) -> Q:
    """A sign of life from the future is none: at midnight a day that stands still begins anew."""
    return Q(alive_at=None) | ~Q(alive_at__range=(now - SILENT, now + SILENT))


def _begin(upload_id: int, now: datetime) -> Upload | None:
    """The file, with this reading counted among its tries; None where it waits no more, or is being read.

    Committed before anything is read: what ends the process must not take the count with it.
    """
    waiting = Upload.objects.filter(pk=upload_id, state=State.WAITING)
    with transaction.atomic(durable=True):
        if not waiting.filter(_not_being_read(now)).update(tries=F("tries") + 1, alive_at=now):
            return None
    return waiting.select_related("contract", "uploaded_by").first()


@dataclass(frozen=True)
class _Found:
    """What became of a reading: a verdict on the table under ``head``, or a question that comes before it."""

    verdict: Verdict
    head: Head | None = None
    question: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        if self.question:
            return State.ASKED
        return State.FAULTY if self.verdict.problems else State.CHECKED


def _found(upload: Upload) -> _Found:
    handler = handler_named(upload.handler)
    try:
        participant = participant_for(upload.uploaded_by, upload.contract.code)
    except Http404:
        return _refusal(handler.refused)
    if not participant.may(handler.permission):
        return _refusal(handler.refused)
    try:
        with open_table(
            bytes(upload.content),
            upload_limits(),
            handler.layout,
            pasted=upload.pasted,
            answers=upload.answers,
        ) as table:
            verdict = handler.read(participant, table, _Progress(upload), upload.given_for)
            return _Found(verdict, table.head)
    except FileRefused as refused:
        return _refusal(str(refused))
    except FileAsks as asks:
        return _Found(Verdict(None, [], []), question=_question(asks))


class _Progress:
    """Writes now and then how far the reading has come, which is a sign of life too."""

    def __init__(self, upload: Upload) -> None:
        self.upload, self.step = upload, 1

    def begin(self, total: int) -> None:
        self.step = max(1, -(-total // STEPS))
        self._write(rows_total=total, rows_done=0)

    def __call__(self, done: int) -> None:
        if done % self.step == 0:
            self._write(rows_done=done)

    def _write(self, **fields: int) -> None:
        _as_handed_in(self.upload).update(alive_at=clock.now(), **fields)


def _refusal(message: str) -> _Found:
    return _Found(Verdict(None, [], [Problem(0, "", message)]))


def _keep(upload: Upload, found: _Found) -> None:
    """The verdict, unless the file was withdrawn or handed in again meanwhile, or another reading was first.

    A faulty file is put right by the person who has it; its content has no more use here. Pasted rows are put right on
    the page, which shows them.
    """
    verdict = found.verdict
    cells = found.head if is_workbook(bytes(upload.content[:4])) else None
    fields = {
        "problems": _kept_problems(verdict.problems, cells),
        "changes": verdict.changes,
        "notes": [_printable(note) for note in found.head.notes] if found.head else [],
        "question": found.question,
        "rows_total": verdict.rows,
        "rows_done": verdict.rows or 0,
        "rows_wrong": _rows_wrong(found),
        "checked_at": clock.now(),
        "state": found.state,
    }
    if verdict.problems and not upload.pasted:
        fields["content"] = b""
    _as_handed_in(upload).update(**fields)


def _rows_wrong(found: _Found) -> int:
    """How many rows have a problem: neither the header nor the file as a whole is one of them."""
    if not found.verdict.rows or found.head is None:
        return 0
    return len({problem.row for problem in found.verdict.problems} - {0, found.head.number})


def _kept_problems(problems: Sequence[Problem], cells: Head | None) -> list[list[int | str]]:
    """The first problems, and how many there are beyond: nobody works through more at once."""
    kept = [_located(problem, cells) for problem in problems[:MOST_PROBLEMS]]
    if (more := len(problems) - MOST_PROBLEMS) > 0:
        kept.append([0, "", f"There are {count_words(more, 'more problem')}. Put these right first.", ""])
    return kept


def _as_handed_in(upload: Upload) -> QuerySet[Upload]:
    """The file while it waits; not where it was handed in again, which asks for a new reading."""
    return Upload.objects.filter(pk=upload.pk, state=State.WAITING, uploaded_at=upload.uploaded_at)


def _located(problem: Problem, head: Head | None) -> list[int | str]:
    """Row, column, message, and the cell's name where the file is a workbook, or where it stands in no column."""
    cell = problem.cell
    if head is not None and problem.row and problem.column in head.columns:
        cell = cell_name(head.places[list(head.columns).index(problem.column)], problem.row)
    return [problem.row, problem.column, _printable(problem.message), cell]


def _question(asks: FileAsks) -> dict[str, Any]:
    choices = [
        {
            # Only what no database keeps is taken from a value: it is compared with the file's own.
            "value": choice.value.replace("\x00", "\N{REPLACEMENT CHARACTER}"),
            "label": _printable(choice.label),
            "sample": "\n".join(map(_printable, choice.sample.split("\n"))),
        }
        for choice in asks.choices
    ]
    return {"about": asks.about, "words": asks.words, "choices": choices}


def _printable(message: str) -> str:
    """A cell that is repeated may hold signs that no page shows and that one of the databases can't keep."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in message)
