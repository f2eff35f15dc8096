"""One indicator with its history, and its figures as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kpis.forms.filters import NotOnOffer, asked_month
from kpis.known import series_known
from kpis.models import BandVersion, FigureRevision, Indicator
from kpis.presenters.csv_file import readings_file
from kpis.presenters.figures_file import figures_file
from kpis.presenters.indicator import Sources, indicator_page, month_in_view
from kpis.readings import Reading
from kpis.selectors.definitions import all_definitions, bands_of
from kpis.selectors.published import notes_of, statistics_of
from kpis.selectors.revisions import revisions_by_month
from kpis.selectors.statuses import Freshness, series_readings
from kpis.services.versions import caught_up
from kpis.views.months import fresh_as_asked, known_in_name, no_such_month, page_key
from parties.access import Reader, contract_page
from sandwell.cache import kept_page
from sandwell.moments import end_of
from sandwell.periods import Month


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """All months of one indicator, with one month in view; kept until something is computed anew or the day turns."""
    fresh, today = caught_up(reader), timezone.localdate()
    try:
        fresh = fresh_as_asked(request, reader, fresh, today) if fresh.first else fresh
        asked = asked_month(request.GET, fresh) if fresh.first else None
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)

    def rendered() -> str:
        sources = _sources(reader, code, fresh)
        month = month_in_view(asked, bool(request.GET.get("month")), sources.readings) if asked else None
        page = indicator_page(sources, fresh, month, today)
        return render_to_string("kpis/indicator.html", {"page": page}, request)

    return kept_page(request, _key(request, reader, fresh, asked, code), rendered)


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator_csv(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Every month's figure as last entered, now or by the end of a day, in the columns that the import reads."""
    fresh, today = caught_up(reader), timezone.localdate()
    try:
        fresh = fresh_as_asked(request, reader, fresh, today) if fresh.first else fresh
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    found = _wanted(all_definitions(reader), code)
    before = end_of(fresh.known) if fresh.known else None
    text = figures_file(found.code, revisions_by_month(reader, found, before))
    return _file(text, f"{reader.contract.code}-{found.code}{known_in_name(fresh)}")


@contract_page("indicator.view", "figures_version")
@require_safe
def indicator_values(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """What was computed for every month, as known now or on a day: value, status, limits, run, averages.

    Not to be imported.
    """
    fresh, today = caught_up(reader), timezone.localdate()
    try:
        fresh = fresh_as_asked(request, reader, fresh, today) if fresh.first else fresh
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    found = _wanted(all_definitions(reader), code)
    readings, _ = _as_known(reader, fresh, found, bands_of(found))
    rows = [(found, one) for one in readings]
    name = f"{reader.contract.code}-{found.code}-values{known_in_name(fresh)}"
    return _file(readings_file(rows, fresh.known or today), name)


def _file(text: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _sources(reader: Reader, code: str, fresh: Freshness) -> Sources:
    """Six queries, whatever the number of months."""
    indicators = all_definitions(reader)
    wanted = _wanted(indicators, code)
    bands = bands_of(wanted)
    readings, revisions = _as_known(reader, fresh, wanted, bands)
    return Sources(
        contract_code=reader.contract.code,
        indicators=indicators,
        indicator=wanted,
        bands=bands,
        readings=readings,
        revisions=revisions,
        statistics=statistics_of(reader, wanted),
        notes=notes_of(reader, wanted),
        begins=Month.of(reader.contract.starts_on),
    )


def _as_known(
    reader: Reader, fresh: Freshness, wanted: Indicator, bands: list[BandVersion]
) -> tuple[list[Reading], dict[Month, list[FigureRevision]]]:
    """Every month and every revision of the indicator, as known now or on the day in question. Two queries at most."""
    if fresh.known is None:
        return series_readings(reader, wanted), revisions_by_month(reader, wanted)
    revisions = revisions_by_month(reader, wanted, end_of(fresh.known))
    return series_known(reader, wanted, bands, revisions, fresh.known), revisions


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
