"""The budget books of the definition files, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from budgets.books.files import read_book
from budgets.books.folders import BookFolder

BOOKS = Path(__file__).resolve().parents[2] / "fixtures" / "budgets"
read = cache(read_book)


@pytest.fixture
def book() -> Callable[[str], BookFolder]:
    """book("trust"): one of the books that the project ships."""
    return lambda code: read(BOOKS / code)
