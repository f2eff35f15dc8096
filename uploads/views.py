"""A file that was handed in: how far it is read, its preview, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.downloads import CSV, download
from core.refusals import Refused
from core.values.numbers import count_words
from parties.gate import contract_page
from parties.participants import Participant
from uploads.committing import commit, withdraw
from uploads.handlers import handler_named, upload_permissions
from uploads.presenters import problems_file, upload_page
from uploads.receiving import read_if_forgotten
from uploads.selectors import upload_of


@contract_page(upload_permissions)
@require_safe
def upload(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """How far a file is read; then what it would change, and all that is wrong with it."""
    read_if_forgotten(upload_of(participant, upload_id), clock.now())
    found = upload_of(participant, upload_id)
    page = upload_page(found, participant)
    return render(request, "uploads/upload.html", {"page": page, "upload_id": found.pk})


@contract_page(upload_permissions)
@require_safe
def upload_problems(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Every problem of a file, to be worked through in a spreadsheet."""
    text = problems_file(upload_of(participant, upload_id))
    return download(text.encode("utf-8-sig"), CSV, f"problems-{upload_id}.csv")


@contract_page(upload_permissions)
@require_POST
def upload_save(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Saves every change of the file or none."""
    try:
        saved = commit(by=participant, upload_id=upload_id)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        noun = handler_named(upload_of(participant, upload_id).handler).saved_as
        done = f"{count_words(saved, noun)} saved." if saved else "This file was saved already."
        messages.success(request, done)
    return _to(participant, upload_id)


@contract_page(upload_permissions)
@require_POST
def upload_withdraw(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Drops the file."""
    try:
        withdraw(by=participant, upload_id=upload_id)
    except Refused as refused:
        messages.warning(request, str(refused))
        return _to(participant, upload_id)
    messages.success(request, "The file was withdrawn. Nothing was saved from it.")
    handler = handler_named(upload_of(participant, upload_id).handler)
    return HttpResponseRedirect(handler.page(participant.contract))


def _to(participant: Participant, upload_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("uploads:upload", args=[participant.contract.code, upload_id]))
