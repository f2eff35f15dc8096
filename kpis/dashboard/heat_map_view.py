"""The heat map of a contract: its indicators by the months up to one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core import clock
from core.cache import kept_page
from core.values.months import Month
from kpis.dashboard.heat_map import HeatMapPresenter
from kpis.definitions.models import Indicator
from kpis.engine.as_at import month_and_strips_known
from kpis.engine.waking import caught_up
from kpis.months.asking import NotOnOffer, asked_month
from kpis.months.preamble import (
    MonthPage,
    fresh_as_asked,
    no_such_month,
    nothing_computed,
    page_key,
    strip_length,
)
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("dashboard.view")
@require_safe
def heat_map(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Two years up to the month asked for; ``?show=values`` prints the values in the cells."""
    fresh, today = caught_up(participant), clock.today()
    if fresh.first is None:
        return nothing_computed(request, participant, fresh)
    try:
        fresh = fresh_as_asked(request, participant, fresh, today)
        month = asked_month(request.GET, fresh)
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    with_values = request.GET.get("show") == "values"
    length = strip_length(fresh, month)

    def rendered() -> str:
        all_rows, points = month_and_strips_known(participant, fresh, month, length)
        rows = [row for row in all_rows if row[0].kind == Indicator.Kind.CONTRACT]
        months = Month.range(month.previous(length - 1), month)
        presenter = HeatMapPresenter(participant.contract.code, month, with_values, fresh.known)
        page = presenter.page(fresh, rows, points, months, today)
        return render_to_string("kpis/dashboard/heat_map.html", {"page": page}, request)

    kept = MonthPage("heat map", fresh, month, today, with_values)
    return kept_page(request, page_key(request, participant, kept), rendered)
