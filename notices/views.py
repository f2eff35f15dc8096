"""What a person is told, and what of it by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core import clock
from notices.choosing import choose_mail
from notices.forms import MailForm
from notices.kinds import labels_of_kinds
from notices.presenters import notices_page
from notices.selectors import latest_notices, unwanted_by_mail
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks


@contract_page("notice.view", sends="Keep my choice", asks=Asks(MailForm, choices=labels_of_kinds))
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The person's latest notices, and the choice of what is mailed."""
    sent = request.POST if request.method == "POST" else None
    form = MailForm(sent, participant=participant, unwanted=unwanted_by_mail(participant))
    if form.is_valid():
        changed = choose_mail(by=participant, wanted=form.cleaned_data["wanted"])
        messages.success(request, "Your choice is kept." if changed else "It was so already.")
        return HttpResponseRedirect(reverse("notices:notices", args=[participant.contract.code]))
    page = notices_page(participant, latest_notices(participant), clock.now())
    shown = {"page": page, "form": form, "kinds": form.told_when}
    return render(request, "notices/notices.html", shown)
