"""The audit trail of a contract in words: who did what, when, and what changed thereby."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from audit.entries import entries_of
from audit.models import AuditEvent
from audit.verify import stands_as_written
from core.clock import moment_words
from core.values.cells import csv_lines
from trail.selectors import Stretch

MOST_LINES = 40
COLUMNS = (
    "entry", "at", "who", "name", "action", "summary", "in_words", "subject_type", "subject_id", "changes", "hash"
)  # fmt: skip


@dataclass(frozen=True)
class TrailRow:
    """One entry. ``who`` is what the person is called today, ``username`` the name that the entry keeps, where it
    differs; ``more`` is the number of lines that are left to the download.
    """

    number: int
    when: str
    who: str
    username: str
    what: str
    summary: str
    lines: list[str]
    more: int
    touched: bool


@dataclass(frozen=True)
class TrailPage:
    rows: list[TrailRow]
    touched: int
    narrowed: bool
    everything_url: str
    csv_url: str
    newer_url: str
    older_url: str


def trail_page(
    contract_code: str, found: Stretch, names: Mapping[int, str], pairs: Sequence[tuple[str, str]]
) -> TrailPage:
    """Newest first; the filters go along to older and newer entries and into the file."""
    rows = [_row(entry, names) for entry in found.entries]
    csv_url = reverse("trail:trail-csv", args=[contract_code])
    return TrailPage(
        rows=rows,
        touched=sum(1 for row in rows if row.touched),
        narrowed=bool(pairs),
        everything_url=reverse("trail:trail", args=[contract_code]),
        csv_url=f"{csv_url}?{urlencode(pairs)}" if pairs else csv_url,
        newer_url=_onward(pairs, "after", rows[0].number) if found.newer and rows else "",
        older_url=_onward(pairs, "before", rows[-1].number) if found.older and rows else "",
    )


def trail_file(entries: Iterable[AuditEvent], names: Mapping[int, str]) -> Iterator[str]:
    """A header row, then a row for each entry, line by line. No text in it starts a formula."""
    yield from csv_lines([COLUMNS])
    yield from csv_lines(_cells(entry, names) for entry in entries)


def _row(entry: AuditEvent, names: Mapping[int, str]) -> TrailRow:
    said = entries_of(entry.action)
    lines = said.lines(entry.action, entry.changes)
    who = _name(entry, names)
    return TrailRow(
        number=entry.sequence,
        when=moment_words(entry.at),
        who=who,
        username=entry.actor if entry.actor != who else "",
        what=entry.action.replace(".", " ").replace("_", " ").capitalize(),
        summary=said.headline(entry.action, entry.summary, entry.changes),
        lines=lines[:MOST_LINES],
        more=max(0, len(lines) - MOST_LINES),
        touched=not stands_as_written(entry),
    )


def _cells(entry: AuditEvent, names: Mapping[int, str]) -> tuple[object, ...]:
    words = entries_of(entry.action)
    said = [
        words.headline(entry.action, entry.summary, entry.changes),
        *words.lines(entry.action, entry.changes),
    ]
    return (
        entry.sequence,
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        entry.actor,
        _name(entry, names),
        entry.action,
        entry.summary,
        "\n".join(said),
        entry.subject_type,
        entry.subject_id,
        json.dumps(entry.changes, ensure_ascii=False, sort_keys=True) if entry.changes else "",
        entry.hash,
    )


def _name(entry: AuditEvent, names: Mapping[int, str]) -> str:
    return names.get(entry.actor_id, entry.actor) if entry.actor_id is not None else entry.actor


def _onward(pairs: Sequence[tuple[str, str]], way: str, number: int) -> str:
    return "?" + urlencode([*pairs, (way, str(number))])
