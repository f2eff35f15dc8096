"""A person's calendar as their own program reads it (iCalendar): days and titles, never a figure, nor what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Event, TimezoneDaylight

from calendars.due import DueItem
from calendars.models import Meeting
from calendars.selectors import ContractCalendar
from calendars.words import meeting_title
from parties.models import Contract

# How often a program looks again, at its own discretion.
LOOK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class Subscribed:
    """One contract of the person with what falls due in it, and the address of its calendar page."""

    contract: Contract
    calendar: ContractCalendar
    page_url: str


def calendar_file(subscriptions: Sequence[Subscribed], now: datetime) -> bytes:
    """Everything open and every meeting, contract by contract. With several, each title says which it belongs to."""
    file = Calendar()
    file.add("prodid", "-//Sandwell Performance//Calendar//EN")
    file.add("version", "2.0")
    file.calendar_name = _name(subscriptions)
    file.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    for subscribed in subscriptions:
        of = f" ({subscribed.contract.name})" if len(subscriptions) > 1 else ""
        for due in subscribed.calendar.due:
            file.add_component(_due_event(subscribed, due, of, now))
        for meeting in subscribed.calendar.meetings:
            file.add_component(_meeting_event(subscribed, meeting, of, now))
    _add_time_zones(file)
    return file.to_ical()


def _add_time_zones(file: Calendar) -> None:
    """The clock's changes around every hour in the file: from the year before the first to the end of the last's."""
    days = [event.start.date() for event in file.events if isinstance(event.start, datetime)]
    if not days:
        return
    file.add_missing_timezones(date(min(days).year - 1, 1, 1), date(max(days).year + 1, 1, 1))
    for zone in file.timezones:
        zone.pop("comment", None)  # the library's own note about those years
        for change in zone.daylight:
            _begin_by_the_clock_before(change)
        # The library begins with a change from an offset to itself, on a day on which no clock was changed.
        changes = [part for part in zone.subcomponents if part.TZOFFSETFROM != part.TZOFFSETTO]
        if any(change.DTSTART.date() < min(days) for change in changes):
            zone.subcomponents = changes


def _begin_by_the_clock_before(change: TimezoneDaylight) -> None:
    """Let summer time begin at 01:00, as the format counts it: by the clock that is put forward then.

    The library says 02:00, what the clock reads after it. When summer time ends, both agree.
    """
    forward = change.TZOFFSETTO - change.TZOFFSETFROM
    change.DTSTART -= forward
    change.rdates = [moment - forward for moment, _ in change.rdates]


def _name(subscriptions: Sequence[Subscribed]) -> str:
    return subscriptions[0].contract.name if len(subscriptions) == 1 else "Contracts"


def _due_event(subscribed: Subscribed, due: DueItem, of: str, now: datetime) -> Event:
    """An all-day event that leaves the day free. It keeps its identity while one of its indicators is open."""
    event = _event(f"{due.key}@{subscribed.contract.code}", due.title + of, now)
    event.add("dtstart", due.day)
    event.add("transp", "TRANSPARENT")
    event.add("description", " ".join(part for part in (due.note, subscribed.page_url) if part))
    return event


def _meeting_event(subscribed: Subscribed, meeting: Meeting, of: str, now: datetime) -> Event:
    """From hour to hour where these are fixed, else all day."""
    event = _event(f"meeting-{meeting.pk}@{subscribed.contract.code}", meeting_title(meeting) + of, now)
    zone = ZoneInfo(timezone.get_default_timezone_name())
    if meeting.starts_at and meeting.ends_at:
        event.add("dtstart", datetime.combine(meeting.day, meeting.starts_at, tzinfo=zone))
        event.add("dtend", datetime.combine(meeting.day, meeting.ends_at, tzinfo=zone))
    else:
        event.add("dtstart", meeting.day)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", " ".join(part for part in (meeting.note, subscribed.page_url) if part))
    return event


def _event(identity: str, title: str, now: datetime) -> Event:
    """Stamped with the day, so that the file stays the same while nothing in it changes."""
    event = Event()
    event.add("uid", f"{identity}.sandwell-performance")
    event.add("dtstamp", now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    event.add("summary", title)
    return event
