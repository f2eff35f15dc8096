"""What a year is to come to, in a sentence."""

from __future__ import annotations

from budgets.limits.selectors import LimitsWithSource
from budgets.outlook.standing import Standing
from budgets.outlook.year_ahead import Outlook
from budgets.rules.money import spoken
from budgets.rules.variance import Status, percent_words, variance_words
from core.values.numbers import count_words


def forecast_words(outlook: Outlook, limits: LimitsWithSource) -> str:
    """ "£1.19 million over forecast for 2019/20, 3.7% of the gross budget; up £64,000 since the month before."

    A per cent is of the whole budget, so while lines are missing there is none.
    """
    year, variance, moved = outlook.period.year, outlook.variance, outlook.moved
    if variance is None:
        return f"{spoken(outlook.forecast)} forecast for {year}; no budget of it is known."
    words = f"{variance_words(variance.pence, limits=limits.amounts)} forecast for {year}"
    if outlook.missing:
        words += f" on {count_words(outlook.entered, 'line')}"
    elif variance.pence:
        words += f", {percent_words(variance, limits.limits)}"
    if moved:
        words += f"; {'up' if moved > 0 else 'down'} {spoken(abs(moved))} since the month before"
    return f"{words}."


def left_open_words(outlook: Outlook) -> str:
    """What the sentence rests on: " 5 lines as of an earlier month. 1 line not entered yet."; else empty."""
    earlier, missing = outlook.earlier, outlook.missing
    words = f" {count_words(earlier, 'line')} as of an earlier month." if earlier else ""
    return f"{words} {count_words(missing, 'line')} not entered yet." if missing else words


def furthest_words(outlook: Outlook, limits: LimitsWithSource) -> str:
    """ " Furthest off: External Residential, £990,270 over."; empty where no line is off track."""
    off_track = [one for one in outlook.standing.shown if one.status in (Status.RED, Status.AMBER)]
    if not off_track:
        return ""
    furthest = max(off_track, key=lambda one: one.money.costs or 0)
    variance = furthest.variance
    assert variance is not None
    words = variance_words(variance.pence, variance.side, limits.amounts)
    return f" Furthest off: {outlook.lines[furthest.money.line].name}, {words}."


def made_up_words(outlook: Outlook) -> str:
    """What of it is illustrative; empty where nothing is."""
    if outlook.made_up:
        return "These months are made up, to show how a year is watched."
    return (
        f"The budget of {outlook.period.year} is made up; no document prints it."
        if outlook.budget_made_up
        else ""
    )


def left_out_words(standing: Standing) -> str:
    """ "Of 250 lines off track the 20 furthest stand here; all 5,000 lines …", empty where nothing is left out."""
    if not standing.unshown:
        return ""
    shown = len(standing.shown)
    lines = count_words(standing.unshown, "more line stands", "more lines stand")
    if standing.off_track > shown:
        return f"{standing.off_track:,} lines are off track; here are the {shown} that cost most. {lines} in the book."
    return f"{lines} in the book, none of them off track."
