"""Checks on the published tables: where print and its own numbers part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.presenters.published import published_checks_page
from kpis.selectors.published import all_notes, all_series, all_statistics
from kpis.sentences import computed_words
from kpis.services.versions import caught_up
from kpis.views.months import page_key
from parties.access import Reader, contract_page
from sandwell.cache import kept_page
from sandwell.periods import Month


@contract_page("published_checks.view", "figures_version")
@require_safe
def published_checks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Printed cells that differ from what their numerator and denominator give, and other contradictions."""
    fresh, today = caught_up(reader), timezone.localdate()

    def rendered() -> str:
        statistics, notes, series = all_statistics(reader), all_notes(reader), all_series(reader)
        page = published_checks_page(reader.contract.code, statistics, notes, series)
        computed = computed_words(fresh.computed_at) if fresh.computed_at else ""
        return render_to_string("kpis/published_checks.html", {"page": page, "computed": computed}, request)

    key = page_key("published-checks", request, reader, fresh, Month.of(today), None, today)
    return kept_page(request, key, rendered)
