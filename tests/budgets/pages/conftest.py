"""The books of the contract, loaded as the command loads them."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.conftest import _person

BOOKS = ("trust", "directorate", "solihull")


@pytest.fixture
def books(contract: Any) -> None:
    for code in BOOKS:
        call_command("load_book", settings.BASE_DIR / "fixtures" / "budgets" / code, verbosity=0)


@pytest.fixture
def board_reader(contract: Any) -> Any:
    return _person("board-reader", contract.commissioner, "board_reader")
