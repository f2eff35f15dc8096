"""What is due and which board meets, in words that the page and a person's own calendar share. No figure in them."""

from __future__ import annotations

from datetime import date

from kpis import sentences
from kpis.rules.due import Due, Kind
from parties.models import Meeting
from sandwell.calendar import working_days_between
from sandwell.numbers import count_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def due_title(due: Due) -> str:
    """Who does what: "The Trust returns the figures of March 2020"."""
    month, those = due.month.label, _codes(due)
    match due.kind:
        case Kind.FIGURES:
            return f"The Trust returns {f'{those} of' if due.codes else 'the figures of'} {month}"
        case Kind.ANSWER:
            return f"The council answers the figures of {month}"
        case Kind.QUERY:
            return f"The Trust answers the council’s query on {those} of {month}"
        case Kind.EXPECTED:
            return f"The Trust returns {those} of {month}, on the day it gave"
        case _:
            return f"The Trust returns the final {those} of {month}, so far provisional"


def due_note(due: Due) -> str:
    """How much of it is open, where the title doesn't say."""
    if due.kind == Kind.ANSWER and due.codes:
        return f"{count_words(len(due.codes), 'figure waits', 'figures wait')} for an answer."
    return ""


def meeting_title(meeting: Meeting) -> str:
    return meeting.get_board_display()


def meeting_note(meeting: Meeting) -> str:
    """When, where and what about, as far as it is fixed: "10:00, Council House. The month's figures"."""
    there = ", ".join(part for part in (meeting_hour(meeting), meeting.place) if part)
    return ". ".join(part for part in (there, meeting.note) if part)


def meeting_hour(meeting: Meeting) -> str:
    """When it starts: "10:00"; empty where that isn't fixed."""
    return f"{meeting.starts_at:%H:%M}" if meeting.starts_at else ""


def weekday(day: date) -> str:
    """Thursday 26 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {sentences.day(day)}"


def days_to_go(day: date, today: date) -> str:
    """How far a day ahead is, as people who work count: "today", "in 3 working days", "before the next working day"."""
    if day == today:
        return "today"
    working = working_days_between(today, day)
    if not working:
        return "before the next working day"
    return f"in {count_words(working, 'working day')}"


def days_late(day: date, today: date) -> str:
    """How late a day is that is over: "3 working days late"; empty where there was no working day since."""
    working = working_days_between(day, today)
    return f"{count_words(working, 'working day')} late" if working else ""


def _codes(due: Due) -> str:
    """The indicators' codes; many are counted."""
    if len(due.codes) > sentences.MOST_NAMED:
        return count_words(len(due.codes), "figure")
    return sentences.listed(due.codes)
