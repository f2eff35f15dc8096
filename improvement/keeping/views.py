"""A plan is made, and kept: its page, and a form for each thing that it holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.values.words import listed
from improvement.keeping import services
from improvement.keeping.choices import People, block_choices, chosen_owners, owner_choices
from improvement.keeping.forms import (
    ActionForm,
    KeepingForm,
    MeasureForm,
    OwnerForm,
    PlanForm,
    PriorityForm,
    RecommendationForm,
)
from improvement.keeping.presenter import Addresses, keep_page
from improvement.keeping.selectors import members_of, priority_of, row_of, whole_plan
from improvement.keeping.services.writing import next_number
from improvement.keeping.sheets import Given, Sheet, Typed, answer
from improvement.models import Plan
from improvement.plans.names import named
from improvement.plans.selectors import plan_kept
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

SAVE = "Save"
FORM = ["GET", "HEAD", "POST"]


@contract_page("plan.keep")
@require_safe
def keep(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """All that a plan holds, with the way to each form."""
    plan = plan_kept(participant, plan_code)
    owners = list(plan.owners.select_related("organisation", "person"))
    page = keep_page(participant, plan, whole_plan(plan), owners)
    return render(request, "improvement/keeping/keep.html", {"page": page})


@contract_page("plan.keep", sends=SAVE, asks=Asks(PlanForm))
@require_http_methods(FORM)
def new_plan(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A new plan, which the person's party keeps; then its page, where it is filled."""
    code = participant.contract.code
    made: list[Plan] = []

    def save(given: Given) -> str:
        words = services.PlanWords(
            kind=given["kind"],
            name=given["name"],
            first=given["starts_on"],
            last=given["ends_on"],
            **{name: given[name] for name in ("code", "cadence_unit", "owner", "document", "place")},
            cadence_every=given["cadence_every"],
        )
        made.append(services.make_plan(by=participant, words=words))
        return f"The {made[0].name} is begun. Now its owners, priorities and recommendations."

    sheet = Sheet(
        heading="New plan",
        parents=[("Improvement plan", reverse("improvement:plan", args=[code]))],
        back="",
        note="An improvement plan of your own, or the recommendations of somebody else, such as an audit.",
    )
    found = answer(request, sheet, PlanForm, save)
    if made:
        found["Location"] = reverse("improvement:keep", args=[code, made[0].code])
    return found


@contract_page("plan.keep", sends=SAVE, asks=Asks(PriorityForm))
@require_http_methods(FORM)
def add_priority(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    number = next_number(plan.priorities.values_list("number", flat=True))

    def save(given: Given) -> str:
        words = services.PriorityWords(**without_mark(given))
        return f"{services.add_priority(by=participant, plan=plan, words=words)} was added."

    sheet = adding(participant, plan, "Add a priority", f"priority-{number}")
    return answer(request, sheet, lambda typed: PriorityForm(typed, initial={"number": number}), save)


@contract_page("plan.keep", sends=SAVE, asks=Asks(RecommendationForm))
@require_http_methods(FORM)
def add_recommendation(
    request: HttpRequest, participant: Participant, plan_code: str, number: int
) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    priority = priority_of(plan, number)
    blocks = list(priority.blocks.all())

    def make(typed: Typed) -> KeepingForm:
        if len(blocks) < 2:
            return RecommendationForm(typed, leaves_out=["block"])
        return RecommendationForm(typed, choices={"block": block_choices(blocks)})

    def save(given: Given) -> str:
        chosen = given.pop("block", "")
        block = next((one for one in blocks if one.name == chosen), None)
        words = services.RecommendationWords(**without_mark(given))
        row = services.add_recommendation(by=participant, priority=priority, words=words, block=block)
        return f"{named(row)} was added."

    sheet = adding(participant, plan, "Add a recommendation", f"priority-{number}", note=str(priority))
    return answer(request, sheet, make, save)


@contract_page("plan.keep", sends=SAVE, asks=Asks(ActionForm))
@require_http_methods(FORM)
def add_action(request: HttpRequest, participant: Participant, plan_code: str, row: str) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    found = row_of(plan, row)
    number = next_number(found.actions.values_list("number", flat=True))
    owners = list(plan.owners.all())

    def make(typed: Typed) -> KeepingForm:
        return ActionForm(typed, initial={"number": number}, choices={"owners": owner_choices(owners)})

    def save(given: Given) -> str:
        chosen = chosen_owners(owners, given["owners"])
        words = services.ActionWords(**without_mark(given) | {"owners": chosen})
        action = services.add_action(by=participant, recommendation=found, words=words)
        whose = listed([owner.role for owner in chosen]) or "nobody yet"
        return f"{named(action)} was added. It belongs to {whose}."

    sheet = adding(participant, plan, f"Add an action to {row}", f"row-{row}", note=found.title)
    return answer(request, sheet, make, save)


@contract_page("plan.keep", sends=SAVE, asks=Asks(MeasureForm))
@require_http_methods(FORM)
def add_measure(request: HttpRequest, participant: Participant, plan_code: str, row: str) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    found = row_of(plan, row)
    number = next_number(found.measures.values_list("number", flat=True))

    def save(given: Given) -> str:
        words = services.MeasureWords(**without_mark(given))
        return f"{named(services.add_measure(by=participant, recommendation=found, words=words))} was added."

    sheet = adding(participant, plan, f"Add an impact measure to {row}", f"row-{row}", note=found.title)
    return answer(request, sheet, lambda typed: MeasureForm(typed, initial={"number": number}), save)


@contract_page("plan.keep", sends=SAVE, asks=Asks(OwnerForm))
@require_http_methods(FORM)
def add_owner(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plan = plan_kept(participant, plan_code)
    people = People(*members_of(participant.contract))

    def save(given: Given) -> str:
        words = services.OwnerWords(**people.chosen(without_mark(given)))
        return f"{services.add_owner(by=participant, plan=plan, words=words)} was added."

    sheet = adding(participant, plan, "Add an owner", "owners")
    return answer(request, sheet, lambda typed: OwnerForm(typed, choices=people.choices), save)


def adding(participant: Participant, plan: Plan, heading: str, anchor: str, note: str = "") -> Sheet:
    """What stands around a form that adds something: it leads back to where that stands, or to another one."""
    addresses = Addresses(participant.contract.code, plan.code)
    keep_url = addresses.plain("keep")
    parents = [(plan.name, addresses.plain("overview")), ("Keep this plan", keep_url)]
    return Sheet(heading, parents, f"{keep_url}#{anchor}", again=True, note=note)


def without_mark(given: Given) -> Given:
    return {name: value for name, value in given.items() if name != "seen"}
