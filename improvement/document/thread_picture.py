"""The golden thread as a picture: columns of boxes, and a line for each link between neighbours. No query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH, BOX_WIDTH, BOX_HEIGHT, GAP, TOP = 1180, 220, 42, 10, 46
LETTERS, HEAD_LETTERS, LINES = 29, 36, 2
LINE_HEIGHT, BASELINE, INDENT = 16, 5, 9


@dataclass(frozen=True)
class Line:
    x: str
    y: str
    words: str


@dataclass(frozen=True)
class Box:
    x: str
    y: str
    lines: Sequence[Line]
    tied: bool  # a link leads to it or from it


@dataclass(frozen=True)
class Curve:
    path: str
    derived: bool


@dataclass(frozen=True)
class Picture:
    width: str
    height: str
    box_width: str
    box_height: str
    heads: Sequence[Line]
    boxes: Sequence[Box]
    curves: Sequence[Curve]


def picture_of(
    *,
    heads: Sequence[str],
    columns: Sequence[Mapping[str, str]],
    links: Iterable[tuple[str, str, bool]],
) -> Picture:
    """``columns`` hold each box's words by its key; ``links`` are from, to, and whether derived, each drawn once.

    Lengths are whole units of the drawing; each column stands in the middle of the tallest.
    """
    tallest = max(len(column) for column in columns)
    height = TOP + tallest * (BOX_HEIGHT + GAP)
    step = (WIDTH - BOX_WIDTH) // (len(columns) - 1)
    places: dict[str, tuple[int, int]] = {}
    for at, column in enumerate(columns):
        free = (tallest - len(column)) * (BOX_HEIGHT + GAP) // 2
        for row, key in enumerate(column):
            places[key] = (at * step, TOP + free + row * (BOX_HEIGHT + GAP))
    drawn = dict.fromkeys(links)
    tied = {key for start, end, _ in drawn for key in (start, end)}
    return Picture(
        width=str(WIDTH),
        height=str(height),
        box_width=str(BOX_WIDTH),
        box_height=str(BOX_HEIGHT),
        heads=[
            line
            for at, head in enumerate(heads)
            for line in _lines(head, at * step, TOP // 2, 0, HEAD_LETTERS)
        ],
        boxes=[
            Box(str(x), str(y), _lines(words, x, y + BOX_HEIGHT // 2, INDENT, LETTERS), key in tied)
            for column in columns
            for key, words in column.items()
            for x, y in [places[key]]
        ],
        curves=[Curve(_curve(places[start], places[end]), derived) for start, end, derived in drawn],
    )


def _lines(words: str, x: int, middle: int, indent: int, letters: int) -> list[Line]:
    parts = wrap(words, letters, max_lines=LINES, placeholder=" …")
    first = middle + BASELINE - (len(parts) - 1) * LINE_HEIGHT // 2
    return [Line(str(x + indent), str(first + at * LINE_HEIGHT), part) for at, part in enumerate(parts)]


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0] + BOX_WIDTH, start[1] + BOX_HEIGHT // 2
    x2, y2 = end[0], end[1] + BOX_HEIGHT // 2
    half = (x1 + x2) // 2
    return f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}"
