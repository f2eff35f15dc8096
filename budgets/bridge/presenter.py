"""From an overspend to what was carried on: each step as printed, and what is not printed said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.bridge.selectors import steps_of
from budgets.models import Book, BridgeStep, Stated

# So wide is the largest amount that is printed.
WIDEST = 300


@dataclass(frozen=True)
class StepRow:
    name: str
    look: str  # of its bar: what is over, or what pays for it
    printed: str  # empty: not printed
    also: Sequence[str]
    note: str
    place: str
    width: int


@dataclass(frozen=True)
class Bridge:
    book: Book
    title: str
    note: str
    steps: Sequence[StepRow]


def bridges_of(books: Sequence[Book]) -> list[Bridge]:
    """Of each book that has one. Two queries for all."""
    steps = steps_of(books)
    return [_bridge(book, steps[book.pk]) for book in books if book.pk in steps]


def _bridge(book: Book, steps: Sequence[BridgeStep]) -> Bridge:
    about = book.about.get("bridge", {})
    largest = max((abs(step.stated.hundredths or 0) for step in steps), default=0) or 1
    return Bridge(
        book, about.get("title", ""), about.get("note", ""), [_row(step, largest) for step in steps]
    )


def _row(step: BridgeStep, largest: int) -> StepRow:
    return StepRow(
        name=step.name,
        look="spent" if step.kind in (BridgeStep.Kind.OPENING, BridgeStep.Kind.CLOSING) else "budget",
        printed=step.stated.printed,
        also=[f"{other.printed} in {_place(other)}" for other in step.also.all()],
        note=step.note or step.stated.note,
        place=_place(step.stated),
        width=abs(step.stated.hundredths or 0) * WIDEST // largest,
    )


def _place(stated: Stated) -> str:
    return f"{stated.document}, {stated.place}"
