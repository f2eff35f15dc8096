"""A line's year on one page: its pictures, its months, what its budget rests on, and its story, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from budgets.books.drivers import Driver, drivers_of, observed_in
from budgets.books.keeping import keeps
from budgets.books.known import known_query
from budgets.books.places import above, book_url, line_url
from budgets.charts.lines import LinesPicture
from budgets.limits.selectors import LimitsWithSource
from budgets.line_page.forms import BasisForm, ProfileForm
from budgets.line_page.pictures import against_words, path_picture, spending_picture
from budgets.line_page.selectors import LineHistory, MonthHistory
from budgets.line_page.splitting import BasisShown, Money, basis_shown, counted_in
from budgets.line_page.story import Story, story_of
from budgets.line_page.ways import UNCHOSEN, WAYS
from budgets.models import Book, Entry, Line, Profile, Series
from budgets.months.entering import said_of
from budgets.months.looks import LOOKS
from budgets.months.presenter import period_url
from budgets.rules.money import signed, spoken, written
from budgets.rules.month_entry import Beside, outturn_variance
from budgets.rules.periods import MONTHS, Period
from budgets.rules.profile import planned, to_date
from budgets.rules.variance import came_word, status_of, variance_words
from core import clock
from core.values.months import ContractYear
from kpis.months.as_known import AsKnownOn
from parties.participants import Participant

# So many months stand open in the table; the pictures above it show all of them.
IN_SIGHT = 3


@dataclass(frozen=True)
class PeriodRow:
    label: str
    url: str
    moved: str
    moved_why: str
    forecast: str
    variance: str
    look: tuple[str, str, str]
    actual: str
    planned_to_date: str
    against: str
    state: str
    illustrative: bool
    outturn: str  # "spent", where the year is over and came to what was forecast


@dataclass(frozen=True)
class YearLink:
    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Plan:
    """How the year's budget is planned over its months; ``months`` None where there is no budget."""

    months: Sequence[int] | None
    words: str
    note: str


@dataclass(frozen=True)
class Asked:
    """The forms of whoever keeps the book; None where they aren't shown."""

    profile: ProfileForm | None
    profile_url: str
    basis: BasisForm | None
    basis_url: str


@dataclass(frozen=True)
class LinePage:
    line: Line
    book: Book
    parents: Sequence[tuple[str, str]]
    summary: str
    years: Sequence[YearLink]
    year: str
    known: AsKnownOn
    path: LinesPicture | None
    spending: LinesPicture | None
    came: str  # "Spent", of income "Received"
    illustrative: bool
    rows: Sequence[PeriodRow]  # the newest first
    plan: Plan
    drivers: Sequence[Driver]
    basis: BasisShown | None
    asked: Asked
    story: Story
    rule: str  # from where it is off track

    @property
    def latest(self) -> Sequence[PeriodRow]:
        """What is in sight at once."""
        return self.rows[:IN_SIGHT]

    @property
    def earlier(self) -> Sequence[PeriodRow]:
        return self.rows[IN_SIGHT:]

    @property
    def earlier_words(self) -> str:
        """ "April 2019 to December 2019"."""
        first, last = self.earlier[-1].label, self.earlier[0].label
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True)
class Sent:
    """The forms as they were sent, where the page is shown again."""

    profile: ProfileForm | None = None
    basis: BasisForm | None = None


@dataclass(frozen=True)
class Shown:
    """What the page is made of besides the line's own history."""

    book: Book
    year: ContractYear
    series: Mapping[str, Series]
    known: AsKnownOn
    limits: LimitsWithSource
    sent: Sent


def line_page(participant: Participant, history: LineHistory, shown: Shown) -> LinePage:
    """No query."""
    line, book, year = history.line, shown.book, shown.year
    months = history.of_year(year.start)
    budget = history.budget(year.start)
    plan = plan_of(history.profile(year.start), budget, year)
    entries = {
        month: one.latest for one in months if (month := Period(year, one.month.period).month) is not None
    }
    rows = [
        _row(participant, shown, history, one, plan, months[place - 1] if place else None)
        for place, one in enumerate(months)
    ]
    return LinePage(
        line=line,
        book=book,
        parents=[*above(participant), (book.name, book_url(participant, book))],
        summary=_summary(rows, year, history.known),
        years=[
            YearLink(one.label, f"?year={one.start}{known_query(history.known)}", one == year)
            for one in book.years
        ],
        year=year.label,
        known=shown.known,
        path=path_picture(line.name, year, budget, entries),
        spending=spending_picture(line, year, plan.months, entries),
        came=came_word(line.tree_side).capitalize(),
        illustrative=any(row.illustrative for row in rows),
        rows=list(reversed(rows)),
        plan=plan,
        drivers=drivers_of(line, observed_in(shown.series), year),
        basis=_basis(history, shown, months),
        asked=_asked(participant, history, shown, budget),
        story=story_of(history, _beside(line, shown.series), year),
        rule=shown.limits.rule,
    )


def plan_of(profile: Profile | None, budget: int | None, year: ContractYear) -> Plan:
    way, words = WAYS[profile.way if profile else UNCHOSEN]
    if budget is None:
        return Plan(None, words, "")
    note = ""
    if profile and profile.shares and sum(profile.shares) != budget:
        note = f"Its amounts add up to {spoken(profile.budget)}; the budget changed since, and is shared as they were."
    return Plan(planned(budget, year, way, profile.shares if profile else ()), words, note)


def _summary(rows: Sequence[PeriodRow], year: ContractYear, known: date | None) -> str:
    if not rows:
        return f"Nothing {'was' if known else 'is'} entered of {year}{' by then' if known else ''}."
    last = rows[-1]
    variance = f": {last.variance}" if last.variance else ""
    if last.outturn:
        return f"{last.forecast} {last.outturn} in {year}{variance}."
    return f"{last.forecast} forecast for {year} in {last.label}{variance}."


def _row(
    participant: Participant,
    shown: Shown,
    history: LineHistory,
    one: MonthHistory,
    plan: Plan,
    before: MonthHistory | None,
) -> PeriodRow:
    entry, period = one.latest, Period(shown.year, one.month.period)
    beside = Beside(history.budget(shown.year.start), None, history.line.tree_side, closed=False)
    variance = outturn_variance(said_of(entry), beside)
    moved = _moved(one, before)
    by_then = None if plan.months is None else to_date(plan.months)[period.number - 1]
    return PeriodRow(
        label=period.label,
        url=period_url(participant, shown.book, period),
        moved="" if moved is None else (signed(moved) if moved else "Unchanged"),
        moved_why=entry.moved,
        forecast=written(entry.forecast),
        variance=variance_words(variance.pence, variance.side, shown.limits.amounts) if variance else "",
        look=LOOKS[status_of(variance, shown.limits.limits)],
        actual=written(entry.actual),
        planned_to_date="" if by_then is None else written(by_then, places=0),
        against="" if by_then is None else against_words(entry.actual - by_then),
        # Where it stood between the parties then isn't told again: the story and the trail have it.
        state="" if history.known else one.month.get_state_display(),
        illustrative=entry.provenance == Entry.Provenance.ILLUSTRATIVE,
        outturn=came_word(history.line.tree_side) if _is_outturn(period, entry) else "",
    )


def _is_outturn(period: Period, entry: Entry) -> bool:
    """Once March is over nothing more is forecast, unless it is said to come."""
    is_over = period.year.last.last_day < clock.day_of(entry.entered_at)
    return is_over and period.number >= MONTHS and entry.actual == entry.forecast


def _moved(one: MonthHistory, before: MonthHistory | None) -> int | None:
    """Against the month before, never across a gap."""
    if before is None or before.month.period != one.month.period - 1:
        return None
    return one.latest.forecast - before.latest.forecast


def _basis(history: LineHistory, shown: Shown, months: Sequence[MonthHistory]) -> BasisShown | None:
    """Against the printed actual, else the latest forecast."""
    year = shown.year
    spent = history.actual(year.start)
    if spent is None and months:
        spent = months[-1].latest.forecast
    money = Money(history.budget(year.start), spent)
    return basis_shown(history.bases.get(year.start), money, counted_in(history.line, shown.series, year))


def _beside(line: Line, series: Mapping[str, Series]) -> list[Series]:
    """The series that fairly match the line."""
    codes = [code for link in line.drivers if link["confidence"] == "fair" for code in link["series"]]
    return [series[code] for code in codes if code in series]


def _asked(participant: Participant, history: LineHistory, shown: Shown, budget: int | None) -> Asked:
    book, year, sent = shown.book, shown.year, shown.sent
    enters = keeps(participant, book) and not history.known
    own = enters and budget is not None and budget > 0
    basis = history.bases.get(year.start)
    enters_basis = enters and (basis is None or bool(basis.entered_as))
    args = [participant.contract.code, book.code, history.line.code]
    return Asked(
        profile=sent.profile or (ProfileForm.showing(year, history.profile(year.start)) if own else None),
        profile_url=reverse("budgets:set-profile", args=args),
        basis=sent.basis or (BasisForm.showing(year, basis) if enters_basis else None),
        basis_url=reverse("budgets:enter-basis", args=args),
    )


def page_url(participant: Participant, book: Book, line: Line, year: ContractYear) -> str:
    return f"{line_url(participant, book, line)}?year={year.start}"
