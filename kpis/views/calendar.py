"""A contract's calendar, and the same in a person's own calendar program behind a secret address."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kpis.presenters.calendar import calendar_page
from kpis.presenters.calendar_file import Subscribed, calendar_file
from kpis.selectors.calendar import ContractCalendar, contract_calendar
from parties.access import Reader, contract_page, readers_of
from parties.selectors import calendar_link_of, whose_calendar
from parties.services import end_calendar_link, renew_calendar_link

# How far the calendar looks ahead, and how long a meeting stays in a person's own calendar.
A_YEAR = timedelta(days=365)


@contract_page("calendar.view", "figures_version")
@require_safe
def calendar(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What is next, overdue first, then the days and months ahead."""
    return _page(request, reader)


@contract_page("calendar.view", "figures_version")
@require_POST
def calendar_link(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Makes the address of the person's calendar, or a new one for it, and shows it this once.

    The answer itself shows it, so that the secret is kept nowhere on its way to another page. Sent twice, the form
    makes a second address, and the answer that the person sees shows the one that holds.
    """
    secret = renew_calendar_link(user=reader.user)
    return _page(request, reader, request.build_absolute_uri(reverse("calendar-feed", args=[secret])))


@contract_page("calendar.view")
@require_POST
def end_link(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ends the address; calendars that know it get nothing more."""
    ended = end_calendar_link(user=reader.user)
    words = "Your calendar’s address has ended." if ended else "There was no address to end."
    messages.success(request, words)
    return HttpResponseRedirect(reverse("kpis:calendar", args=[reader.contract.code]))


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the address gets what its person may see today; an address that is unknown or ended is not there.

    Someone who may see no calendar any more gets an empty one, so that their program forgets what it knew.
    """
    person = whose_calendar(secret)
    if person is None:
        raise Http404("There is no calendar at this address.")
    today = timezone.localdate()
    those = [
        Subscribed(reader.contract, _found(reader, today - A_YEAR, today), _address(request, reader))
        for reader in readers_of(person, "figures_version")
        if reader.may("calendar.view")
    ]
    answer = HttpResponse(calendar_file(those, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, reader: Reader, address: str = "") -> HttpResponse:
    today = timezone.localdate()
    page = calendar_page(reader.contract.code, _found(reader, today, today), today)
    link = calendar_link_of(reader.user)
    return render(request, "kpis/calendar.html", {"page": page, "link": link, "address": address})


def _found(reader: Reader, meetings_from: date, today: date) -> ContractCalendar:
    return contract_calendar(reader, meetings_from=meetings_from, today=today, until=today + A_YEAR)


def _address(request: HttpRequest, reader: Reader) -> str:
    return request.build_absolute_uri(reverse("kpis:calendar", args=[reader.contract.code]))
