"""What a book's year is to come to: a sentence, and the lines that are off track first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.books.places import line_url
from budgets.charts.bars import BarsPicture
from budgets.charts.variances import Against, variance_bars
from budgets.limits.selectors import LimitsWithSource
from budgets.models import Book, Entry, Line
from budgets.months.looks import LOOKS
from budgets.months.presenter import period_url
from budgets.outlook.standing import Judged
from budgets.outlook.words import forecast_words, left_open_words, left_out_words, made_up_words
from budgets.outlook.year_ahead import Outlook
from budgets.rules.money import signed, written
from budgets.rules.periods import Period
from budgets.rules.variance import variance_words
from core.values.months import ContractYear
from parties.participants import Participant


@dataclass(frozen=True)
class OutlookRow:
    name: str
    url: str
    look: tuple[str, str, str]
    moved: str
    moved_why: str
    forecast: str
    variance: str
    why: str
    as_of: str  # the period in which it was entered last, where it is an earlier one
    illustrative: bool


@dataclass(frozen=True)
class OutlookSection:
    book: Book
    url: str
    heading: str
    sentence: str
    made_up: str
    bars: BarsPicture | None
    rows: Sequence[OutlookRow]
    left_out: str


def outlook_section(
    participant: Participant,
    book: Book,
    outlook: Outlook,
    lines: Mapping[int, Line],
    entries: Mapping[int, Entry],
    limits: LimitsWithSource,
) -> OutlookSection:
    rows = [(one, lines[one.money.line]) for one in outlook.standing.shown]
    return OutlookSection(
        book=book,
        url=period_url(participant, book, outlook.period),
        heading=f"{book.name}, {outlook.period.label}",
        sentence=f"{forecast_words(outlook, limits)}{left_open_words(outlook)}",
        made_up=made_up_words(outlook),
        bars=_bars(outlook, lines, limits),
        rows=[
            _row(
                one, line, entries[line.pk], line_url(participant, book, line), _as_of(outlook, line), limits
            )
            for one, line in rows
        ],
        left_out=left_out_words(outlook.standing),
    )


def _bars(outlook: Outlook, lines: Mapping[int, Line], limits: LimitsWithSource) -> BarsPicture | None:
    """Of the lines that stand in the table; its title says so where others are left out."""
    standing = outlook.standing
    against = [Against(lines[one.money.line].name, one.variance, LOOKS[one.status]) for one in standing.shown]
    of = ", of the lines that stand here" if standing.unshown else ""
    return variance_bars(against, f"forecast for {outlook.period.year}{of}", limits.limits)


def _as_of(outlook: Outlook, line: Line) -> str:
    at = outlook.lines[line.pk].at
    if at is None or at == (outlook.period.year.start, outlook.period.number):
        return ""
    return Period(ContractYear(at[0]), at[1]).label


def _row(one: Judged, line: Line, entry: Entry, url: str, as_of: str, limits: LimitsWithSource) -> OutlookRow:
    variance, moved = one.variance, one.money.moved
    return OutlookRow(
        name=line.name,
        url=url,
        look=LOOKS[one.status],
        moved="" if moved is None else (signed(moved) if moved else "Unchanged"),
        moved_why=entry.moved,
        forecast=written(entry.forecast),
        variance=variance_words(variance.pence, variance.side, limits.amounts) if variance else "",
        why=entry.words,
        as_of=as_of,
        illustrative=entry.provenance == Entry.Provenance.ILLUSTRATIVE,
    )
