"""A page with one form of a plan: shown, sent, refused in words, and what two people change at once compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from improvement.keeping.forms import KeepingForm, typed
from improvement.keeping.refusals import PlanConflict, PlanRefused
from improvement.keeping.services.changing import Kept, mark_of, shown

Typed = QueryDict | None
Given = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What stands around a form. ``back`` is where a saved one leads; ``again``: another can be added right away."""

    heading: str
    parents: Sequence[tuple[str, str]]
    back: str
    again: bool = False
    note: str = ""
    came_from: str = ""


def typed_in(request: HttpRequest) -> Typed:
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest,
    sheet: Sheet,
    make: Callable[[Typed], KeepingForm],
    save: Callable[[Given], str],
    row: Kept | None = None,
) -> HttpResponse:
    """The page, or the way on once what was sent is saved; ``save`` says what it did.

    Where ``row`` was changed by somebody else, the page shows both (409), and the form may be sent again.
    """
    form = make(typed_in(request))
    if not form.is_bound or not form.is_valid():
        return _page(request, sheet, form)
    try:
        said = save(form.cleaned_data)
    except PlanConflict as conflict:
        return _compare(request, sheet, make, form, str(conflict), row)
    except PlanRefused as refused:
        form.refuse(str(refused), refused.field)
        return _page(request, sheet, form)
    messages.success(request, said)
    another = sheet.again and request.POST.get("act") == "another"
    return HttpResponseRedirect(request.path if another else sheet.back)


def _page(
    request: HttpRequest,
    sheet: Sheet,
    form: KeepingForm,
    now: Sequence[tuple[str, str]] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"sheet": sheet, "form": form, "now": now, "conflict": status == 409}
    return render(request, "improvement/keeping/sheet.html", context, status=status)


def _compare(
    request: HttpRequest,
    sheet: Sheet,
    make: Callable[[Typed], KeepingForm],
    sent: KeepingForm,
    message: str,
    row: Kept | None,
) -> HttpResponse:
    """What was typed stays in the form; beside it stands how the row reads now, where that is something else."""
    fresh = request.POST.copy()
    now: list[tuple[str, str]] = []
    if row is not None:
        fresh["seen"] = mark_of(row)
        now = differences(sent, shown(row))
    form = make(fresh)
    form.refuse(message)
    return _page(request, sheet, form, now, status=409)


def differences(form: KeepingForm, stands: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each field in which a row reads otherwise than what was typed."""
    found = []
    for name, value in stands.items():
        if name not in form.fields:
            continue
        field = form.fields[name]
        reads, wrote = _text(typed(name, value)), _text(form.cleaned_data.get(name))
        if reads != wrote:
            found.append((str(field.label), _in_words(field, reads) or "Nothing"))
    return found


def _in_words(field: forms.Field, reads: str) -> str:
    """What is chosen reads as in the list, not as its key."""
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return str(dict(choices).get(reads, reads))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)
