"""The columns of a file of a book's months, and what is wrong with a header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from budgets.months.drafting import FIELDS
from uploads.tables.layout import Layout
from uploads.tables.problem import Problem
from uploads.tables.table import Head

# What is read, and what each says, in the order of the files that the program writes.
COLUMNS = {
    "code": "The line’s code in the book: external_foster_care",
    "name": "Its name; where it is given, it must be that of the code",
    "year": "Financial year, like 2018/19",
    "period": "1 to 12 for April to March; 13 to 15 adjust the year after March",
    "actual": "Spent from April to the month’s end, in pounds",
    "forecast": "What the whole year is to come to, in pounds",
    "committed": "Places known to come, in pounds, whether or not the forecast counts them",
    "mitigation": "Mitigations, in pounds, not in the forecast",
    "moved": "Why the forecast moved since the month before",
    "words": "Why the line is off track, and what is done",
    "reason": "Why a closed month is revised",
}
# What only helps to fill the file, and is not read.
HELPERS = {
    "month": "The period’s month",
    "budget": "The year’s budget",
    "stands": "Draft, submitted, accepted; illustrative where it is made up",
}
WRITTEN = (
    "code", "name", "month", "year", "period", "budget", "actual", "forecast", "committed", "mitigation", "moved",
    "words", "reason", "stands",
)  # fmt: skip
KEY = ("code", "year", "period")
AMOUNTS = ("actual", "forecast", "committed", "mitigation")
# What a row says of its line.
SAYING = tuple(name for name in COLUMNS if name in FIELDS)
_ALSO = {
    "code": ("line", "line code", "code of line", "budget line"),
    "name": ("line name", "name of line", "description"),
    "year": ("financial year",),
    "period": ("period number", "period no", "period no.", "month number"),
    "actual": ("actual to date", "spent to date", "spent", "actuals", "year to date"),
    "forecast": ("forecast outturn", "forecast of the year", "outturn forecast"),
    "committed": ("commitments", "places known to come", "known to come"),
    "mitigation": ("mitigations", "mitigating actions"),
    "moved": ("why the forecast moved", "reason for movement", "movement reason"),
    "words": ("commentary", "why it is off track", "explanation"),
    "reason": ("reason for revision", "why the closed month is revised"),
}
_POUNDS = ("{} (£)", "{} £", "{} in pounds", "{} (pounds)")
ALIASES = {also: name for name, others in _ALSO.items() for also in others}
ALIASES |= {
    form.format(also): name
    for name in (*AMOUNTS, "budget")
    for also in (name, *_ALSO.get(name, ()))
    for form in _POUNDS
}
LAYOUT = Layout(
    key=KEY,
    known=WRITTEN,
    numbers=AMOUNTS,
    aliases=ALIASES,
    told_by={"year": r"[0-9]{4}(?:[/-][0-9]{2})?", "period": "[0-9]{1,2}"},
)
OTHER_UNIT = re.compile("000|thousand|million|£ ?[km]|[(]k[)]")
SHOWN = 40


def check_header(head: Head) -> list[Problem]:
    """Every column once, none unknown, those that tell rows apart and an amount among them."""
    names = head.columns
    if not set(names) & set(WRITTEN):
        words = f"No row names the columns. Put this one above the rows: {', '.join(WRITTEN)}."
        return [Problem(head.number, "header", words)]
    return [*_wrong(head), *_missing(head, names)]


def _wrong(head: Head) -> list[Problem]:
    problems = []
    for name, times in Counter(head.columns).items():
        if name not in WRITTEN:
            problems.append(Problem(head.number, name[:SHOWN], _unknown(name)))
        elif times > 1:
            problems.append(Problem(head.number, name, "This column stands twice. Keep one."))
    return problems


def _missing(head: Head, names: Sequence[str]) -> list[Problem]:
    problems = [
        Problem(head.number, name, "This column is missing: it tells the rows apart.")
        for name in KEY
        if name not in names
    ]
    if not set(names) & set(SAYING):
        words = f"No column says anything of a line. Give one of {', '.join(SAYING)}."
        problems.append(Problem(head.number, "header", words))
    return problems


def _unknown(name: str) -> str:
    if OTHER_UNIT.search(name):
        return (
            "This column seems to count thousands or millions, and files of months count pounds. Turn its amounts into"
            " pounds, and name the unit no more."
        )
    return f"Unknown column. Take it out, or call it one of {', '.join(f'“{one}”' for one in COLUMNS)}."
