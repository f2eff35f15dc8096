"""The heat map of a contract: its indicators by the months up to one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core.cache import kept_page
from core.values.months import Month
from kpis.dashboard.heat_map import HeatMapPresenter
from kpis.definitions.models import Indicator
from kpis.engine.as_at import month_and_strips_known
from kpis.months.preamble import Asked, MonthPage, of_a_month, page_key, strip_length
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("dashboard.view")
@require_safe
@of_a_month
def heat_map(request: HttpRequest, participant: Participant, asked: Asked) -> HttpResponse:
    """Two years up to the month asked for; ``?show=values`` prints the values in the cells."""
    fresh, month, today = asked.fresh, asked.month, asked.today
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
