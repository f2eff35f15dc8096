"""What other apps add to the page of an indicator: a section of their own, and dates above the months of its chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.declarations import declared
from core.values.months import Month
from core.values.words import listed
from kpis.charts.line import Dated
from kpis.engine.readings import Reading
from parties.participants import Participant


@dataclass(frozen=True)
class Addition:
    """A section of one indicator's page. ``template`` gets it as ``addition``, and shows what is in ``content``.

    ``done`` and ``due`` are the words for its marks in the chart, filled and hollow: "actions done". The page is kept
    under all of this, so it holds nothing but values that are written out in full: texts, numbers, months, and
    dataclasses of these.
    """

    anchor: str
    template: str
    content: object
    dated: tuple[Dated, ...] = ()
    done: str = ""
    due: str = ""


@dataclass(frozen=True)
class IndicatorPart:
    """What an app adds to the page of an indicator for those whose roles give its permission.

    ``adds`` is asked on each visit, also where the page is kept, with the person, the indicator's code and today;
    None where there is nothing to say of it.
    """

    permission: str
    adds: Callable[[Participant, str, date], Addition | None]


def additions(participant: Participant, code: str, today: date) -> tuple[Addition, ...]:
    """What all apps add to the indicator's page for this person. As many queries as they ask."""
    found = (
        part.adds(participant, code, today)
        for part in declared(IndicatorPart)
        if participant.may(part.permission)
    )
    return tuple(addition for addition in found if addition is not None)


@dataclass(frozen=True)
class Flag:
    """A kind of mark above the months, as the chart's legend and its words tell of it."""

    anchor: str
    words: str
    done: bool
    months: Sequence[Month]


def flags(added: Sequence[Addition], readings: Sequence[Reading]) -> list[Flag]:
    """The kinds of marks that lie in these months."""
    shown = {reading.month for reading in readings}
    found = [
        Flag(
            addition.anchor,
            words,
            done,
            sorted(shown & {one.month for one in addition.dated if one.done == done}),
        )
        for addition in added
        for words, done in ((addition.done, True), (addition.due, False))
    ]
    return [flag for flag in found if flag.months]


def flags_in_words(found: Sequence[Flag]) -> str:
    """For those who can't see them: "Marked above: actions done in June 2019; actions due in July 2020."; or empty."""
    parts = [f"{flag.words} in {listed([month.label for month in flag.months])}" for flag in found]
    return f"Marked above: {'; '.join(parts)}." if parts else ""
