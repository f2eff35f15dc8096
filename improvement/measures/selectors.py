"""The impact measures of a plan, with what was entered for them and the indicators that show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404

from core.values.months import Month
from improvement.models import Evidence, Measure, MeasureLink, MeasureValue, Plan
from kpis.engine.readings import Reading
from kpis.engine.selectors import latest_readings
from parties.participants import Participant


def measures_of(participant: Participant, plan: Plan) -> list[Measure]:
    """Every measure: those of the plan as a whole, then by priority and row. Three queries, whatever their number."""
    return list(
        _with_all(Measure.objects.visible_to(participant).filter(plan=plan)).order_by(
            F("recommendation__priority__number").asc(nulls_first=True), "recommendation__position", "number"
        )
    )


def measure_named(participant: Participant, plan_code: str, row: str, number: int) -> Measure:
    """One measure of a row, or of the plan as a whole where ``row`` is empty. Http404 where there is none.

    Three queries.
    """
    of_its_row = {"recommendation__code": row} if row else {"recommendation__isnull": True}
    measures = Measure.objects.visible_to(participant).filter(
        plan__code=plan_code, number=number, **of_its_row
    )
    found = _with_all(measures).first()
    if found is None:
        raise Http404("The plan has no such measure.")
    return found


def _with_all(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    return measures.select_related("plan__contract", "recommendation__priority").prefetch_related(
        Prefetch("links", MeasureLink.objects.select_related("indicator").order_by("indicator__position")),
        "values",
    )


def current_values(measure: Measure) -> dict[Month, MeasureValue]:
    """What holds of each month, in the order of the months: the value that was entered last. No query of its own."""
    entered = sorted(measure.values.all(), key=lambda value: (value.month, value.pk))
    return {Month.of(value.month): value for value in entered}


def figures_of(participant: Participant, measures: Iterable[Measure]) -> dict[str, Reading]:
    """The latest figure of each indicator to which the measures are linked, by its code. One query.

    Empty for a role that reads no figures.
    """
    codes = {link.indicator.code for measure in measures for link in measure.links.all()}
    return latest_readings(participant, codes) if codes else {}


def evidence_for(participant: Participant, measure: Measure) -> list[Evidence]:
    """What was shown of the actions of the measure's recommendation, in their order. One query."""
    if measure.recommendation is None:
        return []
    return list(
        Evidence.objects.filter(
            action__recommendation=measure.recommendation,
            action__recommendation__priority__plan__contract=participant.contract,
        )
        .select_related("action")
        .order_by("action__number", "seen_on", "pk")
    )
