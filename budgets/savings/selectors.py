"""The savings that books plan, and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from budgets.books.selectors import books_of
from budgets.models import Book, Saving, SavingsPlan
from parties.participants import Participant


def plans_of(books: Sequence[Book]) -> list[SavingsPlan]:
    """With their savings by year, what was said of each, and how they are read. Four queries."""
    plans = SavingsPlan.objects.filter(book__in=books).select_related("book")
    return list(plans.prefetch_related("savings__said", "readings"))


def plan_keyed(participant: Participant, key: int) -> SavingsPlan:
    """Http404 for a plan of no book that the person may read."""
    plan = SavingsPlan.objects.filter(book__in=books_of(participant), pk=key).select_related("book").first()
    if plan is None:
        raise Http404("No book plans these savings.")
    return plan


def saving_keyed(participant: Participant, key: int) -> Saving:
    """Http404 for a saving of no book that the person may read."""
    found = Saving.objects.filter(plan__book__in=books_of(participant), pk=key)
    saving = found.select_related("plan__book").first()
    if saving is None:
        raise Http404("No book plans this saving.")
    return saving
