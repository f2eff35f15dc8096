"""A file of figures as a command is given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GivenFile:
    """A file under its name; ``answers`` to what it may ask, by what is asked (see uploads.tables.refusal.FileAsks)."""

    name: str
    content: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
