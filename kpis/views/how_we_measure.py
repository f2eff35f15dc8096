"""How everything is measured, for every role: definitions and rules, never a figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpis.presenters.how_we_measure import how_we_measure_page
from kpis.selectors.definitions import latest_runs
from kpis.selectors.indicators import indicators_with_bands
from parties.access import Reader, contract_page


@contract_page("definition.view")
@require_safe
def how_we_measure(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Definitions by theme, the rules in words, where figures come from, and a glossary."""
    page = how_we_measure_page(
        reader.contract.code,
        list(indicators_with_bands(reader)),
        latest_runs(reader),
        sees_figures=reader.may("indicator.view"),
    )
    return render(request, "kpis/how_we_measure.html", {"page": page})
