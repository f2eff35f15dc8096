"""What the pages of a month share: their key in the cache, and their answers where there is no such month."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kpis.forms.filters import NoSuchMonth
from kpis.presenters.months import offered_months
from kpis.selectors.statuses import STRIP_MONTHS, Freshness
from parties.access import Reader
from sandwell.periods import Month


def page_key(
    name: str,
    request: HttpRequest,
    reader: Reader,
    fresh: Freshness,
    month: Month,
    asked: object,
    today: date,
) -> tuple[object, ...]:
    """Everything that such a page depends on. The header repeats the month only where the address names it."""
    contract = reader.contract
    return (
        name,
        contract.pk,
        contract.code,
        contract.commissioner.name,
        contract.provider.name,
        fresh,
        reader.role_label,
        sorted(reader.roles),
        str(month),
        request.GET.get("month", ""),
        asked,
        today,
        settings.IS_DEMO,
        settings.STATIC_URL,
    )


def strip_length(fresh: Freshness, month: Month) -> int:
    """At most two years, and no month before the first on offer."""
    assert fresh.first is not None
    return min(STRIP_MONTHS, month.ordinal - fresh.first.ordinal + 1)


def no_such_month(request: HttpRequest, fresh: Freshness, refused: NoSuchMonth) -> HttpResponse:
    """Says what is wrong with the month asked for and which months there are."""
    years: dict[str, list[Month]] = {}
    for month in offered_months(fresh):
        years.setdefault(month.contract_year.label, []).append(month)
    words = {"refused": refused.words, "first": fresh.first, "last": fresh.last, "years": years.items()}
    return render(request, "kpis/no_such_month.html", words, status=404)


def nothing_computed(request: HttpRequest, reader: Reader, fresh: Freshness) -> HttpResponse:
    """An empty page that says what will be here and how it gets there."""
    return render(request, "kpis/nothing_computed.html", {"contract": reader.contract, "fresh": fresh})
