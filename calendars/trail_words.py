"""What entries about meetings say in the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audit.words import days_in_words, label, word
from calendars.models import Meeting


def meeting_headline(action: str, summary: str, changes: Mapping[str, Any]) -> str:
    """The summary with the meeting's day in words."""
    return days_in_words(summary)


def meeting_lines(action: str, changes: Mapping[str, Any]) -> list[str]:
    """What a meeting says, or said and says now. What was left empty is passed over."""
    return [line for name, value in changes.items() for line in _lines(name, value)]


def _lines(name: str, value: Any) -> Iterator[str]:
    pair = value if isinstance(value, list) else [value]
    words = [dict(Meeting.Board.choices).get(part, part) if name == "board" else part for part in pair]
    if any(words):
        yield f"{label(name)}: {' → '.join(word(part) for part in words)}"
