"""The calendar of a contract: what is next, what is overdue, the days ahead and the months after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from kpis import sentences
from kpis.presenters import due_words
from kpis.rules.due import Due, Kind
from kpis.selectors.calendar import ContractCalendar
from parties.models import Meeting
from sandwell.numbers import count_words
from sandwell.periods import Month

SOON_DAYS = 30


@dataclass(frozen=True)
class Entry:
    """One thing on one day; ``url`` is empty where there is nothing to look at yet.

    ``note`` stands with the next 30 days, ``brief`` alone with the months after.
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
    ended: str
    overdue: list[Entry]
    soon: list[DayGroup]
    soon_until: str
    later: list[MonthGroup]


def calendar_page(contract_code: str, found: ContractCalendar, today: date) -> CalendarPage:
    """What is past is overdue, for only what is open was found; what is later than 30 days is told by the month."""
    overdue = [_of_the_round(contract_code, one, today) for one in found.due if one.day < today]
    ahead = sorted(
        [_of_the_round(contract_code, one, today) for one in found.due if one.day >= today]
        + [_meeting(one) for one in found.meetings if one.day >= today],
        key=lambda entry: entry.day,
    )
    soon_until = today + timedelta(days=SOON_DAYS)
    later = [entry for entry in ahead if entry.day > soon_until]
    return CalendarPage(
        summary=_summary(ahead, overdue, today),
        ended=_ended(found.ended),
        overdue=overdue,
        soon=_by_day([entry for entry in ahead if entry.day <= soon_until], today),
        soon_until=sentences.day(soon_until),
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
    to_go = due_words.days_to_go(first.day, today)
    when = f"{to_go}, {'' if first.day == today else 'on '}{due_words.weekday(first.day)}"
    return f"Next: {title}, {when}{f'; {late}' if late else ''}."


def _ended(last: Month | None) -> str:
    if last is None:
        return ""
    return (
        f"Reporting under this contract ended with {last.label}: no later month falls due. What was not settled by"
        " then stays here until it is."
    )


def _by_day(entries: Iterable[Entry], today: date) -> list[DayGroup]:
    return [
        DayGroup(due_words.weekday(day), due_words.days_to_go(day, today), list(those))
        for day, those in groupby(entries, key=lambda entry: entry.day)
    ]


def _of_the_round(contract_code: str, due: Due, today: date) -> Entry:
    return Entry(
        day=due.day,
        title=due_words.due_title(due),
        note=due_words.due_note(due),
        brief="",
        url=due_url(contract_code, due),
        short_day=_short_day(due.day),
        late=_late(due.day, today) if due.day < today else "",
    )


def _late(day: date, today: date) -> str:
    days = due_words.days_late(day, today)
    return f"Was due on {due_words.weekday(day)}{f', {days}' if days else ''}."


def _meeting(meeting: Meeting) -> Entry:
    return Entry(
        day=meeting.day,
        title=due_words.meeting_title(meeting),
        note=due_words.meeting_note(meeting),
        brief=due_words.meeting_hour(meeting),
        url="",
        short_day=_short_day(meeting.day),
    )


def due_url(contract_code: str, due: Due) -> str:
    """The page on which both parties see it; none for a month of which nothing is known."""
    if not due.codes:
        return ""
    one_query = due.kind == Kind.QUERY and len(due.codes) == 1
    page = (
        reverse("kpis:figure-review", args=[contract_code, due.codes[0]])
        if one_query
        else reverse("kpis:review", args=[contract_code])
    )
    return f"{page}?month={due.month}"


def _short_day(day: date) -> str:
    """Thu 26."""
    return f"{due_words.WEEKDAYS[day.weekday()][:3]} {day.day}"
