"""The heat map of a contract: its indicators by the months up to one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.forms.filters import NotOnOffer, asked_month
from kpis.known import month_and_strips_known
from kpis.models import Indicator
from kpis.presenters.heat_map import HeatMapPresenter
from kpis.services.versions import caught_up
from kpis.views.months import fresh_as_asked, no_such_month, nothing_computed, page_key, strip_length
from parties.access import Reader, contract_page
from sandwell.cache import kept_page
from sandwell.periods import Month


@contract_page("dashboard.view", "figures_version")
@require_safe
def heat_map(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Two years up to the month asked for; ``?show=values`` prints the values in the cells."""
    fresh, today = caught_up(reader), timezone.localdate()
    if fresh.first is None:
        return nothing_computed(request, reader, fresh)
    try:
        fresh = fresh_as_asked(request, reader, fresh, today)
        month = asked_month(request.GET, fresh)
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    with_values = request.GET.get("show") == "values"
    length = strip_length(fresh, month)

    def rendered() -> str:
        all_rows, points = month_and_strips_known(reader, fresh, month, length)
        rows = [row for row in all_rows if row[0].kind == Indicator.Kind.CONTRACT]
        months = Month.range(month.previous(length - 1), month)
        presenter = HeatMapPresenter(reader.contract.code, month, with_values, fresh.known)
        page = presenter.page(fresh, rows, points, months, today)
        return render_to_string("kpis/heat_map.html", {"page": page}, request)

    return kept_page(
        request, page_key("heat map", request, reader, fresh, month, with_values, today), rendered
    )
