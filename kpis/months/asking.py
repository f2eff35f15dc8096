"""What an address asks of the dashboard and the heat map: month, filters, order. Unknown words change nothing."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from core.values.months import Month
from core.values.words import day_words
from kpis.engine.selectors import Freshness

# Longer than any month, so that an address never fills a page.
LONGEST_MONTH_TEXT = 20


DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
HOW_TO_WRITE_IT = "Write year, month and day like 2019-05-14."


class NotOnOffer(Exception):
    """The address asks for what there is not; ``words`` say what."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NoSuchMonth(NotOnOffer):
    """The address names no month, or one that isn't on offer."""


class NoSuchDay(NotOnOffer):
    """The address asks what was known on a day that there is not, that is to come, or that came too early."""


def known_pairs(known: date | None) -> list[tuple[str, str]]:
    """What an address carries on: the day as of which figures are shown, where there is one."""
    return [("known", known.isoformat())] if known else []


def month_query(month: Month, known: date | None) -> str:
    """The query string of a month as known now or on a day: "?month=2019-03&known=2019-05-14"."""
    return "?" + urlencode([("month", str(month)), *known_pairs(known)])


def asked_day(query: QueryDict, fresh: Freshness, today: date) -> date | None:
    """The day as of which the address asks what was known; None where it doesn't. NoSuchDay where nothing was."""
    text = query.get("known", "")
    if not text:
        return None
    try:
        day = day_written(text)
    except ValueError as error:
        raise NoSuchDay(str(error)) from error
    return day_on_offer(day, fresh, today)


def day_written(text: str) -> date:
    """The day written like "2019-05-14". ValueError in plain words for any other text."""
    if not DAY.fullmatch(text):
        raise ValueError(f"“{text[:LONGEST_MONTH_TEXT]}” is not a day. {HOW_TO_WRITE_IT}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"There is no day {text}. {HOW_TO_WRITE_IT}") from None


def day_on_offer(day: date, fresh: Freshness, today: date) -> date:
    """The day itself, where a month of the contract was over by then. NoSuchDay where none was, or it is to come."""
    if day > today:
        raise NoSuchDay(f"{day_words(day)} is still to come, so nobody can say what will be known then.")
    if day < earliest_day(fresh):
        raise NoSuchDay(f"On {day_words(day)} no month of this contract was over, so no figure was known.")
    return day


def earliest_day(fresh: Freshness) -> date:
    """The first day on which a month of the contract was over."""
    assert fresh.first is not None
    return fresh.first.next().first_day


def asked_month(query: QueryDict, fresh: Freshness) -> Month:
    """The month that the address asks for, else the latest with a figure. NoSuchMonth where it isn't on offer."""
    assert fresh.first is not None
    assert fresh.last is not None
    text = query.get("month", "")
    if not text:
        return fresh.latest_reported or fresh.last
    try:
        month = Month.parse(text[:LONGEST_MONTH_TEXT])
    except ValueError as error:
        raise NoSuchMonth(str(error)) from error
    if not fresh.first <= month <= fresh.last:
        known = f" as known on {day_words(fresh.known)}" if fresh.known else ""
        raise NoSuchMonth(f"{month.label} is not among the months of this contract{known}.")
    return month
