"""Loads the plans as printed, and lives one of them on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from django.db import transaction

from core.demonstration import BY, Loading
from core.values.months import Month
from improvement.demonstration.arcs import FIRST
from improvement.demonstration.script import DAY_OF_REVIEW, LIVED, MEASURED, PLANS, SEED
from improvement.demonstration.settling import settle
from improvement.demonstration.story import Cast, begun
from improvement.measures.services import Entered, Terms, add_value, set_terms
from improvement.models import Action, Measure, Owner, Plan
from improvement.models.event import Provenance
from improvement.plans.stating import state_as_computed
from parties.models import Contract, Organisation


@transaction.atomic
def load_plans(loading: Loading) -> None:
    """Plans, links to indicators and owners' organisations; then what became of the plan that is lived on."""
    # Here and not above: a web server reads no definition files.
    from improvement.plans.files import read_plan
    from improvement.plans.links import load_links
    from improvement.plans.loading import load_plan

    contract = Contract.objects.get(code=loading.contract_code)
    folder = loading.fixtures / "plans"
    found = {code: load_plan(by=BY, contract=contract, folder=read_plan(folder / code)) for code in PLANS}
    new = [plan for plan in found.values() if plan is not None]
    if not new:
        return
    load_links(by=BY, contract=contract, file=folder / "measure_links.yaml")
    police = Organisation.objects.filter(code="police", partnerships__contract=contract).first()
    Owner.objects.filter(plan__contract=contract, side=Owner.Side.POLICE).update(organisation=police)
    loading.say(f"{len(new)} plans with {sum(plan.actions for plan in new)} actions.")
    if found[LIVED] is not None:
        _live_on(loading, Plan.objects.get(contract=contract, code=LIVED))


def _live_on(loading: Loading, plan: Plan) -> None:
    """A review each month; then its statements."""
    cast = Cast.of(loading.contract_code)
    drawn = Random(SEED)  # noqa: S311 - a story, and the same one each time
    rows = Action.objects.filter(recommendation__priority__plan=plan).select_related("recommendation")
    actions = list(
        rows.prefetch_related("ownerships__owner").order_by(
            "recommendation__priority__number", "recommendation__position", "number"
        )
    )
    stories = begun(plan, actions, drawn)
    _measure(cast, plan, loading.today)
    for month in Month.range(FIRST, Month.of(loading.today)):
        day = min(date(month.year, month.month, DAY_OF_REVIEW), loading.today)
        for story in stories:
            story.live(cast, month, day, drawn)
        settle(cast, stories, month, day)
        written = {
            "provenance": Provenance.ILLUSTRATIVE,
            "taken_as": "Example review",
            "party": cast.trust.party,
        }
        state_as_computed(plan=plan, day=day, written=written)
    # Every page of the plan says of which months that is.
    if Month.of(loading.today) >= FIRST:
        plan.about |= {"illustrative": f"{FIRST.label} to {Month.of(loading.today).label}"}
        plan.save(update_fields=["about"])


def _measure(cast: Cast, plan: Plan, today: date) -> None:
    """Values of two measures of oversight, month by month since the first review."""
    for (number, baseline, aim), values in MEASURED.items():
        measure = Measure.objects.get(plan=plan, recommendation__code="OR1", number=number)
        set_terms(
            by=cast.trust,
            measure=measure,
            terms=Terms(f"Example: {baseline}", f"Example: {aim}", "%", "month"),
        )
        for month, value in zip(Month.range(FIRST, Month.of(today).previous()), values, strict=False):
            entered = Entered(month, Decimal(value), "Example: monthly report of the Operations Directorate")
            add_value(
                by=cast.trust,
                measure=measure,
                entered=entered,
                today=today,
                provenance=Provenance.ILLUSTRATIVE,
            )
