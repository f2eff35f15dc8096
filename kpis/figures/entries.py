"""A figure as somebody hands it in: what may be wrong with it, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.models import FigureRevision
from kpis.rules import round as round_rules
from kpis.rules.checks import StatedNumbers
from kpis.rules.figures import Fault, Months, Stated, faults, numbers_in_words
from kpis.terms import contract_terms
from parties.models import Contract


@dataclass(frozen=True)
class Answer:
    """A check that warned of a figure, by its code and with its message, and what is said to it."""

    code: str
    message: str
    words: str


@dataclass(frozen=True)
class Entry:
    """One figure as somebody hands it in: numbers exact, in the indicator's own unit; a month is its first day.

    ``witness`` is a value that was typed beside numerator and denominator: it is checked against them, and not kept.
    ``final_expected_on`` marks a provisional figure; ``reason`` says why this one is entered, where it has its own;
    ``answers`` are the words for each check that warned.
    Figures are entered now: the demonstration alone says otherwise, in ``entered_at``.
    """

    indicator: Indicator
    month: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    commentary: str
    provenance: str
    final_expected_on: date | None = None
    reason: str = ""
    entered_at: datetime | None = None
    witness: Decimal | None = None
    answers: tuple[Answer, ...] = ()
    _faultless_by: Months | None = field(default=None, init=False, repr=False, compare=False)

    def faults(self, months: Months) -> list[Fault]:
        """Everything that is wrong with it. What has no fault is not judged again by the same months: it can't change,
        and nothing but this says so of it.
        """
        if self._faultless_by is not None and (self._faultless_by is months or self._faultless_by == months):
            return []
        found = faults(_stated(self), months)
        if not found:
            object.__setattr__(self, "_faultless_by", months)
        return found

    @property
    def kept(self) -> StatedNumbers:
        """The numbers as they are kept."""
        return StatedNumbers(self.numerator, self.denominator, self.value)

    @property
    def typed(self) -> StatedNumbers:
        """The numbers as they were handed in, the witness among them."""
        value = self.value if self.witness is None else self.witness
        return StatedNumbers(self.numerator, self.denominator, value)

    def says_the_same_as(self, revision: FigureRevision | None) -> bool:
        return revision is not None and (
            revision.numerator,
            revision.denominator,
            revision.value,
            revision.commentary,
            revision.provenance,
            revision.final_expected_on,
        ) == (
            self.numerator,
            self.denominator,
            self.value,
            self.commentary,
            self.provenance,
            self.final_expected_on,
        )


def months_taken(contract: Contract, today: date) -> Months:
    """The months of which figures are taken: as long as the contract runs and is reported, and some before it."""
    terms = contract_terms(contract)
    return Months(
        earliest=terms.first.previous(12 * settings.IMPORT_YEARS_BEFORE_START),
        first=terms.first,
        last=terms.last,
        this_month=Month.of(today),
    )


def over_open_fault(entry: Entry, state: str) -> Fault | None:
    """What was printed or made up takes the place of nothing that is open between Trust and council.

    It would answer the council's query for the Trust, or be accepted as if the Trust had returned it.
    """
    returned = entry.provenance == FigureRevision.Provenance.RETURNED
    if round_rules.after(state, round_rules.RETURN if returned else round_rules.PRINT) is not None:
        return None
    return Fault(
        "provenance",
        f"{entry.indicator.code} of {Month.of(entry.month).label} is open between Trust and council ({state}), so"
        f" only what the Trust returns can take its place, not a figure that is {entry.provenance}.",
    )


def _stated(entry: Entry) -> Stated:
    return Stated(
        code=entry.indicator.code,
        unit=entry.indicator.unit,
        month=Month.of(entry.month),
        published=entry.provenance == FigureRevision.Provenance.PUBLISHED,
        numerator=entry.numerator,
        denominator=entry.denominator,
        value=entry.value,
    )


def in_words(entry: Entry, before: FigureRevision | None) -> str:
    """What was entered, and what it takes the place of: "PI4 2020-01: 335 of 451, was 355 of 451 (illustrative)"."""
    was = f", was {_number_words(before)}" if before else ""
    return f"{entry.indicator.code} {entry.month:%Y-%m}: {_number_words(entry)}{was} ({entry.provenance})"


def _number_words(entered: Entry | FigureRevision) -> str:
    return numbers_in_words(entered.numerator, entered.denominator, entered.value)
