"""What a choice of e-mails says in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.words import any_lines, label, word
from notices.kinds import kinds


def choice_lines(action: str, changes: Mapping[str, Any]) -> list[str]:
    """ "not by e-mail: nothing → overdue"."""
    return [line for name, value in changes.items() for line in _lines(name, value)]


def _lines(name: str, value: Any) -> list[str]:
    if not (isinstance(value, list) and all(isinstance(names, list) for names in value)):
        return list(any_lines(name, value))
    pair = [", ".join(_kind(kind) for kind in names) for names in value]
    return [f"{label(name)}: {' → '.join(word(part) for part in pair)}"]


def _kind(name: str) -> str:
    return kinds()[name].label.lower() if name in kinds() else name
