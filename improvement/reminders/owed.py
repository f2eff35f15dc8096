"""What of the plans deserves a word today: what is due this month or late, not reviewed in time, or to be shown again.

Whoever answers for several actions is told of them in one notice, anew each month in which that is still true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from improvement.actions.notices import action_path, writing_organisations
from improvement.evidence.holding import holding
from improvement.models import Action, Plan
from improvement.models.event import OWN_WORDS
from improvement.plans.names import named
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from notices.kinds import DUE, OVERDUE, Owed
from parties.models import Contract

UPDATE = "action.update"
# Evidence that is to be looked at again is told so many days before (chosen).
BEFORE_AGAIN = timedelta(days=30)


@dataclass
class _Open:
    """What one organisation answers for in one plan, and is open."""

    due: int = 0
    late: list[Month] = field(default_factory=list)
    unsaid: int = 0


def plans_owed(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """All that deserves a word. Eight queries, however many contracts, plans and actions there are."""
    plans = {
        plan.pk: plan
        for plan in Plan.objects.filter(contract__in=contracts).select_related("contract")
        if plan.runs_on(today)
    }
    found = [
        owed
        for (plan, organisation), what in _open_actions(plans, today).items()
        for owed in _owed(plans[plan], organisation, what, today)
    ]
    return [*found, *_evidence_owed(plans, today)]


def _open_actions(plans: dict[int, Plan], today: date) -> dict[tuple[int, int], _Open]:
    """By plan and organisation."""
    actions = (
        Action.objects.filter(recommendation__priority__plan__in=plans, outcome=Outcome.OPEN, waits="")
        .exclude(phase1=Status.COMPLETED)
        .select_related("recommendation__priority")
        .prefetch_related("ownerships__owner")
        .annotate(last_word=Max("events__day", filter=Q(events__kind__in=OWN_WORDS)))
        .order_by("pk")
    )
    found: dict[tuple[int, int], _Open] = defaultdict(_Open)
    for action in actions:
        plan = plans[action.recommendation.priority.plan_id]
        since, month = plan.last_review_before(today), action.target_month
        owners = [ownership.owner for ownership in action.ownerships.all()]
        for organisation in writing_organisations(plan, owners):
            what = found[plan.pk, organisation]
            what.due += month == Month.of(today)
            if month is not None and past_target(month, today):
                what.late.append(month)
            what.unsaid += since is not None and (action.last_word is None or action.last_word < since)
    return found


def _owed(plan: Plan, organisation: int, what: _Open, today: date) -> Iterator[Owed]:
    month = Month.of(today)
    if what.due:
        actions = count_words(what.due, "action of yours is", "actions of yours are")
        yield _of_plan(plan, organisation, DUE, f"due {month}", f"{actions} due in {month.label}")
    if what.late:
        actions = count_words(len(what.late), "action of yours is", "actions of yours are")
        since = f", the oldest since the end of {min(what.late).label}"
        yield _of_plan(plan, organisation, OVERDUE, f"late {month}", f"{actions} overdue{since}")
    if what.unsaid:
        actions = count_words(what.unsaid, "action of yours", "actions of yours")
        unit, every = plan.get_cadence_unit_display(), plan.cadence_every or 0
        often = f"each {unit}" if every == 1 else f"every {count_words(every, unit)}"
        words = f"nothing was said of {actions} since the last review; a word is due {often}"
        yield _of_plan(plan, organisation, OVERDUE, f"unsaid {month}", words)


def _of_plan(plan: Plan, organisation: int, kind: str, key: str, words: str) -> Owed:
    contract = plan.contract
    return Owed(
        contract,
        UPDATE,
        kind,
        key=f"plan {plan.pk} {key} {organisation}",
        words=f"{plan.name}: {words}.",
        path=reverse("improvement:own-actions", args=[contract.code]),
        organisations=frozenset({organisation}),
    )


def _evidence_owed(plans: dict[int, Plan], today: date) -> Iterator[Owed]:
    """Of what is confirmed, what rests on evidence all of which is to be looked at again soon."""
    confirmed = (
        Action.objects.filter(
            recommendation__priority__plan__in=plans, phase2=Status.COMPLETED, outcome=Outcome.OPEN
        )
        .select_related("recommendation__priority__plan__contract")
        .prefetch_related("ownerships__owner", "events", "evidence__indicator")
        .order_by("pk")
    )
    for action in confirmed:
        last = max(holding(action, today), key=lambda evidence: evidence.again_on, default=None)
        if last is None or last.again_on > today + BEFORE_AGAIN:
            continue
        plan = action.recommendation.priority.plan
        owners = [ownership.owner for ownership in action.ownerships.all()]
        yield Owed(
            plan.contract,
            UPDATE,
            DUE,
            key=f"evidence {last.pk}",
            words=f"{named(action)}: its evidence is to be looked at again by {day_words(last.again_on)}.",
            path=action_path(action),
            organisations=writing_organisations(plan, owners),
        )
