"""The dashboard of a contract's month, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.forms.filters import Filters, NotOnOffer, asked_month
from kpis.known import month_and_strips_known, month_known
from kpis.presenters.csv_file import readings_file
from kpis.presenters.dashboard import DashboardPresenter
from kpis.services.versions import caught_up
from kpis.views.months import (
    fresh_as_asked,
    known_in_name,
    no_such_month,
    nothing_computed,
    page_key,
    strip_length,
)
from parties.access import Reader, contract_page
from sandwell.cache import kept_page


@contract_page("dashboard.view", "figures_version")
@require_safe
def dashboard(request: HttpRequest, reader: Reader) -> HttpResponse:
    """One month of a contract, as known now or on a day; kept until something is computed anew or the day turns."""
    fresh, today = caught_up(reader), timezone.localdate()
    if fresh.first is None:
        return nothing_computed(request, reader, fresh)
    try:
        fresh = fresh_as_asked(request, reader, fresh, today)
        month = asked_month(request.GET, fresh)
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    filters = Filters.of(request.GET, fresh.known)

    def rendered() -> str:
        presenter = DashboardPresenter(
            reader.contract.code, month, filters, today, sees_round=reader.may("round.view")
        )
        rows, points = month_and_strips_known(reader, fresh, month, strip_length(fresh, month))
        page = presenter.page(fresh, rows, points)
        return render_to_string("kpis/dashboard.html", {"page": page}, request)

    return kept_page(request, page_key("dashboard", request, reader, fresh, month, filters, today), rendered)


@contract_page("dashboard.view", "figures_version")
@require_safe
def dashboard_csv(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Every indicator and supporting measure of the month, whatever the page's filters."""
    fresh, today = caught_up(reader), timezone.localdate()
    if fresh.first is None:
        return nothing_computed(request, reader, fresh)
    try:
        fresh = fresh_as_asked(request, reader, fresh, today)
        month = asked_month(request.GET, fresh)
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    text = readings_file(month_known(reader, fresh, month), fresh.known or today)
    name = f"{reader.contract.code}-{month}{known_in_name(fresh)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@contract_page("report.view_issued")
@require_safe
def reports(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The reports that were issued to the boards."""
    return render(request, "kpis/reports.html")
