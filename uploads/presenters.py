"""A file that was handed in, as its page shows it: how far it is read, what it would change, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.clock import moment_words
from core.values.cells import csv_lines
from core.values.numbers import count_words
from parties.participants import Participant
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, UploadHandler, handler_named
from uploads.models import Upload
from uploads.tables.refusal import Choice
from uploads.tables.texts import LABELS

State = Upload.State
# A longer list is downloaded whole.
MOST_SHOWN = 200
STATE_WORDS = {
    State.WAITING: "Being read",
    State.CHECKED: "To be saved or withdrawn",
    State.ASKED: "Asks you something",
    State.FAULTY: "With problems",
    State.TAKEN: "Saved",
    State.WITHDRAWN: "Withdrawn",
    State.EXPIRED: "Dropped, never saved",
}


@dataclass(frozen=True)
class ProblemRow:
    where: str
    column: str
    message: str


@dataclass(frozen=True)
class UploadPage:
    """``rest`` names the rows that change nothing; ``saved`` what was saved; ``notes`` what was left aside.

    ``question`` is what its people must say before it can be read, with what the file looks like by each answer.
    """

    title: str
    handed_in: str
    lede: str
    waiting: bool
    total: int | None
    done: int
    progress_words: str
    question: str
    choices: list[Choice]
    notes: list[str]
    changes: Sequence[object]
    changes_template: str
    problems: list[ProblemRow]
    problems_words: str
    problems_cut: int
    rest: list[tuple[str, str]]
    saved: Sequence[tuple[str, str, str]]
    can_save: bool
    can_withdraw: bool
    withdraw_label: str
    can_put_right: bool
    save_label: str
    page_url: str
    page_label: str
    what: str


@dataclass(frozen=True)
class UploadLine:
    """One of the files handed in last."""

    name: str
    url: str
    state: str
    state_word: str
    words: str


def upload_page(upload: Upload, participant: Participant) -> UploadPage:
    """As many queries as its handler needs to show the changed rows."""
    handler, contract = handler_named(upload.handler), participant.contract
    kinds = Counter(change["kind"] for change in upload.changes)
    changed = [change for change in upload.changes if change["kind"] in (NEW, CHANGED)]
    state = upload.state
    shown = [] if state == State.TAKEN else handler.preview(participant, changed)
    return UploadPage(
        title="Pasted rows" if upload.pasted else f"File “{upload.file_name}”",
        handed_in=f"Handed in by {upload.uploaded_as}, {moment_words(upload.uploaded_at)}.",
        lede=_lede(upload, handler, kinds, len(changed)),
        waiting=state == State.WAITING,
        total=upload.rows_total,
        done=upload.rows_done,
        progress_words=_progress_words(upload),
        question=upload.question.get("words", ""),
        choices=choices_of(upload),
        notes=[*upload.notes, *_answered(upload)],
        changes=shown,
        changes_template=handler.template,
        problems=[_problem(problem) for problem in upload.problems[:MOST_SHOWN]],
        problems_words=_problems_words(upload.problems),
        problems_cut=max(0, len(upload.problems) - MOST_SHOWN),
        rest=[] if state == State.TAKEN else _rest(upload.changes, handler),
        saved=handler.saved(contract, changed) if state == State.TAKEN else [],
        can_save=state == State.CHECKED and bool(changed),
        can_withdraw=state in (State.WAITING, State.CHECKED, State.ASKED, State.FAULTY),
        withdraw_label="Withdraw these rows" if upload.pasted else "Withdraw this file",
        can_put_right=state == State.FAULTY and upload.pasted,
        save_label=f"Save this one as a {handler.saved_as}"
        if len(changed) == 1
        else f"Save these {len(changed):,} as {handler.saved_as}s",
        page_url=handler.page(contract),
        page_label=handler.page_label,
        what=f"A {handler.what}",
    )


def choices_of(upload: Upload) -> list[Choice]:
    """The answers that a file's question has; none where it asks nothing."""
    return [Choice(**choice) for choice in upload.question.get("choices", [])]


def _answered(upload: Upload) -> list[str]:
    """How the file was read where its people were asked; a wrong answer is put right by handing it in again."""
    words = {"sheet": "the sheet “{}”", "encoding": "letters of the kind “{}”"}
    return [
        f"Read as you answered, by {words[about].format(LABELS.get(answer, answer))}."
        " Hand the same file in again to answer anew."
        for about, answer in upload.answers.items()
    ]


def upload_lines(uploads: Sequence[Upload], contract_code: str) -> list[UploadLine]:
    return [
        UploadLine(
            name=upload.file_name,
            url=reverse("uploads:upload", args=[contract_code, upload.pk]),
            state=upload.state,
            state_word=STATE_WORDS[State(upload.state)],
            words=f"{upload.uploaded_as}, {moment_words(upload.uploaded_at)}",
        )
        for upload in uploads
    ]


def problems_lines(upload: Upload) -> Iterator[str]:
    """Every problem as lines of CSV, for whoever puts a long file right."""
    rows = ([row or "", column, name, message] for row, column, message, name in upload.problems)
    return csv_lines([["row", "column", "cell", "problem"], *rows])


def _lede(upload: Upload, handler: UploadHandler, kinds: Mapping[str, int], changed: int) -> str:
    if upload.state == State.WAITING:
        where = handler.page_label.lower()
        return f"The file is being read. You can leave this page; it goes on, and your {where} list the file."
    if upload.state == State.ASKED:
        return "This file can be read in more than one way. Nothing was saved from it yet."
    if upload.state == State.WITHDRAWN:
        return f"{_noun(upload)} withdrawn. Nothing was saved from {'them' if upload.pasted else 'it'}."
    if upload.state == State.EXPIRED:
        return (
            f"Nobody saved or withdrew this file for {settings.UPLOADS_KEPT_DAYS} days, so what was in it was dropped."
            " Nothing was saved from it. Hand the file in again if you still need it."
        )
    if upload.state == State.TAKEN:
        given = "these rows" if upload.pasted else "this file"
        return f"{count_words(changed, handler.saved_as)} saved from {given}. {handler.after_saving}"
    if upload.state == State.FAULTY:
        if upload.pasted:
            return "Nothing was saved from these rows yet. Put them right below, and have them read again."
        if any(row for row, *_ in upload.problems):
            return (
                "Nothing can be saved from this file yet. Put these right in the file and hand it in again."
            )
        return "This file could not be read, and nothing was saved from it. What to do stands below."
    if not changed:
        return f"Nothing changes: {_counts(kinds, handler)}."
    counts = _counts(kinds, handler)
    return f"{counts[0].upper()}{counts[1:]}. Nothing is saved yet."


def _noun(upload: Upload) -> str:
    return "These rows were" if upload.pasted else "This file was"


def _counts(kinds: Mapping[str, int], handler: UploadHandler) -> str:
    words = {
        NEW: "new",
        CHANGED: "changed",
        SAME: "what is there already"
        if kinds.get(NEW) or kinds.get(CHANGED)
        else "say what is there already",
        LEFT_OUT: f"left out, {handler.nothing_in_row}",
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


def _problem(problem: Sequence[Any]) -> ProblemRow:
    row, column, message, name = problem
    return ProblemRow(where=name or (f"Row {row}" if row else "The file"), column=column, message=message)


def _problems_words(problems: Sequence[Sequence[Any]]) -> str:
    rows = len({row for row, *_ in problems if row})
    where = f" in {count_words(rows, 'row')}" if rows else ""
    return f"{count_words(len(problems), 'problem')}{where}"


def _rest(changes: Sequence[Mapping[str, Any]], handler: UploadHandler) -> list[tuple[str, str]]:
    """The rows that change nothing, in two lines."""
    words = {
        SAME: "Rows that say what is there already",
        LEFT_OUT: f"Rows left out, {handler.nothing_in_row}",
    }
    named = {kind: [change["name"] for change in changes if change["kind"] == kind] for kind in words}
    return [(f"{words[kind]} ({len(found):,})", ", ".join(found)) for kind, found in named.items() if found]
