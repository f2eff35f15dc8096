"""What people write about impact measures: the one door for each of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from audit.services import record
from core.refusals import Refused
from core.values.months import REACH, Month, taken
from core.values.numbers import shortest
from core.values.words import says_something
from improvement.models import Measure, MeasureLink, MeasureValue, Plan
from improvement.models.event import Provenance
from improvement.plans.marks import mark_of_all
from improvement.plans.names import named
from improvement.plans.selectors import keeps
from kpis.definitions.models import Indicator
from parties.participants import PROVIDER, Participant

# Fifteen digits are what both databases keep of a number without loss.
DIGITS_BEFORE, DIGITS_AFTER = 9, 6


class MeasureRefused(Refused):
    """Nothing was changed."""


class MeasureConflict(MeasureRefused):
    """Somebody else was quicker with the same measure."""


@dataclass(frozen=True)
class Terms:
    """From where to where a measure should go, in which unit, and how often a value of it is due."""

    baseline: str = ""
    aim: str = ""
    unit: str = ""
    period: str = ""

    @classmethod
    def of(cls, measure: Measure) -> Terms:
        return cls(measure.baseline, measure.aim, measure.unit, measure.period)

    @property
    def mark(self) -> str:
        """By which a form says what it was begun from."""
        return mark_of_all(asdict(self))


@dataclass(frozen=True)
class Entered:
    """A value of a month, where it comes from, and what is said of it."""

    month: Month
    value: Decimal
    source: str
    words: str = ""
    link: str = ""


def kept_by_words(plan: Plan) -> str:
    """Who keeps the plan: "Sandwell Children's Trust"."""
    contract = plan.contract
    return (contract.provider if plan.kept_by == PROVIDER else contract.commissioner).short_name


@transaction.atomic
def set_terms(*, by: Participant, measure: Measure, terms: Terms, seen: str | None = None) -> Measure:
    """Says what the measure starts from and aims at. ``seen`` is the mark of what the person saw; None: no matter.

    MeasureRefused for somebody whose plan it isn't, MeasureConflict where it stands otherwise by now.
    """
    locked = _locked(by, measure)
    was = Terms.of(locked)
    if was == terms:
        return locked
    if seen is not None and was.mark != seen:
        raise MeasureConflict(
            f"{named(locked)} was changed by somebody else since you opened it. Nothing was saved; compare,"
            " then save again."
        )
    for name, value in asdict(terms).items():
        setattr(locked, name, value)
    locked.full_clean(exclude=["plan", "recommendation"])
    locked.save(update_fields=list(asdict(terms)))
    changed = {name: value for name, value in asdict(terms).items() if value != getattr(was, name)}
    _recorded(by, locked, "set", f"has a new {', '.join(changed)}", changed)
    return locked


@transaction.atomic
def add_value(
    *,
    by: Participant,
    measure: Measure,
    entered: Entered,
    today: date,
    seen: int | None = None,
    provenance: str = Provenance.RETURNED,
) -> MeasureValue:
    """Keeps what the measure came to in a month. A value that stands there already stays, and is no longer current.

    ``seen`` is the key of the last value that the person saw, 0 where there was none; None: it is no matter. Sent twice
    it is kept once. MeasureRefused with the reason, MeasureConflict where somebody else entered the month since.
    """
    locked = _locked(by, measure)
    _refuse_value(entered, today)
    current = locked.values.filter(month=entered.month.first_day).order_by("-pk").first()
    if current is not None:
        if _is(current, entered) and current.taken_by == by.user:
            return current
        _refuse_replacing(current, locked, entered, seen)
    value = _value(by, locked, entered, today, provenance)
    changes = {"month": str(entered.month), "value": shortest(entered.value), "source": value.source}
    if current is not None:
        changes["in_place_of"] = shortest(current.value)
    _recorded(by, locked, "valued", f"came to {shortest(entered.value)} in {entered.month.label}", changes)
    return value


def _refuse_replacing(current: MeasureValue, measure: Measure, entered: Entered, seen: int | None) -> None:
    """A month's value is replaced by whoever saw it, and says why."""
    there = shortest(current.value)
    if seen is not None and current.pk > seen:
        raise MeasureConflict(
            f"{entered.month.label} of {named(measure)} was entered by somebody else since you opened it: "
            f"{there}. Nothing was saved; to put yours in its place, say why, and save again."
        )
    if not says_something(entered.words):
        raise MeasureRefused(f"{entered.month.label} has a value, {there}. Say why another takes its place.")


def _value(by: Participant, measure: Measure, entered: Entered, today: date, provenance: str) -> MeasureValue:
    value = MeasureValue(
        measure=measure,
        month=entered.month.first_day,
        value=entered.value,
        source=entered.source.strip(),
        words=entered.words.strip(),
        link=entered.link,
        day=today,
        provenance=provenance,
        party=by.party,
        taken_by=by.user,
        taken_as=by.user.display_name,
    )
    value.full_clean(exclude=["measure", "taken_by"])
    value.save(force_insert=True)
    return value


@transaction.atomic
def link_indicator(
    *, by: Participant, measure: Measure, indicator: Indicator, strength: str, words: str
) -> MeasureLink:
    """Says that an indicator of the contract shows the measure, how, and why. MeasureRefused where that is said."""
    locked = _locked(by, measure)
    if indicator.contract_id != by.contract.pk:
        raise MeasureRefused("This indicator belongs to another contract.")
    if not says_something(words):
        raise MeasureRefused("Say why the indicator shows the measure.")
    if locked.links.filter(indicator=indicator).exists():
        raise MeasureRefused(f"{named(locked)} is linked to {indicator.code} already.")
    link = MeasureLink(measure=locked, indicator=indicator, strength=strength, words=words.strip())
    link.full_clean(exclude=["measure", "indicator"])
    link.save(force_insert=True)
    changes = {"indicator": indicator.code, "strength": link.get_strength_display(), "why": link.words}
    _recorded(by, locked, "linked", f"is shown by {indicator.code}", changes)
    return link


def _locked(by: Participant, measure: Measure) -> Measure:
    """The measure as it stands, for nobody else to write meanwhile."""
    locked = (
        Measure.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("plan__contract__provider", "plan__contract__commissioner", "recommendation")
        .get(pk=measure.pk)
    )
    if not keeps(by, locked.plan):
        raise MeasureRefused(f"{kept_by_words(locked.plan)} keeps this plan, and alone writes to it.")
    return locked


def _refuse_value(entered: Entered, today: date) -> None:
    if not taken(entered.month.first_day):
        raise MeasureRefused(f"{entered.month.label} is out of reach: {REACH}.")
    if entered.month > Month.of(today):
        raise MeasureRefused(f"{entered.month.label} is still to come, so nothing can be known of it.")
    if not says_something(entered.source):
        raise MeasureRefused("Say where the value comes from.")
    if not _fits(entered.value):
        raise MeasureRefused(
            f"A value has at most {DIGITS_BEFORE} digits before its point and {DIGITS_AFTER} after it, and none"
            " is below zero."
        )


def _fits(value: Decimal) -> bool:
    if not value.is_finite() or not 0 <= value < 10**DIGITS_BEFORE:
        return False
    return (Fraction(value) * 10**DIGITS_AFTER).denominator == 1


def _is(value: MeasureValue, entered: Entered) -> bool:
    kept = (value.value, value.source, value.words, value.link)
    return kept == (entered.value, entered.source.strip(), entered.words.strip(), entered.link)


def _recorded(by: Participant, measure: Measure, what: str, summary: str, changes: Mapping[str, Any]) -> None:
    record(
        by=by.user,
        action=f"measure.{what}",
        subject=measure,
        contract=by.contract.code,
        summary=f"{named(measure)} {summary}.",
        changes=dict(changes),
    )
