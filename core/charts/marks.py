"""What a template writes out of a drawing: letters, zones and shapes with their places as text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """Letters at a place; several lines go downwards from it."""

    x: str
    y: str
    lines: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class Zone:
    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Mark:
    """A point's shape; ``x`` and ``y`` are its centre, ``left`` and ``top`` the corner of its box."""

    kind: str
    x: str
    y: str
    left: str
    top: str
    hollow: bool
    focus: bool
    words: str
