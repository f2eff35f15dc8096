"""How everything is measured, for every role: definitions and rules, never a figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpis.definitions.selectors import indicators_with_bands
from kpis.how_we_measure.presenter import how_we_measure_page
from kpis.how_we_measure.selectors import latest_runs
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("definition.view")
@require_safe
def how_we_measure(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Definitions by theme, the rules in words, where figures come from, and a glossary."""
    page = how_we_measure_page(
        participant.contract.code,
        list(indicators_with_bands(participant)),
        latest_runs(participant),
        sees_figures=participant.may("indicator.view"),
    )
    return render(request, "kpis/how_we_measure/how_we_measure.html", {"page": page})
