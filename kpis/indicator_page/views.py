"""One indicator with its history, and its figures as a file."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core import clock
from core.cache import kept_page
from core.clock import end_of
from core.downloads import csv_file
from core.values.months import Month
from kpis.definitions.models import BandVersion, Indicator
from kpis.definitions.selectors import all_definitions, bands_of
from kpis.engine.as_at import series_known
from kpis.engine.readings import Reading
from kpis.engine.readings_file import readings_file
from kpis.engine.selectors import Freshness, series_readings
from kpis.engine.waking import caught_up
from kpis.figures.figures_file import figures_file
from kpis.figures.models import FigureRevision
from kpis.figures.selectors import revisions_by_month
from kpis.indicator_page.parts import additions
from kpis.indicator_page.presenter import Sources, indicator_page, month_in_view
from kpis.months.asking import NotOnOffer, asked_month
from kpis.months.preamble import MonthPage, fresh_as_asked, known_in_name, no_such_month, page_key
from kpis.published.selectors import notes_of, statistics_of
from parties.gate import contract_page
from parties.participants import Participant


@contract_page("indicator.view")
@require_safe
def indicator(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """All months of one indicator, with one month in view.

    Kept until something is computed anew, the day turns, or what other apps add to it reads otherwise.
    """
    fresh, today = caught_up(participant), clock.today()
    try:
        fresh = fresh_as_asked(request, participant, fresh, today) if fresh.first else fresh
        asked = asked_month(request.GET, fresh) if fresh.first else None
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    # A page of a past day speaks of figures alone.
    added = additions(participant, code, today) if fresh.known is None else ()

    def rendered() -> str:
        sources = replace(_sources(participant, code, fresh), additions=added)
        month = month_in_view(asked, bool(request.GET.get("month")), sources.readings) if asked else None
        page = indicator_page(sources, fresh, month, today)
        return render_to_string("kpis/indicator_page/indicator.html", {"page": page}, request)

    return kept_page(request, (*_key(request, participant, fresh, asked, code), added), rendered)


@contract_page("indicator.view")
@require_safe
def indicator_csv(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """Every month's figure as last entered, now or by the end of a day, in the columns that the import reads."""
    fresh, today = caught_up(participant), clock.today()
    try:
        fresh = fresh_as_asked(request, participant, fresh, today) if fresh.first else fresh
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    found = _wanted(all_definitions(participant), code)
    before = end_of(fresh.known) if fresh.known else None
    text = figures_file(found.code, revisions_by_month(participant, found, before))
    return _file(text, f"{participant.contract.code}-{found.code}{known_in_name(fresh)}")


@contract_page("indicator.view")
@require_safe
def indicator_values(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """What was computed for every month, as known now or on a day: value, status, limits, succession, averages.

    Not to be imported.
    """
    fresh, today = caught_up(participant), clock.today()
    try:
        fresh = fresh_as_asked(request, participant, fresh, today) if fresh.first else fresh
    except NotOnOffer as refused:
        return no_such_month(request, fresh, refused)
    found = _wanted(all_definitions(participant), code)
    readings, _ = _as_known(participant, fresh, found, bands_of(found))
    rows = [(found, reading) for reading in readings]
    name = f"{participant.contract.code}-{found.code}-values{known_in_name(fresh)}"
    return _file(readings_file(rows, fresh.known or today), name)


def _file(text: str, name: str) -> HttpResponse:
    return csv_file(text, f"{name}.csv")


def _sources(participant: Participant, code: str, fresh: Freshness) -> Sources:
    """Six queries, whatever the number of months."""
    indicators = all_definitions(participant)
    wanted = _wanted(indicators, code)
    bands = bands_of(wanted)
    readings, revisions = _as_known(participant, fresh, wanted, bands)
    return Sources(
        contract_code=participant.contract.code,
        indicators=indicators,
        indicator=wanted,
        bands=bands,
        readings=readings,
        revisions=revisions,
        statistics=statistics_of(participant, wanted),
        notes=notes_of(participant, wanted),
        begins=Month.of(participant.contract.starts_on),
    )


def _as_known(
    participant: Participant, fresh: Freshness, wanted: Indicator, bands: list[BandVersion]
) -> tuple[list[Reading], dict[Month, list[FigureRevision]]]:
    """Every month and every revision of the indicator, as known now or on the day in question. Two queries at most."""
    if fresh.known is None:
        return series_readings(participant, wanted), revisions_by_month(participant, wanted)
    revisions = revisions_by_month(participant, wanted, end_of(fresh.known))
    return series_known(participant, wanted, bands, revisions, fresh.known), revisions


def _wanted(indicators: list[Indicator], code: str) -> Indicator:
    for definition in indicators:
        if definition.code == code:
            return definition
    raise Http404(f"This contract has no indicator {code[:20]}.")


def _key(
    request: HttpRequest, participant: Participant, fresh: Freshness, asked: Month | None, code: str
) -> tuple[object, ...]:
    today = clock.today()
    page = MonthPage("indicator", fresh, asked or Month.of(today), today, code)
    return page_key(request, participant, page)
