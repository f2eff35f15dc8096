"""Where pages of the money stand."""

from __future__ import annotations

from django.urls import reverse

from budgets.models import Book, Line
from budgets.rules.periods import Period
from parties.models import Contract
from parties.participants import Participant


def above(participant: Participant) -> list[tuple[str, str]]:
    """What stands above every page of the money but the first: label and address."""
    return [("Money", reverse("budgets:money", args=[participant.contract.code]))]


def book_url(participant: Participant, book: Book) -> str:
    return reverse("budgets:book", args=[participant.contract.code, book.code])


def line_url(participant: Participant, book: Book, line: Line) -> str:
    """Of a line with amounts of its own."""
    return reverse("budgets:line", args=[participant.contract.code, book.code, line.code])


def period_page(contract: Contract, book: Book, period: Period) -> str:
    """Where both parties speak about a book's period."""
    return reverse("budgets:period", args=[contract.code, book.code, period.year.start, period.number])
