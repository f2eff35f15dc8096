"""The form of a period as its page shows it: one row for each line, their sums, and both sides of a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField

from budgets.books.names import division_of
from budgets.limits.selectors import LimitsWithSource
from budgets.models import Entry, LineDraft
from budgets.months.entering import said_of
from budgets.months.forms import AMOUNTS, FIELDS, LineForm
from budgets.months.looks import LOOKS, Look
from budgets.months.standing import Stands
from budgets.rules.money import for_file, written
from budgets.rules.month_entry import outturn_variance
from budgets.rules.tree import Side
from budgets.rules.variance import Status, status_of
from budgets.rules.written_money import NotAnAmount, pence_given
from core.clock import moment_words

LABELS = {
    "actual": "Spent to date",
    "forecast": "Forecast of the year",
    "committed": "Known to come",
    "mitigation": "Mitigations",
    "moved": "Why the forecast moved",
    "words": "Why it is off track",
    "reason": "Why it is revised",
}
OFF_TRACK = (Status.RED, Status.AMBER)


@dataclass(frozen=True)
class Compared:
    """One field in three states: when typing began, what somebody else made of it, and what was typed."""

    label: str
    begun: str
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


@dataclass(frozen=True)
class Both:
    """A line that two people entered: nothing stands before one of them chose."""

    who: str
    rows: Sequence[Compared]
    seen: int | None  # their entry
    seen_version: int | None  # their draft's


@dataclass(frozen=True)
class EntryRow:
    """A line's part of the form; what the period before said is empty where it said nothing."""

    name: str
    division: str
    anchor: str
    look: Look | None  # where it is off track
    budget: str
    drafted: str  # by whom and when, where a draft is shown
    forecast_before: str
    actual_before: str
    form: LineForm
    both: Both | None

    @property
    def amounts(self) -> list[BoundField]:
        return self.form.amounts


@dataclass(frozen=True)
class EntrySums:
    """What the lines come to together, expenditure less income; empty where nothing is known."""

    budget: str
    before: str
    amounts: Sequence[tuple[str, str, str]]  # label, sum, and of how many lines where some are empty


def entry_rows(
    stands: Mapping[str, Stands],
    forms: Mapping[str, LineForm],
    both: Mapping[str, Both],
    limits: LimitsWithSource,
) -> list[EntryRow]:
    """In the order of the book, from which people copy; no query."""
    return [
        _row(stands[code], form, both.get(code), limits) for code, form in forms.items() if code in stands
    ]


def entry_sums(stands: Mapping[str, Stands], forms: Mapping[str, LineForm]) -> EntrySums:
    shown = [(stands[code], form) for code, form in forms.items() if code in stands]
    budgets = [_signed(one, one.beside.budget) for one, _ in shown]
    before = [_signed(one, one.beside.forecast_before) for one, _ in shown]
    return EntrySums(
        budget=", ".join(filter(None, _together(budgets))),
        before=" ".join(filter(None, _together(before))),
        amounts=[
            (LABELS[name], *_together([_signed(one, form.pence_shown(name)) for one, form in shown]))
            for name in AMOUNTS
        ],
    )


def both_of_entry(theirs: Entry, begun: Entry | None, form: LineForm) -> Both:
    return Both(
        who=_stamped(theirs.entered_as, theirs.entered_at),
        rows=_compared(_texts(begun), _texts(theirs), form),
        seen=theirs.pk,
        seen_version=None,
    )


def both_of_draft(theirs: LineDraft | None, stands: Stands, form: LineForm) -> Both:
    """None: what was drafted was submitted or dropped meanwhile, and the latest entry stands in its place."""
    latest = stands.latest
    if theirs is None:
        who = _stamped(latest.entered_as, latest.entered_at) if latest else "Nobody any more"
        return Both(who, _compared({}, _texts(latest), form), latest.pk if latest else None, 0)
    who = _stamped(theirs.saved_as, theirs.saved_at)
    return Both(who, _compared(_texts(latest), theirs.typed, form), None, theirs.version)


def _row(one: Stands, form: LineForm, both: Both | None, limits: LimitsWithSource) -> EntryRow:
    budget, before = one.beside.budget, one.before
    return EntryRow(
        name=one.line.name,
        division=division_of(one.line),
        anchor=form.prefix or "",
        look=_off_track(one, limits),
        budget="" if budget is None else written(budget),
        drafted=_stamped(form.draft.saved_as, form.draft.saved_at) if form.draft else "",
        forecast_before=written(before.forecast) if before else "",
        actual_before=written(before.actual) if before else "",
        form=form,
        both=both,
    )


def _stamped(who: str, when: datetime) -> str:
    return f"{who}, {moment_words(when)}"


def _off_track(one: Stands, limits: LimitsWithSource) -> Look | None:
    """By the latest entry, else by what the period before forecast."""
    entry = one.latest or one.before
    if entry is None:
        return None
    status = status_of(outturn_variance(said_of(entry), one.beside), limits.limits)
    return LOOKS[status] if status in OFF_TRACK else None


def _signed(one: Stands, pence: int | None) -> int | None:
    return -pence if pence is not None and one.beside.side is Side.INCOME else pence


def _together(amounts: Sequence[int | None]) -> tuple[str, str]:
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return "", ""
    lines = "" if len(known) == len(amounts) else f"of {len(known)} of {len(amounts)} lines"
    return written(sum(known)), lines


def _texts(entry: Entry | None) -> dict[str, str]:
    """An entry as it would be typed."""
    if entry is None:
        return {}
    said = said_of(entry)
    amounts = {name: getattr(said, name) for name in AMOUNTS}
    texts = {name: "" if pence is None else for_file(pence) for name, pence in amounts.items()}
    return texts | {"words": said.words, "moved": said.moved, "reason": said.reason}


def _compared(begun: Mapping[str, str], theirs: Mapping[str, str], form: LineForm) -> list[Compared]:
    """Every field in which something stands on one of the sides."""
    mine = {name: str(form[name].value() or "") for name in FIELDS if name in form.fields}
    rows = [
        Compared(LABELS[name], *(_shown(name, side.get(name, "")) for side in (begun, theirs, mine)))
        for name in FIELDS
    ]
    return [row for row in rows if row.begun or row.theirs or row.mine]


def _shown(name: str, text: str) -> str:
    """An amount as every page writes it, so that what is the same reads the same; other text as it was typed."""
    if name in AMOUNTS:
        with suppress(NotAnAmount):
            return written(pence_given(text))
    return text
