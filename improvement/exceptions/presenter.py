"""The exceptions of a plan in words: how many of each kind, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from improvement.exceptions.selectors import Examined
from improvement.models import Action, Plan
from improvement.overview.recommendation import ActionRow, action_row
from improvement.rules.dates import months_before
from improvement.rules.exceptions import Bounds, Why, exceptions_of
from parties.participants import Participant

HEADINGS = {
    Why.OVERDUE: "Overdue",
    Why.ON_TRACK_BUT_PAST: "Said to be on track, but past target",
    Why.TO_SHOW_ANEW: "Impact to be shown anew",
    Why.UNMITIGATED: "Risk without a mitigation",
    Why.NO_IMPACT: "Done, and no word of an impact since",
    Why.MOVED_OFTEN: "Target moved again and again",
    Why.NO_WORD: "No word since the last review",
    Why.NO_OWNER: "Nobody owns it",
    Why.NO_DATE: "No date",
}
# How many of a kind are said in the first sentence: one, or several.
COUNTED = {
    Why.OVERDUE: ("action is overdue", "actions are overdue"),
    Why.UNMITIGATED: ("carries a risk without a mitigation", "carry a risk without a mitigation"),
    Why.NO_IMPACT: ("is done without a word of its impact", "are done without a word of their impact"),
}


@dataclass(frozen=True)
class Kind:
    anchor: str
    heading: str
    rule: str
    rows: Sequence[ActionRow]


@dataclass(frozen=True)
class ExceptionsPage:
    plan: Plan
    summary: str
    kinds: Sequence[Kind]
    parents: Sequence[tuple[str, str]]


def bounds_of(plan: Plan, day: date) -> Bounds:
    return Bounds(
        plan.last_review_before(day), months_before(day, plan.impact_within_months), plan.many_moves
    )


def exceptions_page(
    participant: Participant, plan: Plan, examined: Sequence[Examined], day: date
) -> ExceptionsPage:
    runs = plan.runs_on(day)
    bounds = bounds_of(plan, day)
    found: dict[Why, list[Action]] = {why: [] for why in Why}
    for one in examined if runs else ():
        for why in exceptions_of(one.facts, day, bounds):
            found[why].append(one.action)
    code = participant.contract.code
    return ExceptionsPage(
        plan=plan,
        summary=_summary(found) if runs else _runs_not(plan, day),
        kinds=[
            Kind(
                why.value,
                HEADINGS[why],
                _rule(why, plan),
                [_row(code, plan, action, day) for action in actions],
            )
            for why, actions in found.items()
            if actions
        ],
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
    )


def _summary(found: dict[Why, list[Action]]) -> str:
    said = [count_words(len(found[why]), *words) for why, words in COUNTED.items() if found[why]]
    return (
        f"{listed(said)}."
        if said
        else "Nothing is overdue, at risk without a mitigation, or done without a word since."
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
        Why.UNMITIGATED: "The last word says not on track, and names no mitigation.",
        Why.NO_IMPACT: f"Completed, and nothing was said of Phase 2 for {silence} (chosen).",
        Why.MOVED_OFTEN: f"Moved {plan.many_moves} times or more (chosen).",
        Why.NO_WORD: f"Not completed, and nothing was said of it for {often}, the plan’s own cadence.",
        Why.NO_OWNER: "The plan names none.",
        Why.NO_DATE: "The plan names none, or leads to the impact workbook.",
    }[why]


def _row(code: str, plan: Plan, action: Action, day: date) -> ActionRow:
    return action_row(code, plan, action, f"{action.recommendation.code} action {action.number}", day)
