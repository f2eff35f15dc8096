"""The steps by which overspends were met."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.models import Book, BridgeStep


def steps_of(books: Sequence[Book]) -> dict[int, list[BridgeStep]]:
    """By the key of their book, in their order, with what is stated of them. Two queries."""
    found: dict[int, list[BridgeStep]] = {}
    for step in BridgeStep.objects.filter(book__in=books).select_related("stated").prefetch_related("also"):
        found.setdefault(step.book_id, []).append(step)
    return found
