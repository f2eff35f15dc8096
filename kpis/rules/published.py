"""Printed numbers against the numbers that the printed numerators and denominators give.

A printed number differs when it is further from the recomputed one than half a unit of its last printed
decimal. An explanation is the first of these that fits: it was rounded to fewer decimals first, it was cut
off instead of rounded, or the printed denominator is itself rounded and some denominator that rounds to it
gives the printed number.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.values.numbers import MOST_PLACES, Exact, rounded

ROUNDED_TO_FEWER = "rounded_to_fewer_decimals"
CUT_OFF = "cut_off"
DENOMINATOR_ROUNDED = "denominator_rounded"
NOT_EXPLAINED = "not_explained"

EXPLANATIONS = {
    ROUNDED_TO_FEWER: "The printed number is the recomputed one rounded to fewer decimals.",
    CUT_OFF: "The printed number is the recomputed one cut off instead of rounded.",
    DENOMINATOR_ROUNDED: "The printed denominator may itself be rounded, which would account for it.",
    NOT_EXPLAINED: "No rounding of the printed numbers accounts for the difference.",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed number that differs: the unrounded number recomputed, printed less recomputed, and why."""

    recomputed: Fraction
    difference: Fraction
    explanation: str


def differs(printed: Exact, places: int, recomputed: Exact) -> bool:
    """Whether a number printed with so many decimals is further off than half a unit of the last one."""
    return abs(Fraction(printed) - Fraction(recomputed)) > Fraction(1, 2 * 10**places)


def difference(
    *,
    printed: Decimal,
    places: int,
    numerator: Decimal,
    denominator: Decimal,
    scale: int = 1,
    denominator_places: int | None = None,
) -> Difference | None:
    """What is wrong with a printed number, or None where it agrees with its numerator and denominator.

    `places` and `denominator_places` are the decimals printed; without the latter, those that the denominator
    needs: 33 and 33.00 are then taken alike, as rounded to whole. ZeroDivisionError for a denominator of 0.
    """
    top, bottom, shown = Fraction(numerator) * scale, Fraction(denominator), Fraction(printed)
    recomputed = top / bottom
    if not differs(printed, places, recomputed):
        return None
    if denominator_places is None:
        denominator_places = _needed_places(bottom)
    slack = Fraction(1, 2 * 10**denominator_places)
    if any(rounded(recomputed, fewer) == shown for fewer in range(places)):
        explanation = ROUNDED_TO_FEWER
    elif _cut_off(recomputed, places) == shown:
        explanation = CUT_OFF
    elif _within_reach(shown, Fraction(1, 2 * 10**places), top, bottom, slack):
        explanation = DENOMINATOR_ROUNDED
    else:
        explanation = NOT_EXPLAINED
    return Difference(recomputed, shown - recomputed, explanation)


def _cut_off(value: Fraction, places: int) -> Fraction:
    cut = abs(value) * 10**places // 1
    return Fraction(cut if value > 0 else -cut, 10**places)


def _within_reach(
    shown: Fraction, half_unit: Fraction, top: Fraction, bottom: Fraction, slack: Fraction
) -> bool:
    """Whether a denominator within the slack gives a number that is printed as shown."""
    least = top / (bottom + slack)
    if bottom <= slack:
        return shown + half_unit >= least
    return least - half_unit <= shown <= top / (bottom - slack) + half_unit


def _needed_places(number: Fraction) -> int:
    """The decimals that a number needs, at most eight."""
    return next((places for places in range(MOST_PLACES) if rounded(number, places) == number), MOST_PLACES)
