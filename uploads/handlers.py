"""What an app hands in so that files can be read for it: what to compare, how to commit, and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Q

from core.declarations import named, per_installation
from parties.models import Contract
from parties.participants import Participant
from uploads.tables.layout import Layout
from uploads.tables.opening import Table
from uploads.tables.problem import Problem

# What a row is beside what is kept.
NEW, CHANGED, SAME, LEFT_OUT = "new", "changed", "same", "left_out"
Change = Mapping[str, Any]


class Progress(Protocol):
    """Hears how many rows there are, then how many are read."""

    def begin(self, total: int) -> None: ...

    def __call__(self, done: int) -> None: ...


@dataclass(frozen=True)
class Verdict:
    """What became of a file. Row 0 is the file as a whole, row 1 most often its header.

    Each of ``changes`` is one row as the upload keeps it: at least "row", "kind" (one of NEW, CHANGED, SAME, LEFT_OUT)
    and "name", by which people know it; whatever else its app needs to commit it.
    """

    rows: int | None
    changes: list[dict[str, Any]]
    problems: list[Problem]


@dataclass(frozen=True)
class Committed:
    """How many rows were saved; the trail's summary and changes of it."""

    number: int
    summary: str
    changes: Mapping[str, Any] = field(default_factory=dict)


def everybodys(participant: Participant) -> Q:
    """Files of the contract that whoever has the permission sees."""
    return Q()


@dataclass(frozen=True)
class UploadHandler:
    """One kind of file.

    ``permission`` is what it takes to hand one in, and to see it; ``seen`` says which of those files are the person's
    at all. ``layout`` is how its tables are known. ``read`` finds what a table would change of what it was handed in
    for, and all that is wrong with it, writing nothing. ``commit`` saves all changes in the
    transaction of its caller; uploads.refusals.PreviewOutdated where somebody else was quicker. ``preview`` prepares
    the changed rows for ``template``; ``saved`` names what was saved, each with its address and words.
    ``refused`` says why somebody without the permission may not; ``saved_as`` is what a row becomes ("draft").
    ``page`` is where people come from who hand in for what ``given_for`` says, under ``page_label``; ``hand_in`` where
    they do so, as address and words. Of a row that was saved only "row", "kind", "name" and
    what ``kept`` names stays with the upload.
    """

    name: str
    permission: str
    what: str
    saved_as: str
    refused: str
    page: Callable[[Contract, str], str]
    page_label: str
    hand_in: Callable[[Contract, str], tuple[str, str]]
    template: str
    layout: Layout
    read: Callable[[Participant, Table, Progress, str], Verdict]
    commit: Callable[[Participant, Sequence[Change]], Committed]
    preview: Callable[[Participant, Sequence[Change]], Sequence[object]]
    saved: Callable[[Contract, Sequence[Change]], Sequence[tuple[str, str, str]]]
    after_saving: str
    nothing_in_row: str
    kept: tuple[str, ...] = ()
    seen: Callable[[Participant], Q] = everybodys


@per_installation
def handlers() -> dict[str, UploadHandler]:
    return named(UploadHandler)


def handler_named(name: str) -> UploadHandler:
    return handlers()[name]


def what_it_is(name: str, pasted: bool) -> str:
    """ "A file of figures", or "Pasted rows"; only "A file" for one of a kind that no app declares any longer."""
    if pasted:
        return "Pasted rows"
    return f"A {handlers()[name].what}" if name in handlers() else "A file"


def upload_permissions() -> tuple[str, ...]:
    """Any of these lets somebody see files: those that the permission is about."""
    return tuple(sorted({handler.permission for handler in handlers().values()}))
