"""Lives a book on: illustrative months that lead to what is printed of one year, and a year that is printed nowhere.

The same each time: nothing is drawn. Every amount is marked as illustrative, but for the printed budgets and actuals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db.models import OuterRef, Subquery

from budgets.books.amounts import budgets_of
from budgets.books.moving import money_moves
from budgets.models import Amount, Book, ClosedPeriod, Entry, Line, LineMonth, Version
from budgets.rules.money import PENCE
from budgets.rules.periods import MONTHS, Period
from budgets.rules.profile import by_working_days
from core.values.months import ContractYear, Month

LIVED = "trust"
PRINTED_YEAR, MADE_UP_YEAR = 2018, 2019
AS = "Example month"
# How much of the way from the budget to the outturn the forecast had gone, in per cent, month by month.
KNOWN = (0, 0, 10, 20, 35, 50, 60, 70, 80, 90, 96, 100)
# By how much the year that is printed nowhere is over its budget in the end, in per cent, by line.
DRIFT = {
    "external_residential": 9,
    "external_foster_care": 4,
    "secure_units": -12,
    "internal_foster_care": -1,
    "leaving_care_accommodation": 6,
    "leaving_care_rents": 2,
}
ROUND = 1000 * PENCE
# Why the forecast of a line rose, why it fell, and what is done about it where it is over its budget.
SAID = {
    "external_residential": (
        "Example: two young people moved into homes that cost more",
        "Example: a young person came home",
        "Example: homes cost more than assumed; each place is reviewed every month",
    ),
    "external_foster_care": (
        "Example: more children were placed with agencies than the month before",
        "Example: three children moved to the Trust’s own foster carers",
        "Example: more children than the budget assumed; foster carers are sought",
    ),
    "secure_units": (
        "Example: the court ordered a placement",
        "Example: a placement ended earlier than planned",
        "Example: placements that a court ordered; none is planned",
    ),
    "internal_foster_care": (
        "Example: allowances were paid for more children",
        "Example: fewer children stay with the Trust’s own foster carers",
        "Example: more children stay with the Trust’s own foster carers, who cost less",
    ),
    "leaving_care_accommodation": (
        "Example: more care leavers stay where they are supported",
        "Example: two care leavers moved into homes of their own",
        "Example: homes of their own are sought with the council’s housing service",
    ),
    "leaving_care_rents": (
        "Example: rents are paid for more care leavers",
        "Example: rents are paid for fewer care leavers",
        "Example: no budget was set for the rents; help with housing costs is claimed",
    ),
}


@dataclass(frozen=True)
class Course:
    """One line's year in pence: where it began, and to what it came."""

    line: Line
    budget: int | None
    outturn: int

    def forecasts(self) -> list[int]:
        """From the budget to the outturn, month by month, in whole thousands until it is known."""
        start = self.budget or 0
        way = [start + (self.outturn - start) * known // 100 for known in KNOWN]
        return [
            amount if known == 100 else amount // ROUND * ROUND
            for amount, known in zip(way, KNOWN, strict=True)
        ]

    def actuals(self, year: ContractYear) -> list[int]:
        """To date, month by month; the last is the outturn."""
        return list(accumulate(by_working_days(self.outturn, year)))


def live_on(book: Book, today: date) -> int:
    """Months of both years as far as they are over; how many periods it was."""
    lines = list(book.lines.filter(kind=Line.Kind.LINE))
    printed = ContractYear(PRINTED_YEAR)
    courses = _printed(lines, printed)
    _enter(courses, printed, MONTHS)
    made_up = ContractYear(MADE_UP_YEAR)
    later = _made_up(book, courses, made_up)
    over = sum(month.last_day < today for month in made_up.months)
    _enter(later, made_up, over)
    _close(book, [*_periods(printed, MONTHS), *_periods(made_up, over - 1)])
    # The last month that is over waits for the other party.
    _wait(later, Period(made_up, over))
    money_moves(book.contract_id)
    return MONTHS + over


def _printed(lines: Sequence[Line], year: ContractYear) -> list[Course]:
    budgets = budgets_of(lines, year.start)
    actuals = dict(
        Amount.objects.filter(line__in=lines, figure=Amount.Figure.ACTUAL, year=year.start).values_list(
            "line_id", "hundredths"
        )
    )
    return [Course(line, budgets.get(line.pk), actual) for line in lines if (actual := actuals.get(line.pk))]


def _made_up(book: Book, courses: Sequence[Course], year: ContractYear) -> list[Course]:
    """The next year's budget: what was spent the year before, and a little more; marked as made up."""
    version = Version.objects.create(
        book=book,
        number=book.versions.count() + 1,
        kind=Version.Kind.GROWTH,
        words="Illustrative: no line of this year is printed",
        illustrative=True,
    )
    later = []
    for course in courses:
        budget = course.outturn * 102 // 100 // ROUND * ROUND
        outturn = budget * (100 + DRIFT[course.line.code]) // 100
        later.append(Course(course.line, budget, outturn))
    cell = {"figure": Amount.Figure.BUDGET, "version": version, "year": year.start, "unit": "£"}
    Amount.objects.bulk_create(Amount(line=one.line, hundredths=one.budget, **cell) for one in later)
    return later


def _enter(courses: Sequence[Course], year: ContractYear, months: int) -> None:
    rows = LineMonth.objects.bulk_create(
        LineMonth(line=course.line, year=year.start, period=number, state=LineMonth.State.SUBMITTED)
        for course in courses
        for number in range(1, months + 1)
    )
    said = (one for course in courses for one in _said(course, year, months))
    Entry.objects.bulk_create(
        Entry(month=month, number=1, provenance=Entry.Provenance.ILLUSTRATIVE, entered_as=AS, **one)
        for month, one in zip(rows, said, strict=True)
    )
    entry = Subquery(Entry.objects.filter(month=OuterRef("pk")).values("pk"))
    entered = LineMonth.objects.filter(pk__in=[month.pk for month in rows])
    entered.update(latest=entry, accepted=entry, state=LineMonth.State.ACCEPTED)


def _said(course: Course, year: ContractYear, months: int) -> Iterator[dict[str, int | str]]:
    """Month by month what was entered of the line."""
    forecasts = course.forecasts()[:months]
    before = [forecasts[0], *forecasts] if forecasts else []
    rose, fell, why = SAID[course.line.code]
    for actual, forecast, last in zip(course.actuals(year), forecasts, before, strict=False):
        yield {
            "actual": actual,
            "forecast": forecast,
            "words": why if forecast > (course.budget or 0) else "",
            "moved": "" if forecast == last else rose if forecast > last else fell,
        }


def _periods(year: ContractYear, months: int) -> Iterator[Period]:
    return (Period(year, number) for number in range(1, months + 1))


def _close(book: Book, periods: Sequence[Period]) -> None:
    ClosedPeriod.objects.bulk_create(
        ClosedPeriod(book=book, year=one.year.start, period=one.number, day=_day(one.month), closed_as=AS)
        for one in periods
    )


def _day(month: Month | None) -> date:
    assert month is not None
    return month.next().last_day


def _wait(courses: Sequence[Course], period: Period) -> None:
    LineMonth.objects.filter(
        line__in=[course.line.pk for course in courses], year=period.year.start, period=period.number
    ).update(state=LineMonth.State.SUBMITTED, accepted=None)
