"""An action's page, the steps that are taken there, and the list of what is one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from improvement.actions.forms import (
    AGREED_BY,
    SUPERSEDES,
    CriteriaForm,
    EndForm,
    EvidenceForm,
    StepForm,
    UpdateForm,
    WordsForm,
    typed_over,
)
from improvement.actions.own import OwnPage, anchor_of, own_page, with_saved, with_sent
from improvement.actions.presenter import STEPS, action_page, step_url, steps_open
from improvement.actions.refusals import ActionConflict, StepRefused
from improvement.actions.selectors import action_named, others_of, own_with_what_came_back, waiting_for_answer
from improvement.actions.taking import DONE, take
from improvement.actions.turns import Turn
from improvement.evidence.holding import showing
from improvement.fields import FormBox
from improvement.models import Action
from improvement.plans.names import named
from improvement.plans.selectors import plans_of
from improvement.rules.steps import BY_EITHER, SETTLING, WRITING, Step
from improvement.story.telling import Told, told_since
from kpis.definitions.selectors import all_definitions
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

# What the words of a step answer, and what is said where they are missing.
ASKED = {
    Step.CONFIRM: ("What convinces you?", "Say what convinces you"),
    Step.SEND_BACK: ("What is missing?", "Say what is missing"),
    Step.AGREE_END: ("Why may it end?", "Say why it may end"),
    Step.DECLINE_END: ("Why should it go on?", "Say why it should go on"),
    Step.ASK: ("What is different now?", "Say what is different now"),
    Step.ASK_ANEW: ("What no longer holds?", "Say what no longer holds"),
    Step.PROPOSE_END: ("Why does it end without being done?", "Say why it ends without being done"),
    Step.AGREE_CRITERIA: (
        "What will show that it made a difference?",
        "Say what will show that it made a difference",
    ),
    Step.COMMENT: ("Your comment or question", "Write your comment or question"),
}
PERMISSIONS = {
    **dict.fromkeys(WRITING, "action.update"),
    **dict.fromkeys(SETTLING, "action.confirm"),
    **dict.fromkeys(BY_EITHER | {Step.COMMENT}, "action.comment"),
}
FORMS: dict[Step, type[forms.BaseForm]] = {Step.UPDATE: UpdateForm, Step.ADD_EVIDENCE: EvidenceForm}
LABELS: dict[Step, tuple[tuple[str, str], ...]] = {
    step: (("words", ASKED[step][0]),) if step in ASKED else () for step in Step
}
LABELS[Step.PROPOSE_END] += (("superseded_by", SUPERSEDES),)
LABELS[Step.AGREE_CRITERIA] += (("agreed_by", AGREED_BY),)


@contract_page("plan.view")
@require_safe
def action(
    request: HttpRequest, participant: Participant, plan_code: str, row: str, number: int
) -> HttpResponse:
    """One action as its story, with what the person can do next."""
    found = action_named(participant, plan_code, row, number)
    return _answer(request, participant, found)


def step_view(step: Step) -> Callable[..., HttpResponseBase]:
    """The view to which a step's form is sent, for those whose role takes such steps at all."""

    @contract_page(PERMISSIONS[step], sends=STEPS[step][1], asks=Asks(FORMS.get(step), labels=LABELS[step]))
    @require_POST
    def view(
        request: HttpRequest, participant: Participant, plan_code: str, row: str, number: int
    ) -> HttpResponse:
        return _take(request, participant, action_named(participant, plan_code, row, number), step)

    return view


def _take(request: HttpRequest, participant: Participant, found: Action, step: Step) -> HttpResponse:
    """Takes one step; refused, it shows the page as it is now with what was typed."""
    form = _form(participant, found, step, request.POST)
    if not form.is_valid():
        return _answer_again(request, participant, found, step, form)
    row = found.recommendation
    try:
        take(Turn(participant, found, form.cleaned_data["version"], clock.today()), step, form.cleaned_data)
    except StepRefused as refused:
        for field, words in refused.faults:
            form.add_error(field, words)
        fresh = action_named(participant, row.priority.plan.code, row.code, found.number)
        came = None
        if isinstance(refused, ActionConflict):  # the page shows what came; what was typed can be sent again
            came = told_since(list(fresh.events.all()), form.cleaned_data["version"])
            form.data = typed_over(form, fresh, request.POST)
        return _answer_again(request, participant, fresh, step, form, came=came)
    messages.success(request, f"{named(found)}: {DONE[step]}", extra_tags=anchor_of(found))
    return HttpResponseRedirect(_back(request, participant, found))


@contract_page("action.update")
@require_safe
def own_actions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What the person answers for, what is due first; and what waits for their answer. Eight queries of its own."""
    if not plans_of(participant):
        return render(request, "improvement/overview/no_plan.html")
    page, told = _own_page(participant), list(messages.get_messages(request))
    context = {
        "page": with_saved(page, {one.extra_tags for one in told}),
        # What is said at a row isn't said at the top too.
        "messages": [one for one in told if one.extra_tags not in page.anchors],
    }
    return render(request, "improvement/actions/own.html", context)


def _own_page(participant: Participant) -> OwnPage:
    own, waiting = list(own_with_what_came_back(participant)), list(waiting_for_answer(participant))
    return own_page(participant, own, waiting, clock.today())


def _answer_again(
    request: HttpRequest,
    participant: Participant,
    found: Action,
    step: Step,
    form: forms.Form,
    *,
    came: Sequence[Told] | None = None,
) -> HttpResponse:
    """What was refused, where it was typed: in the list, as far as the action can be updated there still."""
    if step == Step.UPDATE and request.POST.get("from") == "own":
        anchor = anchor_of(found)
        page = with_sent(_own_page(participant), anchor, form)
        if page.shows_sent:
            request.stands_at = "improvement:own-actions"  # type: ignore[attr-defined]
            context = {"page": page, "form": form, "conflict": came is not None, "came": came}
            return render(
                request, "improvement/actions/own.html", context, status=200 if came is None else 409
            )
    return _answer(request, participant, found, step, form, came=came)


def _answer(
    request: HttpRequest,
    participant: Participant,
    found: Action,
    step: Step | None = None,
    form: forms.Form | None = None,
    *,
    came: Sequence[Told] | None = None,
) -> HttpResponse:
    """The page with the forms of the steps that are open.

    ``form`` is the one that was sent, with its errors; ``came`` is what happened since, None: no conflict.
    """
    today = clock.today()
    counting = showing(found, today)
    boxes = [
        FormBox(
            one.value,
            *STEPS[one],
            step_url(participant, found, one),
            form if form is not None and one == step else _form(participant, found, one),
            open=one == step,
        )
        for one in steps_open(participant, found, counting)
    ]
    sent = None if step is None or any(box.name == step for box in boxes) else form
    page = action_page(participant, found, boxes, counting, today)
    context = {"page": page, "form": form, "sent": sent, "conflict": came is not None, "came": came}
    return render(request, "improvement/actions/action.html", context, status=200 if came is None else 409)


def _form(participant: Participant, found: Action, step: Step, typed: Any = None) -> StepForm:
    """The form of a step: bound where something was typed."""
    in_list = typed is not None and typed.get("from") == "own"
    make: dict[Step, Callable[[], StepForm]] = {
        Step.UPDATE: lambda: UpdateForm(
            typed, action=found, auto_id=f"{anchor_of(found) if in_list else 'update'}-%s"
        ),
        Step.ADD_EVIDENCE: lambda: EvidenceForm(
            typed, action=found, auto_id="evidence-%s", indicators=_indicators(participant)
        ),
        Step.PROPOSE_END: lambda: EndForm(
            typed, action=found, auto_id="end-%s", asks=ASKED[step], others=others_of(participant, found)
        ),
        Step.AGREE_CRITERIA: lambda: CriteriaForm(
            typed, action=found, auto_id="criteria-%s", asks=ASKED[step]
        ),
    }
    if step in make:
        return make[step]()
    return WordsForm(typed, action=found, auto_id=f"{step.value.replace('_', '-')}-%s", asks=ASKED[step])


def _indicators(participant: Participant) -> list[tuple[str, str]] | None:
    """None for who may not see their figures."""
    if not participant.may("indicator.view"):
        return None
    return [(one.code, f"{one.code} {one.short_name}") for one in all_definitions(participant)]


def _back(request: HttpRequest, participant: Participant, found: Action) -> str:
    """Back to the list that the person came from, or to the action."""
    row = found.recommendation
    if request.POST.get("from") == "own":
        return f"{reverse('improvement:own-actions', args=[participant.contract.code])}#{anchor_of(found)}"
    return reverse(
        "improvement:action", args=[participant.contract.code, row.priority.plan.code, row.code, found.number]
    )
