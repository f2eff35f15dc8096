"""One indicator with its history, and its figures as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.forms.filters import NoSuchMonth, asked_month
from kpis.models import Indicator
from kpis.presenters.csv_file import readings_file
from kpis.presenters.figures_file import figures_file
from kpis.presenters.indicator import Known, indicator_page, month_in_view
from kpis.presenters.months import month_picker
from kpis.selectors.definitions import all_definitions, bands_of
from kpis.selectors.published import notes_of, statistics_of
from kpis.selectors.revisions import revisions_by_month
from kpis.selectors.statuses import Freshness, freshness, series_readings
from kpis.sentences import computed_words
from kpis.views.months import no_such_month, page_key
from parties.access import Reader, contract_page
from sandwell.cache import kept_page
from sandwell.periods import Month


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """All months of one indicator, with one month in view; kept until something is computed anew or the day turns."""
    fresh, today = freshness(reader), timezone.localdate()
    try:
        asked = asked_month(request.GET, fresh) if fresh.first else None
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)

    def rendered() -> str:
        known = _known(reader, code)
        month = month_in_view(asked, bool(request.GET.get("month")), known.readings) if asked else None
        picker = month_picker(fresh, month, []) if month else None
        computed = computed_words(fresh.computed_at) if fresh.computed_at else ""
        page = indicator_page(known, month, picker, computed, fresh.behind, today)
        return render_to_string("kpis/indicator.html", {"page": page}, request)

    return kept_page(request, _key(request, reader, fresh, asked, code), rendered)


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator_csv(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Every month's figure as it was last entered, in the columns that the import reads."""
    found = _wanted(all_definitions(reader), code)
    return _file(
        figures_file(found.code, revisions_by_month(reader, found)), f"{reader.contract.code}-{found.code}"
    )


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator_values(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """What was computed for every month: value, status, limits, run, averages. Not to be imported."""
    found = _wanted(all_definitions(reader), code)
    rows = [(found, one) for one in series_readings(reader, found)]
    return _file(readings_file(rows, timezone.localdate()), f"{reader.contract.code}-{found.code}-values")


def _file(text: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _known(reader: Reader, code: str) -> Known:
    """Six queries, whatever the number of months."""
    indicators = all_definitions(reader)
    wanted = _wanted(indicators, code)
    return Known(
        contract_code=reader.contract.code,
        indicators=indicators,
        indicator=wanted,
        bands=bands_of(wanted),
        readings=series_readings(reader, wanted),
        revisions=revisions_by_month(reader, wanted),
        statistics=statistics_of(reader, wanted),
        notes=notes_of(reader, wanted),
        begins=Month.of(reader.contract.starts_on),
    )


def _wanted(indicators: list[Indicator], code: str) -> Indicator:
    for one in indicators:
        if one.code == code:
            return one
    raise Http404(f"This contract has no indicator {code[:20]}.")


def _key(
    request: HttpRequest, reader: Reader, fresh: Freshness, asked: Month | None, code: str
) -> tuple[object, ...]:
    today = timezone.localdate()
    return page_key("indicator", request, reader, fresh, asked or Month.of(today), code, today)
