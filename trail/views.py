"""The audit trail of a contract, for its parties: to read, to filter, to take away."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.downloads import csv_stream
from parties.gate import contract_page
from parties.participants import Participant
from trail.forms import TrailForm
from trail.presenters import trail_file, trail_page
from trail.selectors import Stretch, every_entry, names_in, names_of, stretch


@contract_page("trail.view")
@require_safe
def trail(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Fifty entries at a time, newest first."""
    form = TrailForm(request.GET)
    found = Stretch([], newer=False, older=False)
    if form.is_valid():
        before, after = (_number(request.GET.get(name, "")) for name in ("before", "after"))
        found = stretch(participant, form.asked(), before=before, after=after)
    page = trail_page(participant.contract.code, found, names_of(found.entries), form.pairs())
    return render(request, "trail/trail.html", {"page": page, "form": form})


@contract_page("trail.view")
@require_safe
def trail_csv(request: HttpRequest, participant: Participant) -> HttpResponseBase:
    """Every entry that the filters let through. What the filters don't understand is said on the page."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        address = reverse("trail:trail", args=[participant.contract.code])
        return HttpResponseRedirect(f"{address}?{urlencode(form.pairs())}")
    name = f"{participant.contract.code}-trail.csv"
    asked = form.asked()
    lines = trail_file(every_entry(participant, asked), names_in(participant, asked))
    return csv_stream(lines, name)


def _number(text: str) -> int | None:
    """An entry's number; None for what can't be one."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None
