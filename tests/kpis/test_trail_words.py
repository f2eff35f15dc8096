"""What a change says in the trail, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from kpis.trail_words import change_lines


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, []),
        ({"PI1": {"decimals": {"old": 0, "new": 1}}}, ["PI1, decimals: 0 → 1"]),
        ({"note": {"old": "", "new": None}}, ["note: nothing → nothing"]),
        ({"figures": ["PI1 2019-03: 1 of 2", "PI2"]}, ["PI1 of March 2019: 1 of 2", "PI2"]),
        ({"starts_on": "2018-04-01"}, ["starts on: 1 April 2018"]),
        ({"rows": [{"a": 1}]}, ["rows, a: 1"]),
    ],
)
def test_changes_in_words(changes: dict[str, Any], lines: list[str]) -> None:
    assert change_lines("definitions.loaded", changes) == lines
