"""The exceptions of a plan in words: how many actions each reason has; each action once, with all its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from improvement.exceptions.selectors import Examined
from improvement.models import Action, Plan
from improvement.overview.recommendation import ActionRow, action_row
from improvement.plans.names import named
from improvement.rules.dates import months_before
from improvement.rules.exceptions import Bounds, Why, exceptions_of
from parties.participants import Participant

# An action and every reason for which it deserves a look, worst first.
Reasoned = tuple[Action, Sequence[Why]]

HEADINGS = {
    Why.OVERDUE: "Overdue",
    Why.ON_TRACK_BUT_PAST: "On track, yet overdue",
    Why.TO_SHOW_ANEW: "Impact to be shown anew",
    Why.UNMITIGATED: "Risk without a mitigation",
    Why.NO_IMPACT: "Done, and Phase 2 not moving",
    Why.MOVED_OFTEN: "Target moved again and again",
    Why.NO_WORD: "No word since the last review",
    Why.NO_OWNER: "Nobody owns it",
    Why.NO_DATE: "No date",
}
# How many of a kind are said in the first sentence: one, or several.
COUNTED = {
    Why.OVERDUE: ("action is overdue", "actions are overdue"),
    Why.UNMITIGATED: ("carries a risk without a mitigation", "carry a risk without a mitigation"),
    Why.NO_IMPACT: ("action is done without Phase 2 moving", "actions are done without Phase 2 moving"),
}


# A longer list than that is folded below its heading (chosen: what half a screen holds).
FEW = 10


@dataclass(frozen=True)
class Reason:
    """One of the reasons: of how many actions it is told, and where these stand alone."""

    name: str
    number: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Kind:
    anchor: str
    heading: str
    rule: str
    rows: Sequence[ActionRow]
    folded: bool


@dataclass(frozen=True)
class ExceptionsPage:
    """``reasons`` count an action under each of its own; ``kinds`` hold it once, under the worst of them."""

    plan: Plan
    summary: str
    reasons: Sequence[Reason]
    kinds: Sequence[Kind]
    all_url: str  # empty where all are shown
    parents: Sequence[tuple[str, str]]


def bounds_of(plan: Plan, day: date) -> Bounds:
    return Bounds(
        plan.last_review_before(day), months_before(day, plan.impact_within_months), plan.many_moves
    )


def exceptions_page(
    participant: Participant, plan: Plan, examined: Sequence[Examined], day: date, chosen: str
) -> ExceptionsPage:
    """All of them, or those of the reason ``chosen``; what is no reason of any chooses nothing."""
    runs, bounds = plan.runs_on(day), bounds_of(plan, day)
    found = [(one.action, exceptions_of(one.facts, day, bounds)) for one in examined] if runs else []
    counts = Counter(why for _, reasons in found for why in reasons)
    only = next((why for why in counts if why.value == chosen), None)
    code = participant.contract.code
    address = reverse("improvement:exceptions", args=[code, plan.code])
    return ExceptionsPage(
        plan=plan,
        summary=_summary(counts) if runs else _runs_not(plan, day),
        reasons=[
            Reason(HEADINGS[why], counts[why], f"{address}?why={why.value}", why == only)
            for why in Why
            if counts[why]
        ],
        kinds=[
            _kind(why, plan, [_row(code, plan, one, day, reasons, why) for one, reasons in rows], only)
            for why, rows in _told_once(found, only).items()
        ],
        all_url=address if only else "",
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
    )


def _told_once(found: Sequence[Reasoned], only: Why | None) -> dict[Why, list[Reasoned]]:
    """Each action under its worst reason, or all that have the one."""
    told: dict[Why, list[Reasoned]] = {why: [] for why in Why}
    for action, reasons in found:
        under = only or next(iter(reasons), None)
        if under is not None and under in reasons:
            told[under].append((action, reasons))
    for why in (Why.OVERDUE, Why.ON_TRACK_BUT_PAST):  # what has been due longest comes first
        told[why].sort(key=lambda one: one[0].target or date.max)
    return {why: rows for why, rows in told.items() if rows}


def _kind(why: Why, plan: Plan, rows: Sequence[ActionRow], only: Why | None) -> Kind:
    return Kind(why.value, HEADINGS[why], _rule(why, plan), rows, folded=only is None and len(rows) > FEW)


def _summary(counts: Mapping[Why, int]) -> str:
    said = [count_words(counts[why], *words) for why, words in COUNTED.items() if counts[why]]
    return (
        f"{listed(said)}."
        if said
        else "Nothing is overdue, at risk without a mitigation, or done without Phase 2 moving."
    )


def _runs_not(plan: Plan, day: date) -> str:
    first, last = plan.months
    if first > Month.of(day):
        return f"This plan begins in {first.label}. Until then nothing is told of its actions here."
    return f"This plan ran from {first.label} to {last.label}. Nothing is told of its actions any more."


def _rule(why: Why, plan: Plan) -> str:
    """The rule that was applied, in words."""
    unit = plan.get_cadence_unit_display() if plan.cadence_unit else ""
    often = count_words(plan.cadence_every or 0, unit) if unit else ""
    silence = count_words(plan.impact_within_months, "month")
    return {
        Why.OVERDUE: "The target month is over, and the action isn’t completed.",
        Why.ON_TRACK_BUT_PAST: "Its target month is over.",
        Why.TO_SHOW_ANEW: "It was confirmed, and that was taken back or its evidence no longer holds.",
        Why.UNMITIGATED: "It is not on track, and the last word names no mitigation.",
        Why.NO_IMPACT: f"Completed, and the status of Phase 2 hasn’t changed for {silence} (chosen).",
        Why.MOVED_OFTEN: f"Moved to a later month {plan.many_moves} times or more (chosen).",
        Why.NO_WORD: f"Not completed, and nothing was said of it for {often}, the plan’s own cadence.",
        Why.NO_OWNER: "The plan names none.",
        Why.NO_DATE: f"Open, and {_no_date(plan)}.",
    }[why]


def _no_date(plan: Plan) -> str:
    return (
        "the plan names none, or leads to the impact workbook" if plan.document else "without a target month"
    )


def _row(code: str, plan: Plan, action: Action, day: date, reasons: Sequence[Why], under: Why) -> ActionRow:
    row = action_row(code, plan, action, named(action), day)
    first, *rest = [HEADINGS[why] for why in reasons if why != under] or [""]
    return replace(row, also="; ".join([first, *(f"{name[:1].lower()}{name[1:]}" for name in rest)]))
