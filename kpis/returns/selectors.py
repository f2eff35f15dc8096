"""What the Trust needs beside it to return a month: definitions, the months before, and where each figure stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext, band_of, judged
from kpis.engine.months_before import HISTORY, MonthsBefore
from kpis.engine.readings import Reading
from kpis.figures.models import Figure, Omission
from kpis.returns.models import Draft, Ownership
from kpis.terms import contract_terms, months_over
from parties.models import Contract
from parties.participants import Participant


def months_to_return(contract: Contract, today: date) -> list[Month]:
    """Every month of which figures are taken today, oldest first: over, and within what the contract reports."""
    return Month.range(*months_over(contract, today))


def validation_contexts(
    participant: Participant, month: Month, indicators: Iterable[Indicator]
) -> dict[str, ValidationContext]:
    """For the code of each indicator, fetched with its bands, what is known before its figure is there. One query.

    All from the latest revisions, the verdict on the month before included: the read model may be a moment behind.
    """
    known = MonthsBefore.of(Figure.objects.visible_to(participant), month.previous(HISTORY), month.previous())
    due = contract_terms(participant.contract).days(month).figures_due
    contexts = [
        ValidationContext(
            indicator=indicator,
            band=band_of(indicator, month.first_day),
            due_on=due,
            before=known.before(indicator.pk, month),
            earlier=known.earlier(indicator.pk, month),
            last=None,
        )
        for indicator in indicators
    ]
    readings = _readings_before(month.previous(), contexts)
    return {
        context.indicator.code: replace(context, last=readings.get(context.indicator.code))
        for context in contexts
    }


def _readings_before(before: Month, contexts: Sequence[ValidationContext]) -> dict[str, Reading]:
    """What the figures of the month before come to, by the bands of that month."""
    figures = [
        (replace(context, band=band_of(context.indicator, before.first_day), before=None), context.before)
        for context in contexts
        if context.before is not None
    ]
    return {reading.code: reading for reading in judged(before, figures)}


@dataclass(frozen=True)
class ReturnStates:
    """Where every figure of a contract stands, by month and indicator: a figure's state, "omitted", or "drafted" alone.

    What isn't there is missing. ``corrected`` are the codes of which there is a draft beside a figure or a statement.
    """

    indicators: list[Indicator]
    states: dict[Month, dict[str, str]]
    corrected: dict[Month, set[str]]

    def expected(self, month: Month) -> list[Indicator]:
        """The contract indicators that a band judges in that month."""
        return [indicator for indicator in self.indicators if band_of(indicator, month.first_day)]


def return_states(participant: Participant) -> ReturnStates:
    """Five queries."""
    indicators = Indicator.objects.visible_to(participant).filter(kind=Indicator.Kind.CONTRACT)
    states: dict[Month, dict[str, str]] = defaultdict(dict)
    omitted = Omission.objects.visible_to(participant).values_list("month", "indicator__code")
    figures = Figure.objects.visible_to(participant).values_list("month", "indicator__code", "state")
    drafts = Draft.objects.visible_to(participant).values_list("month", "indicator__code")
    for month, code in omitted:
        states[Month.of(month)][code] = "omitted"
    for month, code, state in figures:
        states[Month.of(month)][code] = state
    corrected: dict[Month, set[str]] = defaultdict(set)
    for month, code in drafts:
        if states[Month.of(month)].setdefault(code, "drafted") != "drafted":
            corrected[Month.of(month)].add(code)
    in_order = indicators.prefetch_related("bands").order_by("position")
    return ReturnStates(list(in_order), dict(states), dict(corrected))


def owned_codes(participant: Participant) -> set[str]:
    """The indicators that the person looks after. One query."""
    owned = Ownership.objects.filter(user=participant.user, indicator__contract=participant.contract)
    return set(owned.values_list("indicator__code", flat=True))
