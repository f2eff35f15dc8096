"""What the plans ask for by a day, for the calendar: actions at the end of their month, evidence on its own day."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.urls import reverse

from calendars.due import DueItem
from core.values.months import Month
from core.values.numbers import count_words
from improvement.actions.notices import action_path
from improvement.actions.selectors import open_actions_of
from improvement.evidence.holding import holding
from improvement.plans.names import named
from improvement.rules.status import Status
from parties.participants import Participant


def plan_items(participant: Participant, today: date, until: date) -> list[DueItem]:
    """Open actions by month, those that the person answers for; all of them for who reads alone."""
    if not participant.may("plan.view"):
        return []
    return [*_actions(participant, until), *_evidence(participant, today, until)]


def _actions(participant: Participant, until: date) -> list[DueItem]:
    by_month = (
        open_actions_of(participant)
        .filter(target__lte=until)
        .select_related(None)
        .prefetch_related(None)
        .order_by("recommendation__priority__plan__code", "target")
        .values_list("recommendation__priority__plan__code", "recommendation__priority__plan__name", "target")
        .annotate(number=Count("pk"))
    )
    own = participant.may("action.update")
    code = participant.contract.code
    return [
        DueItem(
            key=f"plan-{plan}-{Month.of(target)}",
            day=Month.of(target).last_day,
            title=f"{count_words(number, 'action')} of the plan {'for you to finish' if own else 'due'}",
            note=name,
            url=reverse("improvement:own-actions", args=[code])
            if own
            else reverse("improvement:exceptions", args=[code, plan]),
        )
        for plan, name, target, number in by_month
        if target is not None and Month.of(target).last_day <= until
    ]


def _evidence(participant: Participant, today: date, until: date) -> list[DueItem]:
    """For each confirmed action the day on which the last of what it rests on is to be looked at again."""
    confirmed = open_actions_of(participant, done=True).filter(phase2=Status.COMPLETED)
    found = []
    for action in confirmed.prefetch_related("events", "evidence__indicator"):
        last = max(holding(action, today), key=lambda evidence: evidence.again_on, default=None)
        if last is not None and last.again_on <= until:
            found.append(
                DueItem(
                    key=f"evidence-{last.pk}",
                    day=last.again_on,
                    title="Evidence to be looked at again",
                    note=named(action),
                    url=action_path(action),
                )
            )
    return found
