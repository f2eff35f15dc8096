"""The forms that change what a plan says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from improvement.keeping import services
from improvement.keeping.choices import People, chosen_owners, owner_choices
from improvement.keeping.forms import (
    ActionForm,
    KeepingForm,
    MeasureForm,
    OwnerForm,
    PlanForm,
    PriorityForm,
    RecommendationForm,
    typed,
)
from improvement.keeping.presenter import KEEP, Addresses
from improvement.keeping.selectors import (
    action_of,
    measure_of,
    members_of,
    owner_of,
    priority_of,
    row_of,
)
from improvement.keeping.services.changing import Kept, mark_of, shown
from improvement.keeping.services.writing import plan_of
from improvement.keeping.sheets import Given, Sheet, Typed, answer
from improvement.keeping.views import FORM, SAVE, without_mark
from improvement.plans.names import named
from improvement.plans.selectors import plan_kept
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks


def _as_given(given: Given) -> Given:
    return given


@dataclass(frozen=True)
class Edit:
    """A row and the form that changes it. ``there`` and ``anchor`` are where it stands: its own page, the keeping page.

    ``reads`` gives what was typed as the service takes it.
    """

    row: Kept
    form: type[KeepingForm]
    there: str
    anchor: str
    leaves_out: Sequence[str] = ()
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    reads: Callable[[Given], Given] = _as_given


def _edit(request: HttpRequest, participant: Participant, edit: Edit) -> HttpResponse:
    stands = {name: typed(name, value) for name, value in shown(edit.row).items()}
    initial = stands | {"seen": mark_of(edit.row)}

    def make(sent: Typed) -> KeepingForm:
        return edit.form(sent, initial=initial, leaves_out=edit.leaves_out, choices=edit.choices)

    def save(given: Given) -> str:
        changed = services.change(
            by=participant, row=edit.row, given=edit.reads(without_mark(given)), seen=given["seen"]
        )
        return f"{named(edit.row)} is saved." if changed else f"{named(edit.row)} reads so already."

    return answer(request, _sheet(request, participant, edit), make, save, edit.row)


def _sheet(request: HttpRequest, participant: Participant, edit: Edit) -> Sheet:
    plan = plan_of(edit.row)
    addresses = Addresses(participant.contract.code, plan.code)
    keep_url = addresses.plain("keep")
    came_from = (request.POST if request.method == "POST" else request.GET).get("from", "")
    from_keep = came_from == KEEP or not edit.there
    return Sheet(
        heading=f"Edit {_lower(named(edit.row))}",
        parents=[(plan.name, addresses.plain("overview")), ("Keep this plan", keep_url)],
        back=f"{keep_url}#{edit.anchor}" if from_keep else edit.there,
        came_from=KEEP if from_keep else "",
    )


def _lower(name: str) -> str:
    """ "Action 3 of OR1" within a sentence; the names of plans and roles stay as they are."""
    first = name.partition(" ")[0]
    return (
        name[0].lower() + name[1:] if first in ("Action", "Measure", "Priority", "Recommendation") else name
    )


@contract_page("plan.keep", sends=SAVE, asks=Asks(PlanForm))
@require_http_methods(FORM)
def edit_plan(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plan = plan_kept(participant, plan_code)

    def reads(given: Given) -> Given:
        months = {name: given[name].first_day for name in ("starts_on", "ends_on")}
        return given | months

    edit = Edit(plan, PlanForm, "", "plan", leaves_out=["kind", "code"], reads=reads)
    return _edit(request, participant, edit)


@contract_page("plan.keep", sends=SAVE, asks=Asks(PriorityForm))
@require_http_methods(FORM)
def edit_priority(
    request: HttpRequest, participant: Participant, plan_code: str, number: int
) -> HttpResponse:
    row = priority_of(plan_kept(participant, plan_code), number)
    edit = Edit(row, PriorityForm, "", f"priority-{number}", leaves_out=["number"])
    return _edit(request, participant, edit)


@contract_page("plan.keep", sends=SAVE, asks=Asks(RecommendationForm))
@require_http_methods(FORM)
def edit_recommendation(
    request: HttpRequest, participant: Participant, plan_code: str, row: str
) -> HttpResponse:
    found = row_of(plan_kept(participant, plan_code), row)
    there = Addresses(participant.contract.code, plan_code).plain("recommendation", row)
    edit = Edit(found, RecommendationForm, there, f"row-{row}", leaves_out=["references", "block"])
    return _edit(request, participant, edit)


@contract_page("plan.keep", sends=SAVE, asks=Asks(ActionForm))
@require_http_methods(FORM)
def edit_action(
    request: HttpRequest, participant: Participant, plan_code: str, row: str, number: int
) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    found = action_of(plan, row, number)
    owners = list(plan.owners.all())

    def reads(given: Given) -> Given:
        before = [held.owner for held in found.ownerships.select_related("owner")]
        return given | {"owners": chosen_owners(owners, given["owners"], before)}

    edit = Edit(
        found,
        ActionForm,
        Addresses(participant.contract.code, plan_code).plain("action", row, number),
        f"row-{row}",
        leaves_out=["number", "target", "target_words"],
        choices={"owners": owner_choices(owners)},
        reads=reads,
    )
    return _edit(request, participant, edit)


@contract_page("plan.keep", sends=SAVE, asks=Asks(MeasureForm))
@require_http_methods(FORM)
def edit_measure(
    request: HttpRequest, participant: Participant, plan_code: str, row: str, number: int
) -> HttpResponse:
    found = measure_of(plan_kept(participant, plan_code), row, number)
    return _edit(request, participant, Edit(found, MeasureForm, "", f"row-{row}", leaves_out=["number"]))


@contract_page("plan.keep", sends=SAVE, asks=Asks(OwnerForm))
@require_http_methods(FORM)
def edit_owner(request: HttpRequest, participant: Participant, plan_code: str, owner: int) -> HttpResponse:
    found = owner_of(plan_kept(participant, plan_code), owner)
    people = People(*members_of(participant.contract), found)
    edit = Edit(found, OwnerForm, "", "owners", choices=people.choices, reads=people.chosen)
    return _edit(request, participant, edit)
