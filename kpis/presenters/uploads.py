"""A file that was handed in, as its page shows it: how far it is read, what it would change, and what is wrong."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from kpis.models import Upload
from kpis.presenters.csv_file import cell
from kpis.presenters.figure_rows import moment
from kpis.presenters.return_words import typed_words
from kpis.services.round.typing import Typed
from kpis.services.uploads.comparing import CHANGED, LEFT_OUT, NEW, SAME
from sandwell.numbers import count_words
from sandwell.periods import Month

State = Upload.State
# A longer list is downloaded whole.
MOST_SHOWN = 200
KINDS = {NEW: "New", CHANGED: "Changed"}
STATE_WORDS = {
    State.WAITING: "Being read",
    State.CHECKED: "To be saved or withdrawn",
    State.FAULTY: "With problems",
    State.TAKEN: "Saved as drafts",
    State.WITHDRAWN: "Withdrawn",
    State.EXPIRED: "Dropped, never saved",
}


@dataclass(frozen=True)
class ChangeRow:
    """One row of the file that changes something, beside what is there now."""

    code: str
    name: str
    month: str
    url: str
    row: int
    kind: str
    now: str
    said: str
    value: str
    status: str
    asks: list[str]


@dataclass(frozen=True)
class ProblemRow:
    where: str
    column: str
    message: str


@dataclass(frozen=True)
class UploadPage:
    """``rest`` names the rows that change nothing; ``months`` the months whose drafts were saved."""

    title: str
    handed_in: str
    lede: str
    waiting: bool
    total: int | None
    done: int
    progress_words: str
    changes: list[ChangeRow]
    problems: list[ProblemRow]
    problems_words: str
    problems_cut: int
    rest: list[tuple[str, str]]
    months: list[tuple[str, str, str]]
    can_save: bool
    can_withdraw: bool
    save_label: str
    returns_url: str


@dataclass(frozen=True)
class UploadLine:
    """One of the files handed in last."""

    name: str
    url: str
    state: str
    state_word: str
    words: str


def upload_page(upload: Upload, contract_code: str, names: Mapping[str, str]) -> UploadPage:
    """``names`` are the indicators' short names by code."""
    kinds = Counter(one["kind"] for one in upload.changes)
    changed = [one for one in upload.changes if one["kind"] in KINDS]
    state = upload.state
    shown = [] if state == State.TAKEN else [_change(one, contract_code, names) for one in changed]
    return UploadPage(
        title=f"File “{upload.file_name}”",
        handed_in=f"Handed in by {upload.uploaded_as}, {moment(upload.uploaded_at)}.",
        lede=_lede(upload, kinds, len(changed)),
        waiting=state == State.WAITING,
        total=upload.rows_total,
        done=upload.rows_done,
        progress_words=_progress_words(upload),
        changes=shown,
        problems=[_problem(one) for one in upload.problems[:MOST_SHOWN]],
        problems_words=_problems_words(upload.problems),
        problems_cut=max(0, len(upload.problems) - MOST_SHOWN),
        rest=[] if state == State.TAKEN else _rest(upload.changes),
        months=_months(changed, contract_code) if state == State.TAKEN else [],
        can_save=state == State.CHECKED and bool(changed),
        can_withdraw=state in (State.WAITING, State.CHECKED, State.FAULTY),
        save_label="Save this one as a draft"
        if len(changed) == 1
        else f"Save these {len(changed):,} as drafts",
        returns_url=reverse("kpis:returns", args=[contract_code]),
    )


def upload_lines(uploads: Sequence[Upload], contract_code: str) -> list[UploadLine]:
    return [
        UploadLine(
            name=one.file_name,
            url=reverse("kpis:upload", args=[contract_code, one.pk]),
            state=one.state,
            state_word=STATE_WORDS[State(one.state)],
            words=f"{one.uploaded_as}, {moment(one.uploaded_at)}",
        )
        for one in uploads
    ]


def problems_file(upload: Upload) -> str:
    """Every problem as CSV, for whoever puts a long file right."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["row", "column", "cell", "problem"])
    for row, column, message, name in upload.problems:
        writer.writerow([row or "", cell(column), name, cell(message)])
    return text.getvalue()


def _lede(upload: Upload, kinds: Mapping[str, int], changed: int) -> str:
    if upload.state == State.WAITING:
        return "The file is being read. You can leave this page; it goes on, and your returns list the file."
    if upload.state == State.WITHDRAWN:
        return "This file was withdrawn. Nothing was saved from it."
    if upload.state == State.EXPIRED:
        return (
            f"Nobody saved or withdrew this file for {settings.UPLOADS_KEPT_DAYS} days, so what was in it was dropped."
            " Nothing was saved from it. Hand the file in again if you still need it."
        )
    if upload.state == State.TAKEN:
        return f"{count_words(changed, 'draft')} saved from this file. Check them and submit them, month by month."
    if upload.state == State.FAULTY:
        if any(row for row, *_ in upload.problems):
            return (
                "Nothing can be saved from this file yet. Put these right in the file and hand it in again."
            )
        return "This file could not be read, and nothing was saved from it. What to do stands below."
    if not changed:
        return f"Nothing changes: {_counts(kinds)}."
    counts = _counts(kinds)
    return f"{counts[0].upper()}{counts[1:]}. Nothing is saved yet."


def _counts(kinds: Mapping[str, int]) -> str:
    words = {
        NEW: "new",
        CHANGED: "changed",
        SAME: "what is there already"
        if kinds.get(NEW) or kinds.get(CHANGED)
        else "say what is there already",
        LEFT_OUT: "left out, without a figure",
    }
    parts = [f"{kinds[kind]:,} {word}" for kind, word in words.items() if kinds.get(kind)]
    total = sum(kinds.values())
    return f"of {count_words(total, 'row')}, {', '.join(parts)}"


def _progress_words(upload: Upload) -> str:
    if upload.rows_total is None:
        return "Waiting to be read"
    if upload.rows_done >= upload.rows_total:
        return f"All {count_words(upload.rows_total, 'row')} read; working out what they come to"
    return f"Reading: {upload.rows_done:,} of {count_words(upload.rows_total, 'row')}"


def _change(one: Mapping[str, Any], contract_code: str, names: Mapping[str, str]) -> ChangeRow:
    month = Month.parse(one["month"])
    kept = Typed(**one["kept"])
    return ChangeRow(
        code=one["code"],
        name=names.get(one["code"], ""),
        month=month.label,
        url=f"{reverse('kpis:return', args=[contract_code, month])}#{one['code']}",
        row=one["row"],
        kind=KINDS[one["kind"]],
        now="nothing yet" if kept.empty else typed_words(kept),
        said=typed_words(Typed(**one["typed"])),
        value=one["value"],
        status=one["status"],
        asks=[*one["asks"], *one["warnings"]],
    )


def _problem(one: Sequence[Any]) -> ProblemRow:
    row, column, message, name = one
    return ProblemRow(where=name or (f"Row {row}" if row else "The file"), column=column, message=message)


def _problems_words(problems: Sequence[Sequence[Any]]) -> str:
    rows = len({row for row, *_ in problems if row})
    where = f" in {count_words(rows, 'row')}" if rows else ""
    return f"{count_words(len(problems), 'problem')}{where}"


def _rest(changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The rows that change nothing, in two lines."""
    words = {
        SAME: "Rows that say what is there already",
        LEFT_OUT: "Rows left out, because they have no figure",
    }
    named = {
        kind: [f"{one['code']} {Month.parse(one['month']).label}" for one in changes if one["kind"] == kind]
        for kind in words
    }
    return [(f"{words[kind]} ({len(found):,})", ", ".join(found)) for kind, found in named.items() if found]


def _months(changed: Sequence[Mapping[str, Any]], contract_code: str) -> list[tuple[str, str, str]]:
    """Each month with its address and the indicators drafted in it."""
    codes: dict[Month, list[str]] = {}
    for one in changed:
        codes.setdefault(Month.parse(one["month"]), []).append(one["code"])
    return [
        (month.label, reverse("kpis:return", args=[contract_code, month]), ", ".join(found))
        for month, found in sorted(codes.items())
    ]
