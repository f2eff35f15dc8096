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
from functools import cached_property
from math import lcm

from core.values.months import Month
from core.values.numbers import MOST_PLACES, SCALES, plain, rounded, shortest, with_unit

ERROR, WARNING, NOT_RUN = "error", "warning", "not_run"
# The one check whose finding makes a figure no measure for others.
SCALE_SLIP = "scale-slip"

# Chosen. A slip of the decimal point: so many times the median of the months before, within a half of it.
SLIPS = (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 10), Fraction(10), Fraction(100), Fraction(1000))
NEAR = Fraction(1, 2)
# A percentage that was typed as a share of one: at most 1, and so many times below what is usual.
SHARE, SHARE_BELOW = 1, 10
# The usual range: the mean of the months before and so many average movements from month to month either side,
# which is how process limits are drawn (three sigma, estimated by the moving range).
LIMITS = Fraction(266, 100)
FEWEST_MONTHS = 8
# A denominator that changed by so much of itself.
JUMP = Decimal("0.5")
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
            if not self.denominator:
                return None
            top, bottom = self.numerator.as_integer_ratio(), self.denominator.as_integer_ratio()
            return Fraction(top[0] * bottom[1] * SCALES[unit], top[1] * bottom[0])
        return Fraction(self.value) if self.value is not None else None


@dataclass(frozen=True)
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

    @cached_property
    def value(self) -> Fraction | None:
        return self.typed.exact(self.unit)

    @cached_property
    def alone(self) -> bool:
        """Whether the value was typed without the counts behind it."""
        return self.typed.numerator is None and self.typed.denominator is None

    @cached_property
    def bottom(self) -> int:
        """One denominator for all values before: whole numbers are compared and added many times faster."""
        return lcm(*(value.denominator for value in self.earlier if value is not None))

    @cached_property
    def tops(self) -> list[int | None]:
        """The values before as whole parts of ``bottom``."""
        return [
            None if value is None else value.numerator * (self.bottom // value.denominator)
            for value in self.earlier
        ]

    @cached_property
    def known(self) -> list[int]:
        """The same without the gaps."""
        return [top for top in self.tops if top is not None]

    @cached_property
    def usual(self) -> Fraction | None:
        """The median of the values before."""
        ordered = sorted(self.known)
        if not ordered:
            return None
        middle = len(ordered) // 2
        twice = 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]
        return Fraction(twice, 2 * self.bottom)

    @cached_property
    def slip(self) -> str | None:
        """What is said where the decimal point seems to have slipped."""
        return _slip(self)


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
    return witness_fault(case.typed, case.unit, case.decimals)


def witness_fault(typed: StatedNumbers, unit: str, decimals: int = 0) -> str | None:
    """What is wrong with a value that stands beside numerator and denominator; None where it doesn't, or fits."""
    if typed.value is None or typed.numerator is None or typed.denominator is None:
        return None
    counts = f"{shortest(typed.numerator)} of {shortest(typed.denominator)}"
    quotient = typed.exact(unit)
    if quotient is None:
        return f"{counts} gives no value. Leave the value empty."
    # Beyond eight decimals a spreadsheet's own arithmetic begins to show.
    places = min(MOST_PLACES, max(0, -int(typed.value.normalize().as_tuple().exponent)))
    if abs(quotient - Fraction(typed.value)) <= Fraction(1, 2 * 10**places):
        return None
    return (
        f"{counts} gives {with_unit(quotient, unit, max(places, decimals))}, not"
        f" {with_unit(typed.value, unit, places)}."
    )


@check(SCALE_SLIP, WARNING, "value", "the decimal point is where it usually is")
def scale_slip(case: Case) -> str | None:
    """A value that was typed alone is asked about with its point moved back; counts are only said to look odd."""
    return case.slip


def _slip(case: Case) -> str | None:
    value, usual = case.value, case.usual
    if not value or (usual is not None and (not usual or usual <= 2 * value <= 4 * usual)):
        return None
    if usual is None:
        return _share_of_one(value, case)
    meant = next((value / slip for slip in SLIPS if abs(value / slip - usual) <= NEAR * usual), None)
    if meant is None:
        return _share_of_one(value, case)
    return (
        f"{_in_full(value, case)} is far from the usual"
        f" {with_unit(usual, case.unit, case.decimals)}, as if the decimal point had slipped."
        + (f" Did you mean {_in_full(meant, case)}?" if case.alone else "")
    )


def _share_of_one(value: Fraction, case: Case) -> str | None:
    """A spreadsheet keeps 75.4% as 0.754, which says what is meant even where nothing is known beside it."""
    if case.unit != "percent" or not case.alone or value > SHARE:
        return None
    if case.usual is not None and value * SHARE_BELOW > case.usual:
        return None
    return f"{_in_full(value, case)} is not more than one in a hundred. Did you mean {_in_full(value * 100, case)}?"


@check("same-as-before", WARNING, "value", "not last month's figure again")
def same_as_before(case: Case) -> str | None:
    if case.before is None or case.value is None or not _the_same(case.typed, case.before):
        return None
    return f"This is {case.month.previous().name}’s figure again, to the last digit."


@check("outside-usual-range", WARNING, "value", "within its own usual range")
def outside_usual_range(case: Case) -> str | None:
    """A movement is one from a month to the next: across a gap there is none."""
    value, known = case.value, case.known
    if value is None or len(known) < FEWEST_MONTHS:
        return None
    pairs = zip(case.tops, case.tops[1:], strict=False)
    moves = [abs(after - before) for before, after in pairs if before is not None and after is not None]
    if not moves or case.slip:
        return None
    # |value - mean| <= LIMITS * movement, in whole numbers: a file has a hundred thousand rows.
    top, bottom = value.as_integer_ratio()
    away = abs(top * len(known) * case.bottom - sum(known) * bottom)
    if away * len(moves) * LIMITS.denominator <= LIMITS.numerator * sum(moves) * len(known) * bottom:
        return None
    mean = Fraction(sum(known), len(known) * case.bottom)
    reach = LIMITS * Fraction(sum(moves), len(moves) * case.bottom)
    low, high = max(mean - reach, Fraction(0)), mean + reach
    span = f"{with_unit(low, case.unit, case.decimals)} to {with_unit(high, case.unit, case.decimals)}"
    return (
        f"{with_unit(value, case.unit, case.decimals)} is outside the usual range of {span}"
        f" in the {len(known)} months before."
    )


@check("denominator-jumped", WARNING, "denominator", "a denominator like the one before")
def denominator_jumped(case: Case) -> str | None:
    now = case.typed.denominator
    then = case.before.denominator if case.before else None
    if now is None or not then or abs(now - then) < then * JUMP:
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
