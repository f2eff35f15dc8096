"""The one line on money: how far the year is forecast to be over, where most, and what waits for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from budgets.books.moving import moved_to
from budgets.books.places import period_page
from budgets.home.selectors import OpenLines, ReturnedBook, open_lines, returned_books
from budgets.limits.selectors import limits_of
from budgets.outlook.reading import LineEntered, lines_entered
from budgets.outlook.words import forecast_words, furthest_words, left_open_words
from budgets.outlook.year_ahead import Outlook, outlook_of
from budgets.rules.periods import Period
from core.cache import kept
from core.values.numbers import count_words
from core.values.words import listed
from kpis.dashboard.parts import HomeLine
from kpis.rules.words import DISPUTED, QUERIED, SUBMITTED
from kpis.terms import months_over
from parties.participants import COMMISSIONER, PROVIDER, Participant


@dataclass(frozen=True)
class Told:
    """A book with its outlook, and how many lines the month that is over lacks."""

    returned: ReturnedBook
    outlook: Outlook
    missing: int


def money_lines(participant: Participant, today: date) -> list[HomeLine]:
    """A line for each of the Trust's books of which something is entered, kept until its money moves.

    No query where it is kept; else three, and two for who only reads.
    """
    contract, moved = participant.contract, moved_to(participant.contract)
    if moved is None:
        return []
    over = Period.of(months_over(contract, today)[1])
    rests_on = (contract.pk, contract.code, moved, limits_of(contract), over)
    reader = (_enters(participant), _answers(participant))
    return kept(("money lines", rests_on, reader), lambda: _lines(participant, over))


def _lines(participant: Participant, over: Period) -> list[HomeLine]:
    told = _told(participant, over)
    acts = _enters(participant) or _answers(participant)
    found = open_lines(participant, [one.returned.book for one in told]) if told and acts else []
    return [
        _line(participant, one, [lines for lines in found if lines.book == one.returned.book.pk], over)
        for one in told
    ]


def _told(participant: Participant, over: Period) -> list[Told]:
    returned = returned_books(participant, over)
    entered = lines_entered(one.book for one in returned)
    limits = limits_of(participant.contract).limits
    return [
        Told(one, outlook, _missing(one, entered[one.book.pk], over))
        for one in returned
        if (outlook := outlook_of(entered[one.book.pk], limits)) is not None
    ]


def _missing(returned: ReturnedBook, lines: Sequence[LineEntered], over: Period) -> int:
    """Lines of which nothing is entered in the month that is over, or after it."""
    if returned.closed or over.year not in returned.book.years:
        return 0
    return sum(one.at is None or one.at < (over.year.start, over.number) for one in lines)


def _line(participant: Participant, one: Told, found: Sequence[OpenLines], over: Period) -> HomeLine:
    waits = _waits(participant, one, found, over)
    book, outlook, limits = one.returned.book, one.outlook, limits_of(participant.contract)
    words = forecast_words(outlook, limits)
    return HomeLine(
        subject=f"{book.name}, {outlook.period.label}",
        url=reverse("budgets:money", args=[participant.contract.code]),
        sentence=f"{words}{furthest_words(outlook, limits)}{left_open_words(outlook)}",
        illustrative=outlook.illustrative,
        waits=listed([said for said, _ in waits]),
        waits_url=period_page(participant.contract, book, waits[0][1]) if waits else "",
    )


def _waits(
    participant: Participant, one: Told, found: Sequence[OpenLines], over: Period
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
