"""A month as people and spreadsheets write it: "2019-03", "Mar-19", "March 2019", "01/03/2019", "2019-03-31 00:00:00".

A spreadsheet turns 2019-03 into a day and shows it in its own way. A day is taken for its month where it is the first
or the last of it, written day first as in Britain; any other day, and what could be two things, is refused with words.
Addresses are strict: they are read by ``Month.parse``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from core.values.cells import visible
from core.values.months import REACH, ContractYear, Month, taken

_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = {name: number for number, name in enumerate(_NAMES, start=1)}
_NUMBERS |= {name[:3]: number for name, number in _NUMBERS.items()} | {"sept": 9}

_YEAR, _MONTH, _DAY, _BETWEEN = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})", "[-/. ]"
_SHORT_YEAR = "(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_NAME = "(?P<name>[a-z]{3,9})"
_GAP = "[-/., ]{0,2}"
_MONTHS = [
    re.compile(pattern)
    for pattern in (
        f"{_YEAR}[-/ ]{_MONTH}",
        f"{_YEAR}(?P<month>[0-9]{{2}})",
        f"{_MONTH}{_BETWEEN}{_YEAR}",
        f"{_NAME}{_GAP}{_SHORT_YEAR}",
        f"{_YEAR}{_GAP}{_NAME}",
    )
]
_DAYS = [
    re.compile(pattern)
    for pattern in (
        f"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
        f"{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}(?P<year>[0-9]{{4}}|[0-9]{{2}})",
        f"{_DAY}(?:st|nd|rd|th)?{_GAP}{_NAME}{_GAP}{_SHORT_YEAR}",
        f"{_NAME}{_GAP}{_DAY}(?:st|nd|rd|th)?{_GAP}{_YEAR}",
    )
]
_MIDNIGHT = re.compile(r"(?:[ t]|, )0?0:00(?::00(?:\.0+)?)?(?:z|\+00:?00)?$")
_DAY_AND_NAME = re.compile(rf"[0-9]{{1,2}}(?:st|nd|rd|th)?{_GAP}{_NAME}")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
# The day that a spreadsheet counts as its day 0.
_DAY_ZERO = date(1899, 12, 30)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# So much of a text is repeated when something is said about it.
_SHOWN = 40
_REMEDY = "Write the year and the month like 2019-03."


@lru_cache(maxsize=1024)
def month_written(text: str) -> Month:
    """The month that the text stands for. ValueError, in plain words that say what helps, for any other text, and for a
    month that isn't taken.
    """
    shown = visible(text)
    month = _read(shown)
    if not taken(month.first_day):
        raise ValueError(f"“{shown[:_SHOWN]}” is out of reach: {REACH}.")
    return month


def _read(shown: str) -> Month:
    plain = _MIDNIGHT.sub("", " ".join(shown.translate(_DASHES).lower().split()))
    for pattern in _MONTHS:
        if found := pattern.fullmatch(plain):
            return _month(shown, plain, found)
    for pattern in _DAYS:
        if found := pattern.fullmatch(plain):
            return _month_of_day(shown, found)
    raise _refusal(shown, _what_it_may_be(plain))


def _month(shown: str, plain: str, found: re.Match[str]) -> Month:
    if "/" in plain and _is_contract_year(plain):
        raise _refusal(shown, "is not a month: it may be the contract year.")
    try:
        return Month(_year(found), _number(found))
    except ValueError as error:
        raise ValueError(f"“{shown[:_SHOWN]}” is not a month. {error}") from None
    except KeyError:
        raise _refusal(shown) from None


def _month_of_day(shown: str, found: re.Match[str]) -> Month:
    try:
        month = Month(_year(found), _number(found))
        day = date(month.year, month.month, int(found["day"]))
    except (ValueError, KeyError):
        raise _refusal(shown, "is not a month: there is no such day, if the day stands first.") from None
    if day not in (month.first_day, month.last_day):
        raise _refusal(
            shown, f"is not a month: it is one day, {day.day} {month.label}, if the day stands first."
        )
    return month


def _is_contract_year(plain: str) -> bool:
    """2018/19 is no month, and 2011/12 may be either."""
    try:
        ContractYear.parse(plain)
    except ValueError:
        return False
    return True


def _year(found: re.Match[str]) -> int:
    digits = found["year"].lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(found: re.Match[str]) -> int:
    """KeyError for a word that is no month's name."""
    named = found.groupdict()
    return int(named["month"]) if "month" in named else _NUMBERS[named["name"]]


def _what_it_may_be(plain: str) -> str:
    if (found := _DAY_AND_NAME.fullmatch(plain)) and found["name"] in _NUMBERS:
        return "is not a month: it may be a day without its year, which spreadsheets make of some months."
    if plain.rstrip(".") in _NUMBERS:
        return "is not a month: its year is missing."
    if _SERIAL.fullmatch(plain):
        day = _DAY_ZERO + timedelta(days=int(plain))
        return f"is not a month: it may be {day.day} {Month.of(day).label} as spreadsheets count days."
    return "is not a month."


def _refusal(shown: str, why: str = "is not a month.") -> ValueError:
    return ValueError(f"“{shown[:_SHOWN]}” {why} {_REMEDY}")
