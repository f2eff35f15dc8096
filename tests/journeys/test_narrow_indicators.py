"""Every indicator's page on a telephone, down to 320 pixels: nothing sideways, whatever words the documents print."""

from __future__ import annotations

import pytest

from tests.journeys.browser import NARROW, SMALLEST
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.appearance]

CODES = [f"PI{number}" for number in range(1, 16)] + [f"SM{number}" for number in range(1, 6)]


def test_no_indicator_is_wider_than_a_telephone(tab_of: Opener) -> None:
    with tab_of("client-officer", width=NARROW) as tab:
        for code in CODES:
            tab.open(f"/contracts/sandwell/indicators/{code}/")
            for width in (NARROW, SMALLEST):
                tab.resize(width)
                assert tab.sideways() <= 0, f"{code} is {tab.sideways()} pixels too wide at {width}"
