"""The file that a calendar program reads, made of what is due and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from calendars.due import DueItem
from calendars.feed import Subscribed, calendar_file
from calendars.selectors import ContractCalendar


def test_what_falls_due_keeps_its_identity():
    """What falls due keeps its identity while more or less of it is open."""
    item = DueItem(
        "figures-2019-03-20190412", date(2019, 4, 12), "The Trust returns the figures of March 2019"
    )

    class OfOneContract:
        name, code = "Contract", "one"

    def identity(item):
        found = ContractCalendar([item], [], [])
        now = datetime(2019, 4, 1, tzinfo=ZoneInfo("UTC"))
        file = calendar_file([Subscribed(OfOneContract(), found, "https://example.org/")], now)
        return Calendar.from_ical(file).events[0]["uid"]

    assert (
        identity(item)
        == identity(replace(item, note="More is open."))
        == "figures-2019-03-20190412@one.sandwell-performance"
    )
