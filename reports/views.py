"""The reports that were issued to the boards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parties.gate import contract_page
from parties.participants import Participant


@contract_page("report.view_issued")
@require_safe
def reports(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Every report that was issued."""
    return render(request, "reports/reports.html")
