"""The dashboard of a contract's month, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core.cache import kept_page
from core.downloads import csv_file
from kpis.dashboard.filters import Filters
from kpis.dashboard.parts import home_lines
from kpis.dashboard.presenter import DashboardPresenter
from kpis.engine.as_at import month_and_strips_known, month_known
from kpis.engine.readings_file import readings_file
from kpis.months.preamble import Asked, MonthPage, known_in_name, of_a_month, page_key, strip_length
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("dashboard.view")
@require_safe
@of_a_month
def dashboard(request: HttpRequest, participant: Participant, asked: Asked) -> HttpResponse:
    """One month of a contract, as known now or on a day.

    Kept until something is computed anew, the day turns, or what other apps say on it reads otherwise.
    """
    fresh, month, today = asked.fresh, asked.month, asked.today
    # A page of a past day, or of an earlier month that the address names, speaks of figures alone.
    is_home = fresh.known is None and ("month" not in request.GET or month == fresh.last)
    lines = home_lines(participant, today) if is_home else ()
    filters = Filters.of(request.GET, fresh.known)

    def rendered() -> str:
        presenter = DashboardPresenter(
            participant.contract.code, month, filters, today, sees_round=participant.may("round.view")
        )
        rows, points = month_and_strips_known(participant, fresh, month, strip_length(fresh, month))
        page = presenter.page(fresh, rows, points)
        return render_to_string("kpis/dashboard/dashboard.html", {"page": page, "lines": lines}, request)

    kept = MonthPage("dashboard", fresh, month, today, filters)
    return kept_page(request, (*page_key(request, participant, kept), lines), rendered)


@contract_page("dashboard.view")
@require_safe
@of_a_month
def dashboard_csv(request: HttpRequest, participant: Participant, asked: Asked) -> HttpResponse:
    """Every indicator and supporting measure of the month, whatever the page's filters."""
    fresh, month, today = asked.fresh, asked.month, asked.today
    text = readings_file(month_known(participant, fresh, month), fresh.known or today)
    name = f"{participant.contract.code}-{month}{known_in_name(fresh)}.csv"
    return csv_file(text, name)
