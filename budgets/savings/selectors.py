"""The savings that books plan."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.models import Book, SavingsPlan


def plans_of(books: Sequence[Book]) -> list[SavingsPlan]:
    """With their savings by year. Two queries."""
    plans = SavingsPlan.objects.filter(book__in=books).select_related("book")
    return list(plans.prefetch_related("savings"))
