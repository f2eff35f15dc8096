"""What a line is called where it stands without those above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from budgets.models import Line


def names_of(lines: Iterable[Line]) -> dict[int, str]:
    """By the key of each line with amounts; ``lines`` are all of a book, those that hold others too. No query.

    Where several have one name, the division above it stands before it.
    """
    by_key = {line.pk: line for line in lines}
    own = [line for line in by_key.values() if line.kind == Line.Kind.LINE]
    often = Counter(line.name for line in own)
    return {
        line.pk: f"{_division(line, by_key)}{line.name}" if often[line.name] > 1 else line.name
        for line in own
    }


def _division(line: Line, by_key: Mapping[int, Line]) -> str:
    above = by_key.get(line.parent_id or 0)
    while above is not None and above.kind != Line.Kind.DIVISION:
        above = by_key.get(above.parent_id or 0)
    return f"{above.name}: " if above else ""
