"""Checks on the published tables: where print and its own numbers part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core import clock
from core.cache import kept_page
from core.values.months import Month
from kpis.engine.waking import caught_up
from kpis.months.preamble import MonthPage, page_key
from kpis.published.presenter import published_checks_page
from kpis.published.selectors import all_notes, all_series, all_statistics
from kpis.sentences import computed_words
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("published_checks.view")
@require_safe
def published_checks(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Printed cells that differ from what their numerator and denominator give, and other contradictions."""
    fresh, today = caught_up(participant), clock.today()

    def rendered() -> str:
        statistics, notes, series = (
            all_statistics(participant),
            all_notes(participant),
            all_series(participant),
        )
        page = published_checks_page(participant.contract.code, statistics, notes, series)
        computed = computed_words(fresh.computed_at) if fresh.computed_at else ""
        return render_to_string(
            "kpis/published/published_checks.html", {"page": page, "computed": computed}, request
        )

    kept = MonthPage("published-checks", fresh, Month.of(today), today)
    return kept_page(request, page_key(request, participant, kept), rendered)
