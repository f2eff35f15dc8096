"""A line's year as one story, the latest month first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.books.drivers import Driver
from budgets.books.places import above, book_url
from budgets.limits.selectors import LimitsWithSource, limits_of
from budgets.line_page.path_chart import PathChart, path_chart
from budgets.models import Book, Entry, Line, LineMonth, MoneyStep
from budgets.months.entering import said_of
from budgets.months.looks import LOOKS
from budgets.months.presenter import Thread, period_url, thread_of
from budgets.rules.money import signed, written
from budgets.rules.month_entry import Beside, outturn_variance
from budgets.rules.periods import Period
from budgets.rules.profile import by_working_days, to_date
from budgets.rules.tree import Side
from budgets.rules.variance import status_of, variance_words
from core.values.months import ContractYear
from core.values.words import day_words
from parties.participants import Participant


@dataclass(frozen=True)
class PeriodRow:
    label: str
    url: str
    moved: str
    moved_why: str
    forecast: str
    variance: str
    look: tuple[str, str, str]
    why: str
    actual: str
    budget_to_date: str
    state: str
    who: str
    illustrative: bool
    before: Sequence[str]  # what stood there before
    thread: Sequence[Thread]


@dataclass(frozen=True)
class YearLink:
    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class LinePage:
    line: Line
    book: Book
    parents: Sequence[tuple[str, str]]
    summary: str
    years: Sequence[YearLink]
    year: str
    chart: PathChart | None
    illustrative: bool
    rows: Sequence[PeriodRow]
    drivers: Sequence[Driver]
    rule: str  # from where it is off track


@dataclass(frozen=True)
class LineStory:
    """What a line's page is made of: its months, budgets by year, what stood before, and what was asked."""

    line: Line
    months: Sequence[LineMonth]
    budgets: Mapping[int, int | None]
    replaced: Mapping[int, Sequence[Entry]]
    steps: Mapping[int, Sequence[MoneyStep]]


def line_page(
    participant: Participant, book: Book, story: LineStory, year: ContractYear, drivers: Sequence[Driver]
) -> LinePage:
    """No query."""
    months = [month for month in story.months if month.year == year.start and month.latest]
    budget = story.budgets.get(year.start)
    entries = {
        month_of: month.latest
        for month in months
        if (month_of := Period(year, month.period).month) is not None and month.latest
    }
    limits = limits_of(participant.contract)
    rows = [
        _row(participant, book, story, (month, months[place - 1] if place else None), limits)
        for place, month in enumerate(months)
    ]
    return LinePage(
        line=story.line,
        book=book,
        parents=[*above(participant), (book.name, book_url(participant, book))],
        summary=_summary(rows, year),
        years=[YearLink(one.label, f"?year={one.start}", one == year) for one in book.years],
        year=year.label,
        chart=path_chart(story.line.name, year, budget, entries),
        illustrative=any(row.illustrative for row in rows),
        rows=list(reversed(rows)),
        drivers=drivers,
        rule=limits.rule,
    )


def _summary(rows: Sequence[PeriodRow], year: ContractYear) -> str:
    if not rows:
        return f"Nothing is entered of {year}."
    last = rows[-1]
    return (
        f"{last.forecast} forecast for {year} in {last.label}{f': {last.variance}' if last.variance else ''}."
    )


def _row(
    participant: Participant,
    book: Book,
    story: LineStory,
    pair: tuple[LineMonth, LineMonth | None],
    limits: LimitsWithSource,
) -> PeriodRow:
    month, before = pair
    entry = month.latest
    assert entry is not None
    period = Period(ContractYear(month.year), month.period)
    budget = story.budgets.get(month.year)
    side = Side.INCOME if story.line.side == Line.Side.INCOME else Side.EXPENDITURE
    variance = outturn_variance(said_of(entry), Beside(budget, None, side, closed=False))
    moved = _moved(month, before)
    return PeriodRow(
        label=period.label,
        url=period_url(participant, book, period),
        moved="" if moved is None else (signed(moved) if moved else "Unchanged"),
        moved_why=entry.moved,
        forecast=written(entry.forecast),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        look=LOOKS[status_of(variance, limits.limits)],
        why=entry.words,
        actual=written(entry.actual),
        budget_to_date=_to_date(budget, period),
        state=month.get_state_display(),
        who=f"{entry.entered_as}, {day_words(entry.entered_at.date())}",
        illustrative=entry.provenance == Entry.Provenance.ILLUSTRATIVE,
        before=[_before(one) for one in story.replaced.get(month.pk, ())],
        thread=[thread_of(step) for step in story.steps.get(month.pk, ())],
    )


def _moved(month: LineMonth, before: LineMonth | None) -> int | None:
    """Against the month before, never across a gap."""
    if before is None or before.period != month.period - 1 or before.latest is None or month.latest is None:
        return None
    return month.latest.forecast - before.latest.forecast


def _to_date(budget: int | None, period: Period) -> str:
    if budget is None:
        return ""
    return written(to_date(by_working_days(budget, period.year))[period.number - 1], places=0)


def _before(entry: Entry) -> str:
    amounts = f"{written(entry.forecast)} forecast, {written(entry.actual)} spent"
    return f"{amounts}: {entry.entered_as}, {day_words(entry.entered_at.date())}"
