"""A plan as something that people read: its priorities, its document, its milestones and its golden thread."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from improvement.document.control import document_page
from improvement.document.milestones import milestones_page
from improvement.document.priorities import priorities_page, priority_page
from improvement.document.thread import thread_page
from improvement.overview.asked_day import NoSuchDay
from improvement.overview.asking import day_of, no_such_day
from improvement.plans.selectors import plan_among, plan_named, plans_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("plan.view")
@require_safe
def priorities(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """All of them; ``?as-at=2019-09-23`` shows how they stood at the end of that day."""
    plan = plan_named(participant, plan_code)
    try:
        page = priorities_page(participant, plan, day_of(request))
    except NoSuchDay as refused:
        return no_such_day(request, plan, refused)
    return render(request, "improvement/document/priorities.html", {"page": page})


@contract_page("plan.view")
@require_safe
def priority(request: HttpRequest, participant: Participant, plan_code: str, number: int) -> HttpResponse:
    """One of them, as at the same days."""
    plan = plan_named(participant, plan_code)
    try:
        page = priority_page(participant, plan, number, day_of(request))
    except NoSuchDay as refused:
        return no_such_day(request, plan, refused)
    return render(request, "improvement/document/priority.html", {"page": page})


@contract_page("plan.view")
@require_safe
def document(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    page = document_page(participant, plan_named(participant, plan_code), clock.today())
    return render(request, "improvement/document/document.html", {"page": page})


@contract_page("plan.view")
@require_safe
def milestones(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    page = milestones_page(participant, plan_named(participant, plan_code))
    return render(request, "improvement/document/milestones.html", {"page": page})


@contract_page("plan.view")
@require_safe
def thread(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plans = plans_of(participant)
    page = thread_page(participant, plan_among(plans, plan_code), plans)
    return render(request, "improvement/document/thread.html", {"page": page})
