"""The page of one indicator: where it is, and what it says."""

from __future__ import annotations

from datetime import date

TODAY = date(2020, 5, 1)


def address(code, suffix=""):
    return f"/contracts/sandwell/indicators/{code}/{suffix}"
