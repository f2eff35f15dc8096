"""Lists that people type, a line for each thing, in a form as in the cell of a file."""

from __future__ import annotations

import re

from improvement.models.plan import TITLE

MOST_LINES = 40
_BULLET = re.compile(r"^(?:[•·▪*–-]\s+)+")


def lines_written(text: str) -> list[str]:
    """The lines, without empty ones and without the marks of a list. ValueError where there is no room for them."""
    lines = [_BULLET.sub("", line.strip()) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValueError(f"There is room for {MOST_LINES} lines, and these are {len(lines)}.")
    for number, line in enumerate(lines, start=1):
        if len(line) > TITLE:
            raise ValueError(
                f"Line {number} has {len(line)} characters; there is room for {TITLE}. Break it in two."
            )
    return lines
