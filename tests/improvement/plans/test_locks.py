"""Rows are locked so that others may still refer to them: a notice about a contract, an event of an action."""

import re
from pathlib import Path

import improvement

ROOMS = ("actions", "keeping", "measures", "imports", "plans")
LOCK = re.compile(r"select_for_update\(([^()]*(?:\([^()]*\))?[^()]*)\)")


def test_no_lock_takes_the_key():
    home = Path(improvement.__file__).parent
    locks = [
        (str(file.relative_to(home)), found)
        for room in ROOMS
        for file in sorted((home / room).rglob("*.py"))
        for found in LOCK.findall(file.read_text())
    ]

    assert len(locks) >= 10
    assert [file for file, found in locks if "no_key=True" not in found] == []
