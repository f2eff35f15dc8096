"""States how a recommendation stands, beside what its actions come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import clock
from core.values.words import day_words
from improvement.keeping.forms import StateForm
from improvement.keeping.presenter import KEEP, Addresses
from improvement.keeping.selectors import row_of
from improvement.keeping.sheets import Given, Typed, typed_in
from improvement.keeping.views import FORM
from improvement.models import Recommendation, Reference
from improvement.overview.recommendation import ASKS
from improvement.plans.selectors import plan_kept
from improvement.plans.stating import (
    Said,
    Stands,
    StatementConflict,
    StatementRefused,
    standing_of,
    state,
)
from improvement.rules.status import ComesTo, Status
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

STATE = "State it"


@dataclass(frozen=True)
class PhaseStands:
    """How a phase was stated last, of each reference that shares the row, and what its actions come to.

    ``comes_to`` is None where it has no action yet.
    """

    asks: str
    comes_to: ComesTo | None
    stated: Sequence[tuple[str, Status]]
    when: str


@contract_page("plan.keep", sends=STATE, asks=Asks(StateForm))
@require_http_methods(FORM)
def state_status(request: HttpRequest, participant: Participant, plan_code: str, row: str) -> HttpResponse:
    recommendation = row_of(plan_kept(participant, plan_code), row)
    references = sorted(recommendation.references.all(), key=lambda reference: reference.in_row)
    today = clock.today()
    form = _form(typed_in(request), references, standing_of(recommendation, today))
    if not form.is_bound or not form.is_valid():
        return _page(request, participant, recommendation, form)
    try:
        _state(participant, references, form.cleaned_data, today)
    except StatementRefused as refused:
        status = 200
        if isinstance(refused, StatementConflict):
            status = 409
            fresh = request.POST.copy()
            fresh["seen"] = standing_of(recommendation, today).mark
            form = _form(fresh, references, standing_of(recommendation, today))
        form.refuse(str(refused), f"phase{refused.phase}")
        return _page(request, participant, recommendation, form, status=status)
    messages.success(request, f"{row} is stated.")
    return HttpResponseRedirect(_back(request, participant, recommendation))


def _state(participant: Participant, references: Sequence[Reference], given: Given, today: date) -> None:
    chosen = [one for one in references if given.get("reference", "") in ("", one.code)]
    said = {
        phase: Said(Status(given[f"phase{phase}"]), given[f"words{phase}"])
        for phase in ASKS
        if given[f"phase{phase}"]
    }
    state(by=participant, references=chosen, said=said, day=today, seen=given["seen"])


def _form(typed: Typed, references: Sequence[Reference], stands: Stands) -> StateForm:
    """Neither phase is stated until somebody chooses where it stands: to state it anew is a word of its own."""
    initial = {"seen": stands.mark}
    choices = StateForm.choices_of(references)
    if len(references) > 1:
        return StateForm(typed, initial=initial, choices=choices)
    del choices["reference"]
    return StateForm(typed, initial=initial, choices=choices, leaves_out=["reference"])


def _page(
    request: HttpRequest,
    participant: Participant,
    recommendation: Recommendation,
    form: StateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    addresses = Addresses(participant.contract.code, recommendation.priority.plan.code)
    references: Mapping[int, str] = {one.pk: one.code for one in recommendation.references.all()}
    context = {
        "recommendation": recommendation,
        "plan": recommendation.priority.plan,
        "parents": [
            (recommendation.priority.plan.name, addresses.plain("overview")),
            (recommendation.code, addresses.plain("recommendation", recommendation.code)),
        ],
        "phases": _phases(standing_of(recommendation, clock.today()), references),
        "form": form,
        "conflict": status == 409,
        "came_from": (request.POST if request.method == "POST" else request.GET).get("from", ""),
        "can_be_stated": bool(references),
    }
    return render(request, "improvement/keeping/state.html", context, status=status)


def _phases(stands: Stands, references: Mapping[int, str]) -> list[PhaseStands]:
    found = []
    for phase, asks in ASKS.items():
        told = {code: stands.latest.get((key, phase)) for key, code in references.items()}
        days = sorted({one.day for one in told.values() if one})
        found.append(
            PhaseStands(
                asks=asks,
                comes_to=stands.comes_to[phase],
                stated=[(code, Status(one.status)) for code, one in told.items() if one],
                when=day_words(days[-1]) if days else "",
            )
        )
    return found


def _back(request: HttpRequest, participant: Participant, recommendation: Recommendation) -> str:
    addresses = Addresses(participant.contract.code, recommendation.priority.plan.code)
    if request.POST.get("from") == KEEP:
        return f"{addresses.plain('keep')}#row-{recommendation.code}"
    return addresses.plain("recommendation", recommendation.code)
