"""What of a plan deserves a look, worst first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from improvement.exceptions.presenter import exceptions_page
from improvement.exceptions.selectors import examined_actions
from improvement.plans.selectors import plan_named
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("plan.view")
@require_safe
def exceptions(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plan = plan_named(participant, plan_code)
    examined, why = examined_actions(participant, plan), request.GET.get("why", "")
    page = exceptions_page(participant, plan, examined, clock.today(), why)
    return render(request, "improvement/exceptions/exceptions.html", {"page": page})
