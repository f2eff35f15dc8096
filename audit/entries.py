"""What an app says of its entries in the trail: who may read them, under what they are found, and their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from audit.words import any_lines
from core.declarations import declared, per_installation

Changes = Mapping[str, Any]
# To whom the trail of a contract shows entries: to both parties, to the provider, or to the party that wrote them.
BOTH, PROVIDER, OWN_PARTY = "both", "provider", "own party"


def _as_kept(action: str, summary: str, changes: Changes) -> str:
    return summary


def _line_by_line(action: str, changes: Changes) -> list[str]:
    return [line for name, value in changes.items() for line in any_lines(name, value)]


@dataclass(frozen=True)
class EntryGroup:
    """A word by which people find entries, such as "answered": and what it stands for, as a choice says it."""

    name: str
    words: str


@dataclass(frozen=True)
class Entries:
    """The entries whose action begins with one of ``actions``; where several fit, the longest one speaks.

    ``permission`` is what an administrator must hold besides to read their words: empty where nothing stands in them
    that administrators may not see; left out, the words are withheld from them. ``headline`` and ``lines`` put an entry
    into sentences for the parties: from its action, its summary and its changes.
    """

    actions: tuple[str, ...]
    group: str = ""
    shown_to: str = BOTH
    permission: str | None = None
    headline: Callable[[str, str, Changes], str] = _as_kept
    lines: Callable[[str, Changes], list[str]] = _line_by_line


# Of an action that no app declares, only those see an entry who are of the party that wrote it.
UNKNOWN = Entries(actions=(), shown_to=OWN_PARTY)


@per_installation
def entries_of(action: str) -> Entries:
    """What is declared of an action; of one that no app knows any more, that it is shown as it was kept."""
    fitting = [
        (beginning, entries)
        for entries in declared(Entries)
        for beginning in entries.actions
        if action.startswith(beginning)
    ]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else UNKNOWN
