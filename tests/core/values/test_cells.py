"""A cell of a file is never taken for a formula."""

from __future__ import annotations

import pytest

from core.values.cells import cell


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1+cmd|x", "'-1+cmd|x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("-2.39", "-2.39"),
        ("a=b", "a=b"),
        (None, ""),
        (0, "0"),
        (False, "false"),
    ],
)
def test_cells(value: object, expected: str) -> None:
    assert cell(value) == expected
