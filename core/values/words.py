"""Days, lists and the beginnings of texts in words, as every page and e-mail writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.values.months import Month
from core.values.numbers import count_words
from core.values.working_days import working_days_between

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """12 April 2019."""
    return f"{day.day} {Month.of(day).label}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "PI2", "PI2 and PI4", "PI2, PI4 and PI14"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def weekday(day: date) -> str:
    """Thursday 26 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"


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


def first_sentence(text: str, most: int = 180) -> str:
    """The beginning of a commentary: its first sentence, cut at a word where it is long."""
    first = text.split("\n", 1)[0].strip()
    end = first.find(". ", 12 if first.startswith("Example:") else 0)
    first = first[: end + 1] if end != -1 else first
    return first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]} …"


def says_something(text: str) -> bool:
    """Whether there is a letter in it: a ditto mark or a dash explains nothing."""
    return any(sign.isalpha() for sign in text)
