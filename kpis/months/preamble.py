"""What the pages of a month share: their key in the cache, and their answers where there is no such month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.values.months import Month
from kpis.engine.as_at import fresh_on
from kpis.engine.selectors import STRIP_MONTHS, Freshness
from kpis.engine.waking import caught_up
from kpis.months.as_known import as_known_on
from kpis.months.asking import NoSuchDay, NotOnOffer, asked_day, asked_month
from kpis.months.picker import offered_months
from parties.kept import reader_key
from parties.participants import Participant


@dataclass(frozen=True)
class MonthPage:
    """A page by its name: how fresh its statuses are, its month, today, and what else its address asks for."""

    name: str
    fresh: Freshness
    month: Month
    today: date
    asked: object = None


@dataclass(frozen=True)
class Asked:
    """What the address of a page of a month asks for: the month, and how fresh its statuses are; and today."""

    fresh: Freshness
    month: Month
    today: date


def of_a_month(
    view: Callable[[HttpRequest, Participant, Asked], HttpResponse],
) -> Callable[[HttpRequest, Participant], HttpResponse]:
    """Gives the view what was asked for. Where nothing is computed, or no such month or day is on offer, that is the
    answer.
    """

    @wraps(view)
    def page(request: HttpRequest, participant: Participant) -> HttpResponse:
        fresh, today = caught_up(participant), clock.today()
        if fresh.first is None:
            return nothing_computed(request, participant, fresh)
        try:
            fresh = fresh_as_asked(request, participant, fresh, today)
            month = asked_month(request.GET, fresh)
        except NotOnOffer as refused:
            return no_such_month(request, fresh, refused)
        return view(request, participant, Asked(fresh, month, today))

    return page


def page_key(request: HttpRequest, participant: Participant, page: MonthPage) -> tuple[object, ...]:
    """Everything that such a page depends on. The header repeats the month only where the address names it."""
    asked = (page.fresh, str(page.month), request.GET.get("month", ""), page.asked, page.today)
    return (page.name, *reader_key(participant), *asked)


def fresh_as_asked(
    request: HttpRequest, participant: Participant, fresh: Freshness, today: date
) -> Freshness:
    """The months on offer on the day that the address asks about, else those of now. NoSuchDay for a wrong day."""
    day = asked_day(request.GET, fresh, today)
    return fresh_on(participant, fresh, day, find_latest="month" not in request.GET) if day else fresh


def strip_length(fresh: Freshness, month: Month) -> int:
    """At most two years, and no month before the first on offer."""
    assert fresh.first is not None
    return min(STRIP_MONTHS, month.ordinal - fresh.first.ordinal + 1)


def known_in_name(fresh: Freshness) -> str:
    """What a file's name says of the day: "-as-known-on-2019-05-14"; nothing for now."""
    return f"-as-known-on-{fresh.known.isoformat()}" if fresh.known else ""


def no_such_month(request: HttpRequest, fresh: Freshness, refused: NotOnOffer) -> HttpResponse:
    """Says what is wrong with the month or the day asked for, and what there is."""
    if isinstance(refused, NoSuchDay):
        form = as_known_on(fresh, clock.today(), [])
        return render(
            request, "kpis/months/no_such_day.html", {"refused": refused.words, "known": form}, status=404
        )
    years: dict[str, list[Month]] = {}
    for month in offered_months(fresh):
        years.setdefault(month.contract_year.label, []).append(month)
    words: dict[str, Any] = {
        "refused": refused.words,
        "first": fresh.first,
        "last": fresh.last,
        "years": years.items(),
    }
    words["known"] = fresh.known
    return render(request, "kpis/months/no_such_month.html", words, status=404)


def nothing_computed(request: HttpRequest, participant: Participant, fresh: Freshness) -> HttpResponse:
    """An empty page that says what will be here and how it gets there."""
    return render(
        request, "kpis/months/nothing_computed.html", {"contract": participant.contract, "fresh": fresh}
    )
