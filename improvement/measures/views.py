"""The list of a plan's impact measures, each one's page, and what is written there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from core import clock
from improvement.fields import FormBox
from improvement.measures import services
from improvement.measures.forms import LinkForm, MeasureForm, TermsForm, ValueForm
from improvement.measures.linked import measure_url
from improvement.measures.list_page import Show, measures_page
from improvement.measures.measure_page import measure_page
from improvement.measures.selectors import evidence_for, figures_of, measure_named, measures_of
from improvement.measures.services import (
    Entered,
    MeasureConflict,
    MeasureRefused,
    kept_by_words,
)
from improvement.models import Measure
from improvement.plans.names import named
from improvement.plans.selectors import keeps, plan_named
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import all_definitions
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks


@dataclass(frozen=True)
class Act:
    """Something that is written about a measure: the name of its address, its words, its form, and what keeps it."""

    name: str
    heading: str
    button: str
    form: type[MeasureForm]
    take: Callable[[Participant, Measure, Any], None]
    done: str


def _value(by: Participant, measure: Measure, form: Any) -> None:
    given = form.cleaned_data
    entered = Entered(given["month"], given["value"], given["source"], given["words"], given["link"])
    services.add_value(
        by=by, measure=measure, entered=entered, today=clock.today(), seen=given["version"] or 0
    )


def _terms(by: Participant, measure: Measure, form: Any) -> None:
    services.set_terms(by=by, measure=measure, terms=form.terms(), seen=form.cleaned_data["version"])


def _link(by: Participant, measure: Measure, form: Any) -> None:
    given = form.cleaned_data
    indicator = next(one for one in all_definitions(by) if one.code == given["indicator"])
    services.link_indicator(
        by=by, measure=measure, indicator=indicator, strength=given["strength"], words=given["words"]
    )


ACTS = (
    Act("value", "Add a value", "Save the value", ValueForm, _value, "the value is kept."),
    Act(
        "terms", "Set baseline, aim, unit and period", "Save", TermsForm, _terms, "baseline and aim are kept."
    ),
    Act("link", "Link an indicator", "Link the indicator", LinkForm, _link, "the indicator is linked."),
)


@contract_page("plan.view")
@require_safe
def measures(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """Every measure of the plan; ``?show=none`` those with neither a value nor an indicator, ``linked``, ``valued``."""
    plan = plan_named(participant, plan_code)
    found = measures_of(participant, plan)
    show = Show.ALL
    with suppress(ValueError):
        show = Show(request.GET.get("show", ""))
    page = measures_page(participant, plan, found, figures_of(participant, found), show)
    return render(request, "improvement/measures/measures.html", {"page": page})


@contract_page("plan.view")
@require_safe
def measure(
    request: HttpRequest, participant: Participant, plan_code: str, number: int, row: str = ""
) -> HttpResponse:
    """One measure: what it came to, by values of its own or by indicators, and what was shown of its actions."""
    return _answer(request, participant, measure_named(participant, plan_code, row, number))


def act_view(act: Act) -> Callable[..., HttpResponseBase]:
    """The view to which an act's form is sent, for those who keep plans at all."""

    @contract_page("plan.keep", sends=act.button, asks=Asks(act.form))
    @require_POST
    def view(
        request: HttpRequest, participant: Participant, plan_code: str, number: int, row: str = ""
    ) -> HttpResponse:
        return _take(request, participant, measure_named(participant, plan_code, row, number), act)

    return view


def _take(request: HttpRequest, participant: Participant, found: Measure, act: Act) -> HttpResponse:
    """Writes; refused, it shows the page as it is now with what was typed."""
    if not keeps(participant, found.plan):
        return _answer(request, participant, found, status=403)
    form = _form(act, found, all_definitions(participant), request.POST)
    if not form.is_valid():
        return _answer(request, participant, found, act, form)
    try:
        act.take(participant, found, form)
    except MeasureRefused as refused:
        row = found.recommendation.code if found.recommendation else ""
        fresh = measure_named(participant, found.plan.code, row, found.number)
        conflict = isinstance(refused, MeasureConflict)
        if conflict:
            form = _begun_anew(act, fresh, all_definitions(participant), request.POST)
        form.add_error(None, str(refused))
        return _answer(request, participant, fresh, act, form, status=409 if conflict else 200)
    messages.success(request, f"{named(found)}: {act.done}")
    return HttpResponseRedirect(measure_url(participant.contract.code, found.plan, found))


def _answer(
    request: HttpRequest,
    participant: Participant,
    found: Measure,
    act: Act | None = None,
    form: MeasureForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms of those who keep the plan; ``form`` is the one that was sent, with its errors."""
    boxes = []
    if keeps(participant, found.plan):
        indicators = all_definitions(participant)
        boxes = [
            FormBox(
                one.name,
                one.heading,
                one.button,
                measure_url(participant.contract.code, found.plan, found, f"measure-{one.name}"),
                form if form is not None and one == act else _form(one, found, indicators),
                open=one == act,
            )
            for one in ACTS
        ]
    page = measure_page(
        participant, found, figures_of(participant, [found]), evidence_for(participant, found), boxes
    )
    refused = f"{kept_by_words(found.plan)} keeps this plan, and alone writes to it." if status == 403 else ""
    conflict = status == 409
    now = form.differences(found) if form is not None and conflict else []
    context = {"page": page, "form": form, "conflict": conflict, "now": now, "refused": refused}
    return render(request, "improvement/measures/measure.html", context, status=status)


def _begun_anew(act: Act, fresh: Measure, indicators: list[Indicator], typed: QueryDict) -> MeasureForm:
    """What was typed, begun from how the measure stands by now: whoever has seen both may save theirs."""
    again = typed.copy()
    again["version"] = str(act.form.begun_from(fresh)["version"])
    form = _form(act, fresh, indicators, again)
    form.is_valid()
    return form


def _form(act: Act, found: Measure, indicators: list[Indicator], typed: Any = None) -> MeasureForm:
    """The form of an act: bound where something was typed. An indicator is linked once."""
    linked = {link.indicator.code for link in found.links.all()}
    offered = [(one.code, f"{one.code} {one.short_name}") for one in indicators if one.code not in linked]
    return act.form(typed, measure=found, indicators=offered, auto_id=f"{act.name}-%s")
