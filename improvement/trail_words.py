"""What entries about plans and their actions say in the trail, in sentences for those who read the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.words import any_lines

Changes = Mapping[str, Any]


def headline(action: str, summary: str, changes: Changes) -> str:
    """The summary; where words were said with the step, they follow: "Action 3 of OR1 was sent back: “How many?”" """
    words = changes.get("words")
    return f"{summary.removesuffix('.')}: “{words}”" if isinstance(words, str) and words else summary


def change_lines(action: str, changes: Changes) -> list[str]:
    """What a step changed, a line for each thing; the words stand in the headline."""
    return [line for name, value in changes.items() if name != "words" for line in any_lines(name, value)]
