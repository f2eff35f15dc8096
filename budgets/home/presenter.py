"""The one line on money: how far the year is forecast to be over, where most, and what waits for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from budgets.books.places import period_page
from budgets.home.selectors import BookStands, LineStands, OpenLines, books_stand, open_lines
from budgets.limits.selectors import LimitsWithSource, limits_of
from budgets.rules.money import spoken
from budgets.rules.month_entry import Beside, Said, outturn_variance
from budgets.rules.periods import Period
from budgets.rules.tree import Side
from budgets.rules.variance import (
    Base,
    Of,
    Status,
    Variance,
    percent_words,
    status_of,
    variance_of,
    variance_words,
)  # fmt: skip
from core.values.numbers import count_words
from core.values.words import listed
from kpis.dashboard.parts import HomeLine
from kpis.rules.words import DISPUTED, QUERIED, SUBMITTED
from kpis.terms import months_over
from parties.participants import COMMISSIONER, PROVIDER, Participant

OFF_TRACK = (Status.RED, Status.AMBER)


def money_lines(participant: Participant, today: date) -> list[HomeLine]:
    """A line for each of the Trust's books of which something is entered. Two queries; one for who only reads."""
    books = books_stand(participant, today)
    acts = _enters(participant) or _answers(participant)
    found = open_lines(participant, [one.book for one in books]) if books and acts else []
    return [
        _line(participant, one, [lines for lines in found if lines.book == one.book.pk], today)
        for one in books
    ]


def _line(participant: Participant, one: BookStands, found: Sequence[OpenLines], today: date) -> HomeLine:
    waits = _waits(participant, one, found, Period.of(months_over(participant.contract, today)[1]))
    return HomeLine(
        subject=f"{one.book.name}, {one.period.label}",
        url=reverse("budgets:money", args=[participant.contract.code]),
        sentence=_sentence(one, limits_of(participant.contract)),
        illustrative=any(line.made_up for line in one.lines),
        waits=listed([words for words, _ in waits]),
        waits_url=period_page(participant.contract, one.book, waits[0][1]) if waits else "",
    )


def _sentence(one: BookStands, limits: LimitsWithSource) -> str:
    """ "£2.85 million over forecast for 2019/20, 8.2% of the gross budget; up £64,000 since the month before. ..." """
    year = one.period.year.label
    if all(line.budget is None for line in one.lines):
        forecast = sum(line.sign * line.forecast for line in one.lines)
        return f"{spoken(forecast)} forecast for {year}; no budget of it is known.{_not_entered(one)}"
    variance = _variance(one.lines)
    words = f"{variance_words(variance.pence, limits=limits.amounts)} forecast for {year}"
    if variance.pence:
        words += f", {percent_words(variance, limits.limits)}"
    moved = sum(line.sign * (line.forecast - line.before) for line in one.lines if line.before is not None)
    if moved:
        words += f"; {'up' if moved > 0 else 'down'} {spoken(abs(moved))} since the month before"
    return f"{words}.{_furthest(one.lines, limits)}{_not_entered(one)}"


def _variance(lines: Sequence[LineStands]) -> Variance:
    """Expenditure less income of all of them; a line without a budget counts with what it is to cost."""
    budget = sum(line.sign * line.budget for line in lines if line.budget is not None)
    forecast = sum(line.sign * line.forecast for line in lines)
    of = Of.NET if any(line.sign < 0 for line in lines) else Of.GROSS
    variance = variance_of(budget, forecast, Base(of, budget))
    assert variance is not None
    return variance


def _furthest(lines: Sequence[LineStands], limits: LimitsWithSource) -> str:
    """The line off track that is furthest from its budget; empty where none is."""
    for line in sorted(lines, key=lambda line: -line.costs):
        if line.costs <= limits.limits.amber:
            return ""
        variance = _own_variance(line)
        if status_of(variance, limits.limits) in OFF_TRACK:
            words = variance_words(variance.pence, variance.side, limits.amounts)
            return f" Furthest off: {line.name}, {words}."
    return ""


def _own_variance(line: LineStands) -> Variance:
    """Of a line with a budget."""
    side = Side.INCOME if line.sign < 0 else Side.EXPENDITURE
    beside = Beside(line.budget, line.before, side, closed=False)
    variance = outturn_variance(Said(0, line.forecast), beside)
    assert variance is not None
    return variance


def _not_entered(one: BookStands) -> str:
    return f" {count_words(one.not_entered, 'line')} not entered yet." if one.not_entered else ""


def _waits(
    participant: Participant, one: BookStands, found: Sequence[OpenLines], over: Period
) -> list[tuple[str, Period]]:
    """What waits for the reader, each with the period of the oldest."""
    if _answers(participant):
        return _counted(found, (SUBMITTED, DISPUTED), ("line waits", "lines wait"), "for your answer")
    if not _enters(participant):
        return []
    asked = _counted(found, (QUERIED,), ("line is", "lines are"), "asked about")
    missing = count_words(one.missing, "line is", "lines are")
    return [*asked, *([(f"{missing} to be entered for {over.label}", over)] if one.missing else [])]


def _counted(
    found: Sequence[OpenLines], states: Sequence[str], words: tuple[str, str], what: str
) -> list[tuple[str, Period]]:
    """ "6 lines of March 2020 wait for your answer"; "8 lines of 2 months ..." with the older one's period."""
    lines = [one for one in found if one.state in states]
    periods = sorted({one.period for one in lines})
    if not periods:
        return []
    of = periods[0].label if len(periods) == 1 else count_words(len(periods), "month")
    noun, verb = count_words(sum(one.number for one in lines), *words).rsplit(" ", 1)
    return [(f"{noun} of {of} {verb} {what}", periods[0])]


def _enters(participant: Participant) -> bool:
    return participant.may("money.enter") and participant.party == PROVIDER


def _answers(participant: Participant) -> bool:
    return participant.may("money.answer") and participant.party == COMMISSIONER
