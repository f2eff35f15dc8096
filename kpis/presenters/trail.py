"""The audit trail of a contract in words: who did what, when, and what changed thereby."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from audit.verify import stands_as_written
from kpis.presenters.csv_file import cell
from kpis.presenters.figure_rows import moment
from kpis.selectors.trail import Stretch

MOST_LINES = 40
COLUMNS = ("entry", "at", "who", "action", "summary", "subject_type", "subject_id", "changes", "hash")


@dataclass(frozen=True)
class TrailRow:
    """One entry. ``more`` is the number of lines that are left to the download."""

    number: int
    when: str
    who: str
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


def trail_page(contract_code: str, found: Stretch, pairs: Sequence[tuple[str, str]]) -> TrailPage:
    """Newest first; the filters go along to older and newer entries and into the file."""
    rows = [_row(entry) for entry in found.entries]
    csv_url = reverse("kpis:trail-csv", args=[contract_code])
    return TrailPage(
        rows=rows,
        touched=sum(1 for row in rows if row.touched),
        narrowed=bool(pairs),
        everything_url=reverse("kpis:trail", args=[contract_code]),
        csv_url=f"{csv_url}?{urlencode(pairs)}" if pairs else csv_url,
        newer_url=_onward(pairs, "after", rows[0].number) if found.newer and rows else "",
        older_url=_onward(pairs, "before", rows[-1].number) if found.older and rows else "",
    )


def trail_file(entries: Iterable[AuditEvent]) -> Iterator[str]:
    """A header row, then a row for each entry, line by line. No text in it starts a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([cell(value) for value in _cells(entry)])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def change_lines(action: str, changes: Mapping[str, Any]) -> list[str]:
    """What an entry changed, a line for each thing: "PI1, decimals: 0 → 1", "PI4 2020-01: 335 of 451"."""
    return [line for name, value in changes.items() for line in _lines(_plain(name), value, action)]


def _lines(name: str, value: Any, action: str) -> Iterator[str]:
    if isinstance(value, Mapping) and set(value) == {"old", "new"}:
        yield f"{name}: {_word(value['old'])} → {_word(value['new'])}"
    elif isinstance(value, Mapping):
        for inner, deeper in value.items():
            yield from _lines(f"{name}, {_plain(inner)}", deeper, action)
    elif isinstance(value, list) and action == "contract.changed":
        yield f"{name}: {' → '.join(_word(one) for one in value)}"
    elif isinstance(value, list):
        yield from (_word(one) for one in value)
    else:
        yield f"{name}: {_word(value)}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _word(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (Mapping, list)) else str(value)


def _row(entry: AuditEvent) -> TrailRow:
    lines = change_lines(entry.action, entry.changes)
    return TrailRow(
        number=entry.sequence,
        when=moment(entry.at),
        who=entry.actor,
        what=entry.action.replace(".", " ").replace("_", " ").capitalize(),
        summary=entry.summary,
        lines=lines[:MOST_LINES],
        more=max(0, len(lines) - MOST_LINES),
        touched=not stands_as_written(entry),
    )


def _cells(entry: AuditEvent) -> tuple[object, ...]:
    return (
        entry.sequence,
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        entry.actor,
        entry.action,
        entry.summary,
        entry.subject_type,
        entry.subject_id,
        json.dumps(entry.changes, ensure_ascii=False, sort_keys=True) if entry.changes else "",
        entry.hash,
    )


def _onward(pairs: Sequence[tuple[str, str]], way: str, number: int) -> str:
    return "?" + urlencode([*pairs, (way, str(number))])
