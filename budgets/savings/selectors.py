"""The savings that books plan, and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.books.selectors import books_of
from budgets.models import Book, Saving, SavingsPlan
from core.forms import row_key
from parties.participants import Participant


def plans_of(books: Sequence[Book]) -> list[SavingsPlan]:
    """With their savings by year, what was said of each, and how they are read. Four queries."""
    plans = SavingsPlan.objects.filter(book__in=books).select_related("book")
    return list(plans.prefetch_related("savings__said", "readings"))


def plan_keyed(participant: Participant, key: str) -> SavingsPlan | None:
    """The plan that a form names; None for one of no book that the person may read. Two queries."""
    plans = SavingsPlan.objects.filter(book__in=books_of(participant), pk=row_key(key))
    return plans.select_related("book").first()


def saving_keyed(participant: Participant, key: str) -> Saving | None:
    """As ``plan_keyed``, of a year's saving."""
    savings = Saving.objects.filter(plan__book__in=books_of(participant), pk=row_key(key))
    return savings.select_related("plan__book").first()
