"""A file that was handed in, as its page shows it: how far it is read, what it would change, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.clock import moment_words
from core.values.cells import csv_lines
from core.values.numbers import count_words
from parties.participants import Participant
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME, UploadHandler, handler_named, what_it_is
from uploads.models import Upload
from uploads.reading import MOST_PROBLEMS
from uploads.selectors import later_of
from uploads.tables.refusal import Choice
from uploads.tables.texts import LABELS
from uploads.tally import Tally, tally
from uploads.words import words_for

State = Upload.State
# A longer list is downloaded whole.
MOST_SHOWN = 200
MOST_NAMED = 500
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
class Onward:
    url: str
    label: str


@dataclass(frozen=True)
class UploadPage:
    """``rest`` names the rows that change nothing; ``saved`` what was saved; ``notes`` what was left aside.

    ``question`` is what its people must say before it can be read, with what the file looks like by each answer.
    ``onward`` is where to go where nothing can be done here; ``hand_in`` where another is handed in.
    """

    title: str
    handed_in: str
    lede: str
    onward: Onward | None
    hand_in: Onward
    waiting: bool
    total: int | None
    done: int
    progress_words: str
    question: str
    choices: list[Choice]
    notes: list[str]
    changes: Sequence[object]
    changes_template: str
    said_label: str
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
    """As many queries as its handler needs to show the changed rows, and one."""
    handler, contract = handler_named(upload.handler), participant.contract
    counted = tally(upload.rows_total or 0, upload.rows_wrong or 0, upload.changes)
    hand_in = Onward(*handler.hand_in(contract, upload.given_for))
    later = later_of(participant, upload)
    changed = [change for change in upload.changes if change["kind"] in (NEW, CHANGED)]
    state = upload.state
    shown = [] if state == State.TAKEN else handler.preview(participant, changed)
    return UploadPage(
        title="Pasted rows" if upload.pasted else f"File “{upload.file_name}”",
        handed_in=f"Handed in by {upload.uploaded_as}, {moment_words(upload.uploaded_at)}.",
        lede=_lede(upload, handler, counted, replaced=later is not None),
        onward=_onward(upload, hand_in, later, changes=bool(changed)),
        hand_in=hand_in,
        waiting=state == State.WAITING,
        total=upload.rows_total,
        done=upload.rows_done,
        progress_words=_progress_words(upload),
        question=upload.question.get("words", ""),
        choices=choices_of(upload),
        notes=[*upload.notes, *_answered(upload)],
        changes=shown,
        changes_template=handler.template,
        said_label="In your rows" if upload.pasted else "In the file",
        problems=[_problem(problem, upload) for problem in upload.problems[:MOST_SHOWN]],
        problems_words=_problems_words(upload),
        problems_cut=max(0, len(upload.problems) - MOST_SHOWN),
        rest=[] if state == State.TAKEN else _rest(upload.changes, handler),
        saved=handler.saved(contract, changed) if state == State.TAKEN else [],
        can_save=state == State.CHECKED and bool(changed),
        can_withdraw=state in (State.WAITING, State.CHECKED, State.ASKED, State.FAULTY),
        withdraw_label=f"Withdraw {words_for(upload.pasted).this}",
        can_put_right=state == State.FAULTY and upload.pasted,
        save_label=f"Save this one as a {handler.saved_as}"
        if len(changed) == 1
        else f"Save these {len(changed):,} as {handler.saved_as}s",
        page_url=handler.page(contract, upload.given_for),
        page_label=handler.page_label,
        what=what_it_is(upload.handler, upload.pasted),
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
            state_word="Put right" if upload.replaced_by_id else STATE_WORDS[State(upload.state)],
            words=f"{upload.uploaded_as}, {moment_words(upload.uploaded_at)}",
        )
        for upload in uploads
    ]


def problems_lines(upload: Upload) -> Iterator[str]:
    """Every problem as lines of CSV, for whoever puts a long file right."""
    rows = ([row or "", column, name, message] for row, column, message, name in upload.problems)
    return csv_lines([["row", "column", "cell", "problem"], *rows])


def _onward(upload: Upload, hand_in: Onward, later: Upload | None, *, changes: bool) -> Onward | None:
    """The one place to go where the page offers no act of its own, or where the upload is not the last word."""
    if upload.state in (State.WAITING, State.TAKEN):
        return None
    if later is not None:
        url = reverse("uploads:upload", args=[upload.contract.code, later.pk])
        when = moment_words(later.uploaded_at)
        given = "the rows as they were" if upload.pasted else "the file of this name that was"
        return Onward(url, f"Look at {given} handed in on {when}")
    settled = upload.state in (State.WITHDRAWN, State.EXPIRED)
    without_a_box = upload.state == State.FAULTY and not upload.pasted
    without_a_change = upload.state == State.CHECKED and not changes
    return hand_in if settled or without_a_box or without_a_change else None


def _lede(upload: Upload, handler: UploadHandler, counted: Tally, *, replaced: bool) -> str:
    words = words_for(upload.pasted)
    match upload.state:
        case State.WAITING:
            being = f"{words.the.capitalize()} {'are' if upload.pasted else 'is'} being read"
            goes_on = f"it goes on, and your {handler.page_label.lower()} list {words.the}"
            return f"{being}. You can leave this page; {goes_on}."
        case State.ASKED:
            return "This file can be read in more than one way. Nothing was saved from it yet."
        case State.WITHDRAWN if upload.pasted and replaced:
            return "These rows were put right and handed in again. Nothing was saved from them as they stood here."
        case State.WITHDRAWN:
            return f"{words.opening} withdrawn. Nothing was saved from {words.it}."
        case State.EXPIRED:
            return (
                f"{words.opening} dropped, because nobody saved or withdrew {words.it} for"
                f" {settings.UPLOADS_KEPT_DAYS} days. Nothing was saved from {words.it}."
            )
        case State.TAKEN:
            saved = count_words(counted.new + counted.changed, handler.saved_as)
            return f"{saved} saved from {words.this}. {handler.after_saving}"
        case State.FAULTY:
            return _faulty_lede(upload, handler, counted)
    counts = _counts(counted, handler)
    if not counted.new + counted.changed:
        return f"Nothing changes: {counts}."
    return f"{_sentence(counts)} Nothing is saved yet."


def _faulty_lede(upload: Upload, handler: UploadHandler, counted: Tally) -> str:
    if not any(row for row, *_ in upload.problems) and not upload.pasted:
        return "This file could not be read, and nothing was saved from it. What to do stands below."
    if upload.pasted:
        said = "Nothing was saved from these rows yet. Put them right below, and have them read again."
    else:
        said = "Nothing can be saved from this file yet. Put these right in the file and hand it in again."
    if not counted.total or upload.rows_wrong is None:
        return said
    if counted.unread:
        return f"{said} {_unread_words(counted.total)}"
    return f"{said} {_sentence(_counts(counted, handler))}"


def _unread_words(total: int) -> str:
    return (
        "The one row was not looked at yet." if total == 1 else f"None of {total:,} rows was looked at yet."
    )


def _counts(counted: Tally, handler: UploadHandler) -> str:
    """ "of 4 rows, 1 with problems, 2 new, 1 left out, without a figure": every row once."""
    there = "what is there already"
    words = [
        (counted.wrong, "with problems"),
        (counted.new, "new"),
        (counted.changed, "changed"),
        (counted.same, there if counted.new or counted.changed or counted.wrong else f"say {there}"),
        (counted.left_out, f"left out, {handler.nothing_in_row}"),
    ]
    parts = [f"{number:,} {word}" for number, word in words if number]
    return f"of {count_words(counted.total, 'row')}, {', '.join(parts)}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _progress_words(upload: Upload) -> str:
    if upload.rows_total is None:
        return "Waiting to be read"
    if upload.rows_done >= upload.rows_total:
        return f"All {count_words(upload.rows_total, 'row')} read; working out what they come to"
    return f"Reading: {upload.rows_done:,} of {count_words(upload.rows_total, 'row')}"


def _problem(problem: Sequence[Any], upload: Upload) -> ProblemRow:
    row, column, message, name = problem
    where = name or (f"Row {row}" if row else words_for(upload.pasted).the.capitalize())
    return ProblemRow(where=where, column=column, message=message)


def _problems_words(upload: Upload) -> str:
    number = count_words(len(upload.problems), "problem")
    if len(upload.problems) > MOST_PROBLEMS:
        number = f"More than {count_words(MOST_PROBLEMS, 'problem')}"
    return f"{number} in {count_words(upload.rows_wrong, 'row')}" if upload.rows_wrong else number


def _rest(changes: Sequence[Mapping[str, Any]], handler: UploadHandler) -> list[tuple[str, str]]:
    """The rows that change nothing, in two lines."""
    words = {
        SAME: "Rows that say what is there already",
        LEFT_OUT: f"Rows left out, {handler.nothing_in_row}",
    }
    named = {kind: [change["name"] for change in changes if change["kind"] == kind] for kind in words}
    return [(f"{words[kind]} ({len(found):,})", _names(found)) for kind, found in named.items() if found]


def _names(found: Sequence[str]) -> str:
    """The first of them; a file may have tens of thousands."""
    beyond = len(found) - MOST_NAMED
    return ", ".join(found[:MOST_NAMED]) + (f" and {beyond:,} more" if beyond > 0 else "")
