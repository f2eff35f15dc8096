"""The audit trail of a contract, for its parties: to read, to filter, to take away."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kpis.forms.trail import TrailForm
from kpis.presenters.trail import trail_file, trail_page
from kpis.selectors.trail import Stretch, every_entry, names_in, names_of, stretch
from parties.access import Reader, contract_page


@contract_page("trail.view")
@require_safe
def trail(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Fifty entries at a time, newest first."""
    form = TrailForm(request.GET)
    found = Stretch([], newer=False, older=False)
    if form.is_valid():
        before, after = (_number(request.GET.get(name, "")) for name in ("before", "after"))
        found = stretch(reader, form.asked(), before=before, after=after)
    page = trail_page(reader.contract.code, found, names_of(found.entries), form.pairs())
    return render(request, "kpis/trail.html", {"page": page, "form": form})


@contract_page("trail.view")
@require_safe
def trail_csv(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Every entry that the filters let through. What the filters don't understand is said on the page."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        address = reverse("kpis:trail", args=[reader.contract.code])
        return HttpResponseRedirect(f"{address}?{urlencode(form.pairs())}")
    name = f"{reader.contract.code}-trail.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    asked = form.asked()
    lines = trail_file(every_entry(reader, asked), names_in(reader, asked))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _number(text: str) -> int | None:
    """An entry's number; None for what can't be one."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None
