"""A cell of a file is never taken for a formula."""

from __future__ import annotations

import pytest

from core.values.cells import cell, trimmed, visible


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


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("PI\u200b1", "PI1"),
        ("\ufeffindicator", "indicator"),
        ("\u202a80\u202c", "80"),
        ("100\u200e", "100"),
        ("\u00a0 75 \u202f", "75"),
        ("so\u00adft", "soft"),
        ("1\u00a0045", "1\u00a0045"),
        (" plain ", "plain"),
        ("\u200b", ""),
        ("é\u0301", "é\u0301"),
    ],
)
def test_signs_that_show_nothing_are_left_out(text, seen):
    assert visible(text) == seen


FAMILY = "\U0001f468\u200d\U0001f469"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"\u200b {FAMILY} \ufeff", FAMILY),
        (ENGLAND, ENGLAND),
        (" words ", "words"),
        ("\u200bno\u00adte\u00a0", "no\u00adte"),
        ("\u200b\u00a0", ""),
    ],
)
def test_a_long_text_loses_them_at_its_ends_alone(text, kept):
    assert trimmed(text) == kept
