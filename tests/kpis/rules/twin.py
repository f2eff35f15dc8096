"""The rules once more, slowly and plainly: one row at a time, in Fractions. The tests' oracle."""

from fractions import Fraction

from core.values.months import Month
from core.values.numbers import SCALES

from .series import Series, parts

COMPARE = {
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
}


def value_of(figure, unit):
    """The unrounded value, "empty" for a denominator of 0, or None."""
    numerator, denominator, value = parts(figure)
    if denominator is not None and Fraction(denominator) == 0:
        return "empty"
    if numerator is not None and denominator is not None:
        return Fraction(numerator) / Fraction(denominator) * SCALES[unit]
    return None if value is None else Fraction(value)


def status_of(value, band):
    if value is None:
        return "not_reported", "no_figure"
    if value == "empty":
        return "not_applicable", "denominator_zero"
    if band is None:
        return "not_applicable", "no_band"
    target_operator, target, failure_operator, failure = band
    if COMPARE[target_operator](value, Fraction(target)):
        return "on_target", None
    if COMPARE[failure_operator](value, Fraction(failure)):
        return "failure", None
    return "within_tolerance", None


def run_of(statuses, bands, here, belongs):
    """The length of the run up to this month, and the place of the month that broke it, if any.

    A month breaks a run only where the series has had a band by then.
    """
    start = here
    while start >= 0 and statuses[start] in belongs:
        start -= 1
    gap = (
        start
        if start >= 0
        and start < here
        and statuses[start] in ("not_reported", "not_applicable")
        and any(band is not None for band in bands[: start + 1])
        else None
    )
    return here - start, gap


def judged(series: Series, window: int = 12):
    """What the rules say about each month, as a list of dicts."""
    values = [value_of(figure, series.unit) for figure in series.figures]
    bands = series.bands or [series.band] * len(values)
    found = [status_of(value, band) for value, band in zip(values, bands, strict=True)]
    statuses = [status for status, _ in found]
    rows = []
    for here, (value, (status, reason)) in enumerate(zip(values, found, strict=True)):
        row = {"status": status, "reason": reason, "value_e8": e8(value)}
        row |= _runs(series, statuses, bands, here) | _averages(series, values, here, window)
        rows.append(row | _travel(series, values, here))
    return rows


def e8(value):
    return round(value * 10**8) if isinstance(value, Fraction) else None


def _runs(series, statuses, bands, here):
    if statuses[here] in ("not_reported", "not_applicable"):
        return dict.fromkeys(
            ["months_off_target", "months_in_failure", "succession_certain", "succession_broken_by"]
        )
    off_target, gap = run_of(statuses, bands, here, ("within_tolerance", "failure"))
    failed, _ = run_of(statuses, bands, here, ("failure",))
    broken_by = None if gap is None else Month.next(series.first, gap).ordinal
    return {
        "months_off_target": off_target,
        "months_in_failure": failed,
        "succession_certain": gap is None,
        "succession_broken_by": broken_by,
    }


def _averages(series, values, here, window):
    if here < window - 1:
        return dict.fromkeys(["average_e8", "pooled_e8", "months_in_average"])
    places = [at for at in range(here - window + 1, here + 1) if isinstance(values[at], Fraction)]
    average = pooled = None
    if places:
        average = round(Fraction(sum(e8(values[at]) for at in places), len(places)))
        quotients = [parts(series.figures[at])[:2] for at in places]
        if all(None not in quotient for quotient in quotients):
            tops = sum(Fraction(top) for top, _ in quotients)
            bottoms = sum(Fraction(bottom) for _, bottom in quotients)
            pooled = e8(tops / bottoms * SCALES[series.unit])
    return {"average_e8": average, "pooled_e8": pooled, "months_in_average": len(places)}


def _travel(series, values, here):
    before = values[here - 1] if here else None
    previous = e8(before)
    if previous is None or not isinstance(values[here], Fraction):
        return {"previous_e8": previous, "change_e8": None, "direction": None}
    change = values[here] - before
    threshold = Fraction(1, 10**series.decimals) if series.threshold is None else Fraction(series.threshold)
    if change == 0 or abs(change) < threshold:
        direction = "no_real_change"
    else:
        direction = "better" if (change > 0) == series.higher_is_better else "worse"
    return {"previous_e8": previous, "change_e8": e8(values[here]) - previous, "direction": direction}
