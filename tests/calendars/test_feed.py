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


def meeting_on(day, starts=time(10), ends=time(12)):
    return Meeting(pk=day.toordinal(), board="operational", day=day, starts_at=starts, ends_at=ends)


def changes_of(file):
    """Each change of the clock that the file's own time zone names, with the moment at which it begins."""
    (zone,) = file.timezones
    return [
        (change, moment)
        for change in (*zone.daylight, *zone.standard)
        for moment in (change.DTSTART, *(begins for begins, _ in change.rdates))
    ]


@pytest.mark.parametrize("year", [1997, 2016, 2019, 2020, 2023, 2026, 2029, 2037, 2050])
def test_the_clock_changes_when_it_does_in_london_and_at_no_other_time(year):
    """As the format counts: a change begins by the clock that was right until then (RFC 5545, 3.6.5)."""
    changes = changes_of(file_of(meetings=[meeting_on(date(year, 6, 1))]))

    assert sorted(moment.year for _, moment in changes) == [year - 1, year - 1, year, year]
    for change, moment in changes:
        assert (moment.hour, moment.weekday()) == ({3: 1, 10: 2}[moment.month], 6)
        begins = (moment - change.TZOFFSETFROM).replace(tzinfo=UTC)
        assert (begins - SECOND).astimezone(LONDON).utcoffset() == change.TZOFFSETFROM
        assert begins.astimezone(LONDON).utcoffset() == change.TZOFFSETTO
        assert change.TZOFFSETFROM != change.TZOFFSETTO


@pytest.mark.parametrize("hour", [0, 3, 23])
def test_a_program_that_knows_no_zones_reads_the_same_hours(hour):
    """Every meeting of the days around both changes of five years, by the file's own zone, and of both ends of it."""
    days = [
        date(year, month, day) for year in range(2018, 2023) for month in (3, 10) for day in range(24, 32)
    ]
    days += [date(2018, 1, 1), date(2022, 12, 31)]
    meetings = [meeting_on(day, time(hour), time(hour, 45)) for day in days]
    file = file_of(meetings=meetings)
    (zone,) = file.timezones
    of_the_file = zone.to_tz(lookup_tzid=False)

    read = {
        (event["uid"], end): moment.replace(tzinfo=of_the_file).astimezone(UTC)
        for event in file.events
        for end, moment in (("start", event.start), ("end", event.end))
    }

    assert read == {
        (f"meeting-{meeting.pk}@one.sandwell-performance", end): datetime.combine(
            meeting.day, moment, LONDON
        ).astimezone(UTC)
        for meeting in meetings
        for end, moment in (("start", meeting.starts_at), ("end", meeting.ends_at))
    }
    assert len(read) == 2 * len(days)


def test_a_place_whose_clock_never_changes_has_its_zone_too(settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    file = file_of(meetings=[meeting_on(date(2020, 6, 1))])

    ((change, _),) = changes_of(file)

    assert change.TZOFFSETFROM == change.TZOFFSETTO == timedelta(hours=5, minutes=30)
    assert file.events[0].start.astimezone(UTC) == datetime(2020, 6, 1, 4, 30, tzinfo=UTC)


def test_days_without_hours_need_no_zone():
    due = DueItem("figures", date(2019, 4, 12), "Figures")
    file = file_of(due, meetings=[meeting_on(date(2019, 4, 1), None, None)])

    assert file.timezones == []
    assert len(file.events) == 2
