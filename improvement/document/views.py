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
from improvement.plans.selectors import plan_among, plan_named, plans_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("plan.view")
@require_safe
def priorities(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    page = priorities_page(participant, plan_named(participant, plan_code), clock.today())
    return render(request, "improvement/document/priorities.html", {"page": page})


@contract_page("plan.view")
@require_safe
def priority(request: HttpRequest, participant: Participant, plan_code: str, number: int) -> HttpResponse:
    page = priority_page(participant, plan_named(participant, plan_code), number, clock.today())
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
