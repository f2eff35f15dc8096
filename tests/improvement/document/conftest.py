"""The plans of the documents, as they are loaded, and a page of one of them."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from improvement.plans.files import read_plan
from improvement.plans.links import load_links
from improvement.plans.loading import load_plan
from tests.cast import BY

PLANS = Path(__file__).resolve().parents[3] / "fixtures" / "plans"
CODES = ("2018", "2019-22", "2021-24", "childcare-2019-20")
PARTS = ("priorities", "priorities/1", "document")


@pytest.fixture
def plans(contract):
    for code in CODES:
        load_plan(by=BY, contract=contract, folder=read_plan(PLANS / code))


@pytest.fixture
def linked(contract):
    """With the indicators that show its measures."""
    call_command("load_contract", contract=contract.code, verbosity=0)
    for code in CODES:
        load_plan(by=BY, contract=contract, folder=read_plan(PLANS / code))
    load_links(by=BY, contract=contract, file=PLANS / "measure_links.yaml")


@pytest.fixture
def read(signed_in, board_reader):
    """read("2019-22", "document"): the page as its reader sees it."""
    client = signed_in(board_reader)

    def read(code, part):
        answer = client.get(f"/contracts/sandwell/plans/{code}/{part + '/' if part else ''}")
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "lxml").main

    return read
