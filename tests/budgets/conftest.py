"""The budget books of the definition files: read once, or loaded as the command loads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgets.books.files import read_book
from budgets.books.folders import BookFolder
from budgets.books.loading import load_book
from budgets.demonstration.months import live_on
from budgets.models import Book
from tests.cast import BY
from tests.conftest import _person

BOOKS = Path(__file__).resolve().parents[2] / "fixtures" / "budgets"
read = cache(read_book)


@pytest.fixture
def book() -> Callable[[str], BookFolder]:
    """book("trust"): one of the books that the project ships."""
    return lambda code: read(BOOKS / code)


@pytest.fixture
def books(contract: Any) -> None:
    for code in ("trust", "directorate", "solihull"):
        load_book(by=BY, contract=contract, folder=read(BOOKS / code))


@pytest.fixture
def lived(books: None) -> Book:
    """The Trust's book with the demonstration's months of two years."""
    book = Book.objects.get(code="trust")
    live_on(book, date(2020, 4, 20))
    return book


@pytest.fixture
def board_reader(contract: Any) -> Any:
    return _person("board-reader", contract.commissioner, "board_reader")
