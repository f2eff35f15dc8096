"""The dashboard of a contract's month, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.forms.filters import Filters, NoSuchMonth, asked_month
from kpis.presenters.csv_file import readings_file
from kpis.presenters.dashboard import DashboardPresenter
from kpis.selectors.statuses import all_readings, freshness, strips
from kpis.views.months import no_such_month, nothing_computed, page_key, strip_length
from parties.access import Reader, contract_page
from sandwell.cache import kept_page


@contract_page("dashboard.view", "figures_version")
@require_safe
def dashboard(request: HttpRequest, reader: Reader) -> HttpResponse:
    """One month of a contract; kept until something is computed anew or the day turns."""
    fresh, today = freshness(reader), timezone.localdate()
    if fresh.first is None:
        return nothing_computed(request, reader, fresh)
    try:
        month = asked_month(request.GET, fresh)
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    filters = Filters.of(request.GET)

    def rendered() -> str:
        presenter = DashboardPresenter(
            reader.contract.code, month, filters, today, sees_round=reader.may("round.view")
        )
        rows = all_readings(reader, month)
        page = presenter.page(fresh, rows, strips(reader, month, strip_length(fresh, month)))
        return render_to_string("kpis/dashboard.html", {"page": page}, request)

    return kept_page(request, page_key("dashboard", request, reader, fresh, month, filters, today), rendered)


@contract_page("dashboard.view", "figures_version")
@require_safe
def dashboard_csv(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every indicator and supporting measure of the month, whatever the page's filters."""
    fresh = freshness(reader)
    try:
        month = asked_month(request.GET, fresh) if fresh.first else None
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    if month is None:
        return nothing_computed(request, reader, fresh)
    text = readings_file(all_readings(reader, month), timezone.localdate())
    name = f"{reader.contract.code}-{month}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@contract_page("report.view_issued")
@require_safe
def reports(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The reports that were issued to the boards."""
    return render(request, "kpis/reports.html")
