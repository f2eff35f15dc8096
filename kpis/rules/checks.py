"""Checks on a figure before it is submitted: small rules, each with a code, a severity and a message.

An error stops the figure; a warning asks for a word of explanation, which is kept beside it. A check that crashes
says so and stops nothing: a fault of ours must not keep the Trust from reporting. What counts as unusual is chosen;
the thresholds stand together below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.values.months import Month
from core.values.numbers import SCALES, plain, rounded, shortest, with_unit

ERROR, WARNING, NOT_RUN = "error", "warning", "not_run"

# Chosen. A slip of the decimal point: so many times the median of the months before, within a half of it.
SLIPS = (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 10), Fraction(10), Fraction(100), Fraction(1000))
NEAR = Fraction(1, 2)
# The usual range: the mean of the months before and so many average movements from month to month either side,
# which is how process limits are drawn (three sigma, estimated by the moving range).
LIMITS = Fraction(266, 100)
FEWEST_MONTHS = 8
# A denominator that changed by so much of itself.
JUMP = Fraction(1, 2)
# How far the child population behind a rate and its count may be from the one before.
POPULATION_DRIFT = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class StatedNumbers:
    """The numbers of a figure, in the indicator's own unit; what was left out is None."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None

    def exact(self, unit: str) -> Fraction | None:
        """The unrounded value: by numerator and denominator where both are there, else as given."""
        if self.numerator is not None and self.denominator is not None:
            return (
                Fraction(self.numerator) / Fraction(self.denominator) * SCALES[unit]
                if self.denominator
                else None
            )
        return Fraction(self.value) if self.value is not None else None


@dataclass(frozen=True, slots=True)
class Case:
    """One typed figure with what is known beside it.

    ``before`` is the figure of the month right before, None where there is none; ``earlier`` are the unrounded values
    of the months before, one after the other, oldest first, at most two years; None for a month that has none.
    """

    unit: str
    decimals: int
    month: Month
    typed: StatedNumbers
    before: StatedNumbers | None = None
    earlier: Sequence[Fraction | None] = ()

    @property
    def value(self) -> Fraction | None:
        return self.typed.exact(self.unit)

    @property
    def known(self) -> list[Fraction]:
        """The values before, without the gaps."""
        return [value for value in self.earlier if value is not None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. ``column`` is the number that is at fault."""

    code: str
    severity: str
    column: str
    message: str


Rule = Callable[[Case], str | None]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule under its code: it gives the message of what is wrong, or None."""

    code: str
    severity: str
    column: str
    name: str
    rule: Rule


REGISTRY: list[Check] = []


def check(code: str, severity: str, column: str, name: str) -> Callable[[Rule], Rule]:
    """Enters a rule into the registry, which runs them in the order in which they stand here."""

    def enter(rule: Rule) -> Rule:
        REGISTRY.append(Check(code, severity, column, name, rule))
        return rule

    return enter


def findings(case: Case, checks: Sequence[Check] | None = None) -> list[Finding]:
    """What all checks find, errors first; an error that speaks of a number silences the warnings about the figure."""
    found = [
        finding
        for finding in (_run(check, case) for check in (REGISTRY if checks is None else checks))
        if finding
    ]
    errors = [finding for finding in found if finding.severity == ERROR]
    return errors + [
        finding
        for finding in found
        if finding.severity == NOT_RUN or (finding.severity == WARNING and not errors)
    ]


def _run(check: Check, case: Case) -> Finding | None:
    try:
        message = check.rule(case)
    except Exception:  # noqa: BLE001 - whatever it is, the figure can be submitted without this check
        return Finding(check.code, NOT_RUN, check.column, f"The check “{check.name}” could not run.")
    return Finding(check.code, check.severity, check.column, message) if message else None


@check("value-disagrees", ERROR, "value", "value and counts agree")
def value_disagrees(case: Case) -> str | None:
    """A value beside numerator and denominator is a second witness: it must be their quotient as it is written."""
    typed = case.typed
    if typed.value is None or typed.numerator is None or not typed.denominator:
        return None
    places = max(0, -int(typed.value.normalize().as_tuple().exponent))
    quotient = Fraction(typed.numerator) / Fraction(typed.denominator) * SCALES[case.unit]
    if abs(quotient - Fraction(typed.value)) <= Fraction(1, 2 * 10**places):
        return None
    return (
        f"{shortest(typed.numerator)} of {shortest(typed.denominator)} gives"
        f" {with_unit(quotient, case.unit, max(places, case.decimals))}, not"
        f" {with_unit(typed.value, case.unit, places)}."
    )


@check("scale-slip", WARNING, "value", "the decimal point is where it usually is")
def scale_slip(case: Case) -> str | None:
    """A value that was typed alone is asked about with its point moved back; counts are only said to look odd."""
    value, usual = case.value, _median(case.known)
    if not value or not usual or NEAR * usual <= value <= 2 * usual:
        return None
    meant = next((value / slip for slip in SLIPS if abs(value / slip - usual) <= NEAR * usual), None)
    if meant is None:
        return None
    alone = case.typed.numerator is None and case.typed.denominator is None
    return (
        f"{_in_full(value, case)} is far from the usual"
        f" {with_unit(usual, case.unit, case.decimals)}, as if the decimal point had slipped."
        + (f" Did you mean {_in_full(meant, case)}?" if alone else "")
    )


@check("same-as-before", WARNING, "value", "not last month's figure again")
def same_as_before(case: Case) -> str | None:
    if case.before is None or case.value is None or not _the_same(case.typed, case.before):
        return None
    return f"This is {case.month.previous().name}’s figure again, to the last digit."


@check("outside-usual-range", WARNING, "value", "within its own usual range")
def outside_usual_range(case: Case) -> str | None:
    """A movement is one from a month to the next: across a gap there is none."""
    value, known = case.value, case.known
    pairs = zip(case.earlier, case.earlier[1:], strict=False)
    moves = [abs(after - before) for before, after in pairs if before is not None and after is not None]
    if value is None or len(known) < FEWEST_MONTHS or not moves or scale_slip(case):
        return None
    mean = sum(known, Fraction(0)) / len(known)
    reach = LIMITS * sum(moves, Fraction(0)) / len(moves)
    low, high = max(mean - reach, Fraction(0)), mean + reach
    if low <= value <= high:
        return None
    span = f"{with_unit(low, case.unit, case.decimals)} to {with_unit(high, case.unit, case.decimals)}"
    return (
        f"{with_unit(value, case.unit, case.decimals)} is outside the usual range of {span}"
        f" in the {len(known)} months before."
    )


@check("denominator-jumped", WARNING, "denominator", "a denominator like the one before")
def denominator_jumped(case: Case) -> str | None:
    now = case.typed.denominator
    then = case.before.denominator if case.before else None
    if now is None or not then or abs(now - then) < Fraction(then) * JUMP:
        return None
    way = "rose" if now > then else "fell"
    return f"The denominator {way} from {shortest(then)} to {shortest(now)} in one month, by half or more."


@check("population-disagrees", WARNING, "numerator", "rate and count agree about the population")
def population_disagrees(case: Case) -> str | None:
    """A rate with its count, or with its denominator, speaks of a population; it moves little in a month."""
    now, then = _population(case, case.typed), _population(case, case.before)
    if now is None or then is None or abs(now - then) <= POPULATION_DRIFT * then:
        return None
    return (
        f"Rate and count make a child population of {plain(now, 0)};"
        f" in {case.month.previous().name} they made {plain(then, 0)}."
    )


def _the_same(now: StatedNumbers, then: StatedNumbers) -> bool:
    """By the counts where both have them, whatever value is typed beside them."""
    if None in (now.numerator, now.denominator, then.numerator, then.denominator):
        return now == then
    return (now.numerator, now.denominator) == (then.numerator, then.denominator)


def _population(case: Case, typed: StatedNumbers | None) -> Fraction | None:
    if case.unit != "rate_per_10000" or typed is None:
        return None
    if typed.denominator:
        return Fraction(typed.denominator)
    if typed.numerator is None or not typed.value:
        return None
    return Fraction(typed.numerator) * SCALES[case.unit] / Fraction(typed.value)


def _in_full(value: Fraction, case: Case) -> str:
    """A value with the decimals that it has, up to four: a slipped point must be seen."""
    places = next((n for n in range(case.decimals, 4) if rounded(value, n) == value), 4)
    return with_unit(value, case.unit, places)


def _median(values: Sequence[Fraction]) -> Fraction | None:
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
