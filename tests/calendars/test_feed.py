"""The file that a calendar program reads, made of what is due and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from calendars.due import DueItem
from calendars.feed import Subscribed, calendar_file
from calendars.models import Meeting
from calendars.selectors import ContractCalendar

LONDON = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)


class OfOneContract:
    name, code = "Contract", "one"


def file_of(*due, meetings=(), now=datetime(2019, 4, 1, tzinfo=UTC)):
    found = ContractCalendar(list(due), list(meetings), [])
    return Calendar.from_ical(
        calendar_file([Subscribed(OfOneContract(), found, "https://example.org/")], now)
    )


def test_what_falls_due_keeps_its_identity():
    """What falls due keeps its identity while more or less of it is open."""
    item = DueItem(
        "figures-2019-03-20190412", date(2019, 4, 12), "The Trust returns the figures of March 2019"
    )

    def identity(item):
        return file_of(item).events[0]["uid"]

    assert (
        identity(item)
        == identity(replace(item, note="More is open."))
        == "figures-2019-03-20190412@one.sandwell-performance"
    )


@pytest.mark.parametrize("year", [2016, 2019, 2020, 2023, 2026, 2029])
def test_the_clock_changes_when_it_does_in_london(year):
    """As the format counts: a change begins by the clock that was right until then (RFC 5545, 3.6.5)."""
    meeting = Meeting(pk=1, board="operational", day=date(year, 6, 1), starts_at=time(10), ends_at=time(12))
    (zone,) = file_of(meetings=[meeting], now=datetime(year, 6, 1, tzinfo=UTC)).timezones

    changes = [
        (change, moment)
        for change in (*zone.daylight, *zone.standard)
        for moment in (change.DTSTART, *(begins for begins, _ in change.rdates))
        if change.TZOFFSETFROM != change.TZOFFSETTO
    ]

    assert sorted(moment.year for _, moment in changes) == sorted(2 * [*range(year - 2, year + 3)])[1:-1]
    for change, moment in changes:
        assert (moment.hour, moment.weekday()) == ({3: 1, 10: 2}[moment.month], 6)
        begins = (moment - change.TZOFFSETFROM).replace(tzinfo=UTC)
        assert (begins - SECOND).astimezone(LONDON).utcoffset() == change.TZOFFSETFROM
        assert begins.astimezone(LONDON).utcoffset() == change.TZOFFSETTO


def test_a_program_that_knows_no_zones_reads_the_same_hours():
    """Every hour of three years by the file's own zone, as a program does that has no zones of its own."""
    meeting = Meeting(pk=1, board="operational", day=date(2020, 6, 1), starts_at=time(10), ends_at=time(12))
    (zone,) = file_of(meetings=[meeting], now=datetime(2020, 6, 1, tzinfo=UTC)).timezones
    of_the_file = zone.to_tz(lookup_tzid=False)

    first = datetime(2019, 1, 1, tzinfo=UTC)
    hours = [first + timedelta(hours=number) for number in range(24 * 365 * 3)]

    assert [hour.astimezone(of_the_file).isoformat() for hour in hours] == [
        hour.astimezone(LONDON).isoformat() for hour in hours
    ]
