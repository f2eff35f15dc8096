"""How much of a book's period is open, as calendar, notices and the contract's first page say it. No amount in it."""

from __future__ import annotations

from core.values.numbers import count_words


def missing_words(lines: int) -> str:
    return count_words(lines, "line is", "lines are") + " not entered yet"


def waiting_words(lines: int) -> str:
    return count_words(lines, "line waits", "lines wait") + " for the council"


def asked_words(lines: int) -> str:
    return count_words(lines, "line is", "lines are") + " asked about"
