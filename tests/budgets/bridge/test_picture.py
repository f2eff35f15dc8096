"""The picture of how an overspend was met: what isn't printed has no bar."""

import pytest
from bs4 import BeautifulSoup

from budgets.bridge.picture import bridge_picture
from budgets.models import BridgeStep, Stated
from tests.pages import text

pytestmark = pytest.mark.django_db
BRIDGE = "/contracts/sandwell/money/bridge/"


def test_what_is_not_printed_has_no_bar(signed_in, board_reader, books):
    soup = BeautifulSoup(signed_in(board_reader).get(BRIDGE).content, "lxml")

    wide, narrow = soup.select("figure svg.money-bars")
    assert [len(svg.select("rect.money-bars__bar")) for svg in (wide, narrow)] == [3, 3]
    assert text(wide).count("Not printed") == 2
    assert "£1.58 million" in text(wide)
    assert soup.select_one("table.figures")["id"] == "steps-trust"


def test_a_step_after_one_that_is_not_printed_begins_at_nil(books):
    steps = list(BridgeStep.objects.filter(book__code="trust").select_related("stated"))
    steps.insert(3, BridgeStep(name="More", kind="funding", stated=Stated(hundredths=40_000_000)))

    rows = bridge_picture("How", steps).chart.rows

    assert [(row.start, row.end) for row in rows] == [
        (0, 690_000_000), (690_000_000, 190_000_000), (None, None), (40_000_000, 0), (None, None), (0, 157_900_000),
    ]  # fmt: skip


def test_without_any_amount_there_is_no_picture():
    assert bridge_picture("How", [BridgeStep(name="Reserve", kind="reserve", stated=Stated())]) is None
