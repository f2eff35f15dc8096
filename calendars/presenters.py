"""The calendar of a contract: what is next, what is overdue, the days ahead and the months after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from calendars.due import DueItem
from calendars.models import Meeting
from calendars.selectors import ContractCalendar
from calendars.words import meeting_hour, meeting_note, meeting_title
from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import WEEKDAYS, day_words, days_late, days_to_go, weekday

SOON_DAYS = 30


@dataclass(frozen=True)
class Entry:
    """One thing on one day; ``url`` is empty where there is nothing to look at yet.

    ``note`` stands with the next 30 days, ``brief`` with the months after: what it is about, or a meeting's hours.
    """

    day: date
    title: str
    note: str
    brief: str
    url: str
    short_day: str
    late: str = ""


@dataclass(frozen=True)
class DayGroup:
    label: str
    when: str
    entries: list[Entry]


@dataclass(frozen=True)
class MonthGroup:
    label: str
    entries: list[Entry]


@dataclass(frozen=True)
class CalendarPage:
    summary: str
    remarks: list[str]
    overdue: list[Entry]
    soon: list[DayGroup]
    soon_until: str
    later: list[MonthGroup]


def calendar_page(found: ContractCalendar, today: date) -> CalendarPage:
    """What is past is overdue, for only what is open was found; what is later than 30 days is told by the month."""
    overdue = [_due(due, today) for due in found.due if due.day < today]
    ahead = sorted(
        [_due(due, today) for due in found.due if due.day >= today]
        + [_meeting(meeting) for meeting in found.meetings if meeting.day >= today],
        key=lambda entry: entry.day,
    )
    soon_until = today + timedelta(days=SOON_DAYS)
    later = [entry for entry in ahead if entry.day > soon_until]
    return CalendarPage(
        summary=_summary(ahead, overdue, today),
        remarks=found.remarks,
        overdue=overdue,
        soon=_by_day([entry for entry in ahead if entry.day <= soon_until], today),
        soon_until=day_words(soon_until),
        later=[
            MonthGroup(month.label, list(entries))
            for month, entries in groupby(later, key=lambda entry: Month.of(entry.day))
        ],
    )


def _summary(ahead: list[Entry], overdue: list[Entry], today: date) -> str:
    late = f"{count_words(len(overdue), 'thing is', 'things are')} overdue" if overdue else ""
    if not ahead:
        return f"Nothing falls due, and no board meets, in the year ahead{f'; {late}' if late else ''}."
    first = ahead[0]
    title = first.title[0].lower() + first.title[1:] if first.title.startswith("The ") else first.title
    to_go = days_to_go(first.day, today)
    when = f"{to_go}, {'' if first.day == today else 'on '}{weekday(first.day)}"
    return f"Next: {title}, {when}{f'; {late}' if late else ''}."


def _by_day(entries: Iterable[Entry], today: date) -> list[DayGroup]:
    return [
        DayGroup(weekday(day), days_to_go(day, today), list(of_day))
        for day, of_day in groupby(entries, key=lambda entry: entry.day)
    ]


def _due(item: DueItem, today: date) -> Entry:
    return Entry(
        day=item.day,
        title=item.title,
        note=item.note,
        brief=item.note,
        url=item.url,
        short_day=_short_day(item.day),
        late=_late(item.day, today) if item.day < today else "",
    )


def _late(day: date, today: date) -> str:
    days = days_late(day, today)
    return f"Was due on {weekday(day)}{f', {days}' if days else ''}."


def _meeting(meeting: Meeting) -> Entry:
    return Entry(
        day=meeting.day,
        title=meeting_title(meeting),
        note=meeting_note(meeting),
        brief=meeting_hour(meeting),
        url="",
        short_day=_short_day(meeting.day),
    )


def _short_day(day: date) -> str:
    """Thu 26."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
