"""A contract's calendar, and the same in a person's own calendar program behind a secret address."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from calendars.presenters import calendar_page
from calendars.selectors import ContractCalendar, calendar_link_of, contract_calendar, whose_calendar
from calendars.services import end_calendar_link, renew_calendar_link
from core import clock
from parties.gate import contract_page
from parties.participants import Participant, participations_of

# How far the calendar looks ahead, and how long a meeting stays in a person's own calendar.
A_YEAR = timedelta(days=365)


@contract_page("calendar.view")
@require_safe
def calendar(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What is next, overdue first, then the days and months ahead."""
    return _page(request, participant)


@contract_page("calendar.view", sends="Make an address")
@require_POST
def calendar_link(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Makes the address of the person's calendar, or a new one for it, and shows it this once.

    The answer itself shows it, so that the secret is kept nowhere on its way to another page. Sent twice, the form
    makes a second address, and the answer that the person sees shows the one that holds.
    """
    secret = renew_calendar_link(user=participant.user)
    return _page(request, participant, request.build_absolute_uri(reverse("calendar-feed", args=[secret])))


@contract_page("calendar.view", sends="End the address")
@require_POST
def end_link(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Ends the address; calendars that know it get nothing more."""
    ended = end_calendar_link(user=participant.user)
    words = "Your calendar’s address has ended." if ended else "There was no address to end."
    messages.success(request, words)
    return HttpResponseRedirect(reverse("calendars:calendar", args=[participant.contract.code]))


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the address gets what its person may see today; an address that is unknown or ended is not there.

    Someone who may see no calendar any more gets an empty one, so that their program forgets what it knew.
    """
    # Here and not above: no other page needs the library that writes calendars.
    from calendars.feed import Subscribed, calendar_file

    person = whose_calendar(secret)
    if person is None:
        raise Http404("There is no calendar at this address.")
    today = clock.today()
    subscriptions = [
        Subscribed(
            participant.contract, _found(participant, today - A_YEAR, today), _address(request, participant)
        )
        for participant in participations_of(person)
        if participant.may("calendar.view")
    ]
    answer = HttpResponse(
        calendar_file(subscriptions, clock.now()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, participant: Participant, address: str = "") -> HttpResponse:
    today = clock.today()
    page = calendar_page(_found(participant, today, today), today)
    link = calendar_link_of(participant.user)
    return render(request, "calendars/calendar.html", {"page": page, "link": link, "address": address})


def _found(participant: Participant, meetings_from: date, today: date) -> ContractCalendar:
    return contract_calendar(participant, meetings_from=meetings_from, today=today, until=today + A_YEAR)


def _address(request: HttpRequest, participant: Participant) -> str:
    return request.build_absolute_uri(reverse("calendars:calendar", args=[participant.contract.code]))
