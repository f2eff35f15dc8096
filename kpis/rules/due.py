"""What the monthly round asks for and by which day, and what of it is still open.

A month opens on the 1st of the next; its figures are due on a working day of that month, and the council's answer on
another (settings of the contract). A query is answered by the day that it names; a figure that the Trust couldn't
return, and the final one after a provisional one, are expected on the day that the Trust gave. What is settled is not
due any more. No clock in here: the day is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from core.values.months import Month
from core.values.working_days import working_day


class Kind(IntEnum):
    """What is due; on one day in this order."""

    FIGURES = 1  # the Trust returns a month
    ANSWER = 2  # the council accepts or queries what was returned
    QUERY = 3  # the Trust answers a query
    EXPECTED = 4  # the Trust returns what it couldn't return in time
    FINAL = 5  # the Trust replaces a provisional figure


@lru_cache(maxsize=4096)
def due_on(month: Month, nth: int) -> date:
    """What is owed of a month falls due on a working day of the month after. A holiday moves it."""
    return working_day(month.next(), nth)


@dataclass(frozen=True)
class RoundDays:
    """The days of one reporting month's round."""

    opens: date
    figures_due: date
    answer_due: date


@dataclass(frozen=True)
class Terms:
    """What a contract says of its round: the working days, and the first and last month that it reports."""

    figures_working_day: int
    answer_working_day: int
    first: Month
    last: Month

    def days(self, month: Month) -> RoundDays:
        """The days of a month, all in the month after; December's may be the month's last."""
        return RoundDays(
            opens=month.next().first_day,
            figures_due=due_on(month, self.figures_working_day),
            answer_due=due_on(month, self.answer_working_day),
        )


@dataclass(frozen=True)
class Due:
    """One thing that is open: of one month, on one day, for the indicators named.

    No codes where a whole month is meant, of which nothing is known yet.
    """

    day: date
    kind: Kind
    month: Month
    codes: tuple[str, ...] = ()


def last_month(starts: Month, years: int, reporting_until: Month | None) -> Month:
    """The last month that a contract reports: that of its last year, or the one in which reporting ended."""
    end = starts.next(12 * years - 1)
    return min(end, reporting_until) if reporting_until else end


def round_due(
    terms: Terms,
    *,
    missing: Mapping[Month, Sequence[str]],
    waiting: Mapping[Month, Sequence[str]],
    computed_to: Month | None,
    today: date,
    until: date,
) -> list[Due]:
    """The open days of the round up to a day, those that are past included, oldest first.

    ``missing`` names the indicators without a figure and without a word why, ``waiting`` those whose figure waits for
    the council; both of any age. Months after ``computed_to`` are not known yet: whatever they need is still open.
    The council is late only with what was returned to it.
    """
    found = []
    ahead = set(_ahead(terms, computed_to, today, until))
    for month in sorted({*missing, *waiting, *ahead}):
        days = terms.days(month)
        if month in missing or month in ahead:
            found.append(Due(days.figures_due, Kind.FIGURES, month, tuple(missing.get(month, ()))))
        still_to_come = (month in missing or month in ahead) and days.answer_due >= today
        if month in waiting or still_to_come:
            found.append(Due(days.answer_due, Kind.ANSWER, month, tuple(waiting.get(month, ()))))
    return in_order(due for due in found if due.day <= until)


def grouped(found: Iterable[tuple[date, Kind, Month, str]]) -> list[Due]:
    """Single indicators as one thing for each day, kind and month, with the codes in the order given."""
    codes: dict[tuple[date, Kind, Month], list[str]] = {}
    for day, kind, month, code in found:
        codes.setdefault((day, kind, month), []).append(code)
    return in_order(Due(*what, tuple(named)) for what, named in codes.items())


def in_order(found: Iterable[Due]) -> list[Due]:
    return sorted(found, key=lambda due: (due.day, due.kind, due.month))


def _ahead(terms: Terms, computed_to: Month | None, today: date, until: date) -> list[Month]:
    """The months of which nothing is known yet and whose figures are not overdue; a month is due in the next one."""
    known_from = [computed_to.next()] if computed_to else []
    first = max([Month.of(today).previous(), terms.first, *known_from])
    last = min(Month.of(until).previous(), terms.last)
    return [month for month in Month.range(first, last) if terms.days(month).figures_due >= today]
