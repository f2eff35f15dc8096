"""Planned savings, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from budgets.books.keeping import answers, keeps
from budgets.books.places import above
from budgets.books.selectors import books_of
from budgets.models import SavingsPlan
from budgets.savings.forms import ReadingForm, SavingForm
from budgets.savings.presenter import planned_savings
from budgets.savings.saying import (
    SavingsConflict,
    SavingsRefused,
    say_reading,
    say_saving,
)
from budgets.savings.selectors import plan_keyed, plans_of, saving_keyed
from core import clock
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

UNKNOWN = "Nothing was kept: this isn’t planned in any book. Look at the plan below, and say it there."


@contract_page("money.view")
@require_safe
def savings(request: HttpRequest, participant: Participant) -> HttpResponse:
    return _page(request, participant)


@contract_page("money.enter", sends="Save what is said", asks=Asks(SavingForm))
@require_POST
def say(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What was delivered of a year's saving and what is at risk."""
    saving = saving_keyed(participant, request.POST.get("saving", ""))
    if saving is None:
        return _page(request, participant, refused=UNKNOWN)
    form = SavingForm(request.POST, saving=saving)

    def take() -> bool:
        return say_saving(by=participant, saving=saving, said=form.said(), today=clock.today())

    return _take(request, participant, form, take)


@contract_page("money.answer", sends="Save how it is read", asks=Asks(ReadingForm))
@require_POST
def read(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Whether a year's amount counts those before it."""
    plan = plan_keyed(participant, request.POST.get("plan", ""))
    if plan is None:
        return _page(request, participant, refused=UNKNOWN)
    form = ReadingForm(request.POST, plan=plan)

    def take() -> bool:
        given = form.cleaned_data
        return say_reading(
            by=participant,
            plan=plan,
            reading=given["reading"],
            words=given["words"],
            seen=given["version"],
            today=clock.today(),
        )

    return _take(request, participant, form, take)


def _take(
    request: HttpRequest, participant: Participant, form: SavingForm | ReadingForm, take: Callable[[], bool]
) -> HttpResponse:
    """Keeps what was sent; refused, the page is shown again with it."""
    if not form.is_valid():
        return _page(request, participant, form)
    try:
        is_new = take()
    except SavingsRefused as refused:
        conflict = isinstance(refused, SavingsConflict)
        return _page(request, participant, form, refused=str(refused), conflict=conflict)
    messages.success(request, "Kept." if is_new else "That was said already.")
    return HttpResponseRedirect(reverse("budgets:savings", args=[participant.contract.code]))


def _page(
    request: HttpRequest,
    participant: Participant,
    sent: SavingForm | ReadingForm | None = None,
    *,
    refused: str = "",
    conflict: bool = False,
) -> HttpResponse:
    """The page as it is now. What was sent stands in its form again, where that is the person's to fill in."""
    plans = plans_of(books_of(participant))
    forms = _forms(participant, plans)
    if sent is not None and (fresh := forms.get(sent.about)):
        if conflict:
            _begin_anew(sent, fresh)
        forms[sent.about] = sent
    context = {
        "plans": [planned_savings(plan, forms) for plan in plans],
        "form": sent,
        "refused": refused,
        "parents": above(participant),
    }
    return render(request, "budgets/savings.html", context, status=409 if conflict else 200)


def _forms(participant: Participant, plans: list[SavingsPlan]) -> dict[tuple[str, int], Form]:
    """The forms that are the person's to fill in."""
    forms: dict[tuple[str, int], Form] = {}
    for plan in plans:
        if keeps(participant, plan.book):
            made = [SavingForm(saving=one) for one in plan.savings.all()]
            forms |= {form.about: form for form in made}
        if answers(participant, plan.book):
            forms["plan", plan.pk] = ReadingForm(plan=plan)
    return forms


def _begin_anew(sent: Form, fresh: Form) -> None:
    """What was typed, begun from what stands now: whoever has seen it may send theirs."""
    typed = QueryDict(mutable=True)
    typed.update(sent.data)
    typed["version"] = str(fresh.initial["version"])
    sent.data = typed
