"""Where an indicator's month stands in the eyes of the Trust that returns it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.clock import moment_words
from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from kpis import sentences
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext
from kpis.engine.readings import Limits
from kpis.figures.models import FigureRevision
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry
from kpis.review.models import Step
from kpis.rules.status import rule_in_words
from kpis.rules.words import STATES
from parties.participants import Participant

DRAFTED, MISSING, OMITTED = "drafted", "missing", "omitted"
STATE_WORDS = {
    MISSING: "Missing",
    DRAFTED: "Draft",
    OMITTED: "Can’t be reported",
    **STATES,
}


@dataclass(frozen=True)
class Meanwhile:
    """What another person put in the place of what this form had been begun from."""

    who: str
    when: str
    words: str


def state_of(current: CurrentEntry) -> str:
    """Where an indicator's month stands; a draft beside a figure or a statement changes nothing about that."""
    if current.figure is not None:
        return current.figure.state
    if current.omission is not None:
        return OMITTED
    return DRAFTED if current.draft is not None else MISSING


def state_word(indicator: Indicator, state: str) -> str:
    """A supporting measure that isn't there is not missing: no return waits for it."""
    if state == MISSING and indicator.kind == Indicator.Kind.SUPPORTING:
        return "Not returned"
    return STATE_WORDS[state]


def return_sentence(current_entries: Sequence[CurrentEntry]) -> str:
    """How far a return is: "12 of 15 indicators have a figure, 1 can’t be reported, 2 are missing (1 drafted)."."""
    reported = sum(1 for current in current_entries if current.figure is not None)
    omitted = sum(1 for current in current_entries if current.figure is None and current.omission is not None)
    missing = len(current_entries) - reported - omitted
    drafted = sum(1 for current in current_entries if state_of(current) == DRAFTED)
    corrected = sum(1 for current in current_entries if current.draft is not None) - drafted
    words = [
        f"{reported} of {count_words(len(current_entries), 'indicator')} {'has' if reported == 1 else 'have'} a figure"
    ]
    if omitted:
        words.append(f"{omitted} can’t be reported")
    if missing - drafted:
        words.append(f"{missing - drafted} {'is' if missing - drafted == 1 else 'are'} missing")
    if drafted:
        words.append(f"{drafted} {'is' if drafted == 1 else 'are'} drafted and not submitted yet")
    if corrected:
        words.append(f"{count_words(corrected, 'correction is', 'corrections are')} drafted")
    return f"{', '.join(words)}." + ("" if missing else " The return is complete.")


def rule_words(context: ValidationContext) -> str:
    """The rule that will judge the figure, in words; the local aim where no band does."""
    if context.band is None:
        return context.indicator.local_aim_words
    limits = Limits.of(context.band)
    return rule_in_words(
        context.indicator.unit, limits.target_operator, limits.target, limits.failure_operator, limits.failure
    )


def last_words(context: ValidationContext, month: Month) -> str:
    """The month before, beside which people type: "February: 196 of 273, 71.8%, within tolerance"."""
    last, before = context.last, month.previous()
    if last is None or last.value is None:
        return f"{before.name}: no figure"
    verdict = f", {sentences.STATUS_WORDS[sentences.Status(last.status)]}" if last.limits else ""
    counts = f"{last.counts_text}, " if last.counts_text else ""
    return f"{before.name}: {counts}{last.value_text}{verdict}"


def state_words(current: CurrentEntry) -> str:
    """Who did what last, and when."""
    if current.draft is not None:
        return f"saved by {current.draft.changed_as}, {moment_words(current.draft.changed_at)}"
    if current.figure is not None and current.figure.latest is not None:
        latest = current.figure.latest
        return f"revision {latest.number} by {latest.entered_as}, {moment_words(latest.entered_at)}"
    if current.omission is not None:
        return f"{current.omission.reason} Expected on {day_words(current.omission.expected_on)}."
    return ""


def asked_words(query: Step) -> str:
    assert query.answer_by is not None
    return f"{query.words} (Answer by {day_words(query.answer_by)}.)"


def meanwhile_words(current: CurrentEntry, participant: Participant) -> Meanwhile:
    text, draft = current.text, current.draft
    if draft is not None and draft.begun_from_id == current.latest_id:
        who = (
            "You, in another tab or window,"
            if draft.changed_by_id == participant.user.pk
            else draft.changed_as
        )
        return Meanwhile(who, moment_words(draft.changed_at), text_words(text))
    latest: FigureRevision | None = current.figure.latest if current.figure else None
    if latest is not None:
        who = (
            "You, in another tab or window,"
            if latest.entered_by_id == participant.user.pk
            else latest.entered_as
        )
        return Meanwhile(who, moment_words(latest.entered_at), text_words(current.settled))
    if current.omission is not None:
        return Meanwhile(
            current.omission.stated_as, moment_words(current.omission.stated_at), text_words(text)
        )
    return Meanwhile("Somebody", "meanwhile", "emptied it")


def text_words(text: DraftText) -> str:
    """What was typed, in one line: "196 of 273. Two posts were vacant."."""
    if text.standing == Kind.CANNOT_REPORT:
        return f"can’t be reported: {text.reason} Expected on {text.expected_on}."
    counts = (
        f"{text.numerator or '–'} of {text.denominator or '–'}" if text.numerator or text.denominator else ""
    )
    numbers = ", ".join(part for part in (counts, text.value) if part) or "no figure"
    return f"{numbers}. {text.commentary}".strip()
