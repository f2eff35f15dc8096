"""The plan as a whole: its overview as at any day, and each recommendation's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from improvement.overview.asked_day import NoSuchDay
from improvement.overview.asking import day_of, no_such_day
from improvement.overview.grid import grid_of
from improvement.overview.presenter import overview_page
from improvement.overview.recommendation import recommendation_page
from improvement.plans.selectors import current_plan, plan_among, plan_named, plans_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("plan.view")
@require_safe
def plan(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Leads to the plan that runs today; without any plan it says how one comes."""
    current = current_plan(plans_of(participant), clock.today())
    if current is None:
        return render(request, "improvement/overview/no_plan.html")
    return HttpResponseRedirect(
        reverse("improvement:overview", args=[participant.contract.code, current.code])
    )


@contract_page("plan.view")
@require_safe
def overview(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """The grid; ``?as-at=2019-09-23`` shows it as it stood at the end of that day."""
    plans = plans_of(participant)
    found = plan_among(plans, plan_code)
    try:
        asked = day_of(request)
    except NoSuchDay as refused:
        return no_such_day(request, found, refused)
    grid = grid_of(found, asked.day, asked.today)
    page = overview_page(participant, found, plans, grid, asked)
    return render(request, "improvement/overview/overview.html", {"page": page})


@contract_page("plan.view")
@require_safe
def recommendation(request: HttpRequest, participant: Participant, plan_code: str, row: str) -> HttpResponse:
    """One row of the plan: what is asked, how it stands, what is done about it, and what it is to bring about."""
    found = plan_named(participant, plan_code)
    try:
        page = recommendation_page(participant, found, row, day_of(request))
    except NoSuchDay as refused:
        return no_such_day(request, found, refused)
    return render(request, "improvement/overview/recommendation.html", {"page": page})
