"""From an overspend to what was carried on: each step as printed, and what is not printed said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.bridge.picture import bridge_picture
from budgets.bridge.selectors import steps_of
from budgets.charts.bars import BarsPicture
from budgets.models import Book, BridgeStep, Stated


@dataclass(frozen=True)
class StepRow:
    name: str
    printed: str  # empty: not printed
    also: Sequence[str]
    note: str
    place: str


@dataclass(frozen=True)
class Bridge:
    book: Book
    title: str
    note: str
    picture: BarsPicture | None
    steps: Sequence[StepRow]


def bridges_of(books: Sequence[Book]) -> list[Bridge]:
    """Of each book that has one. Two queries for all."""
    steps = steps_of(books)
    return [_bridge(book, steps[book.pk]) for book in books if book.pk in steps]


def _bridge(book: Book, steps: Sequence[BridgeStep]) -> Bridge:
    about = book.about.get("bridge", {})
    title = about.get("title", "")
    return Bridge(
        book, title, about.get("note", ""), bridge_picture(title, steps), [_row(step) for step in steps]
    )


def _row(step: BridgeStep) -> StepRow:
    return StepRow(
        name=step.name,
        printed=step.stated.printed,
        also=[f"{other.printed} in {_place(other)}" for other in step.also.all()],
        note=step.note or step.stated.note,
        place=_place(step.stated),
    )


def _place(stated: Stated) -> str:
    return f"{stated.document}, {stated.place}"
