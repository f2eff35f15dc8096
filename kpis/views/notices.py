"""What a person is told, and what of it by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kpis.forms.notices import MailForm
from kpis.presenters.notices import notices_page
from kpis.selectors.notices import latest_notices, unwanted_by_mail
from kpis.services.notices.choosing import choose_mail
from parties.access import Reader, contract_page


@contract_page("notice.view")
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The reader's latest notices, and the choice of what is mailed."""
    sent = request.POST if request.method == "POST" else None
    form = MailForm(sent, reader=reader, unwanted=unwanted_by_mail(reader))
    if form.is_valid():
        changed = choose_mail(reader=reader, wanted=form.cleaned_data["wanted"])
        messages.success(request, "Your choice is kept." if changed else "It was so already.")
        return HttpResponseRedirect(reverse("kpis:notices", args=[reader.contract.code]))
    page = notices_page(reader, latest_notices(reader), timezone.now())
    shown = {"page": page, "form": form, "may_enter": reader.may("query.answer")}
    return render(request, "kpis/notices.html", shown)
