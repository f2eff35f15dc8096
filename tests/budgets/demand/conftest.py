"""The Trust's book beside the figures of the indicators that hold some of its series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from budgets.books.loading import load_book
from budgets.models import Book
from tests.budgets.conftest import BOOKS, read
from tests.cast import BY

DEMAND = "/contracts/sandwell/money/demand/"


@pytest.fixture
def counted(demonstration: Any) -> Book:
    load_book(by=BY, contract=demonstration, folder=read(BOOKS / "trust"))
    return Book.objects.get(code="trust")


@pytest.fixture
def page(
    counted: Book, persona: Callable[[str], Any], signed_in: Callable[[Any], Any]
) -> Callable[[], BeautifulSoup]:
    """The page as a board reader reads it now."""
    reader = signed_in(persona("board-reader"))
    return lambda: BeautifulSoup(reader.get(DEMAND).content, "lxml")
