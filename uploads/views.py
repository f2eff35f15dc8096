"""A file that was handed in: how far it is read, its preview, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.downloads import csv_stream
from core.refusals import Refused
from core.values.numbers import count_words
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks
from uploads.committing import commit, withdraw
from uploads.forms import AnswerForm, RowsForm
from uploads.handlers import handler_named, upload_permissions
from uploads.presenters import choices_of, problems_lines, upload_page
from uploads.putting_right import answer, replace_rows
from uploads.receiving import read_if_forgotten
from uploads.selectors import rows_of, upload_of
from uploads.words import words_for


@contract_page(upload_permissions)
@require_safe
def upload(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """How far a file is read; then what it asks, what it would change, and all that is wrong with it."""
    read_if_forgotten(upload_of(participant, upload_id), clock.now())
    return _page(request, participant, upload_id)


@contract_page(upload_permissions)
@require_safe
def upload_problems(request: HttpRequest, participant: Participant, upload_id: int) -> StreamingHttpResponse:
    """Every problem of a file, to be worked through in a spreadsheet."""
    return csv_stream(problems_lines(upload_of(participant, upload_id)), f"problems-{upload_id}.csv")


@contract_page(upload_permissions, sends="Save these")
@require_POST
def upload_save(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Saves every change of the file or none."""
    try:
        saved = commit(by=participant, upload_id=upload_id)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        noun = handler_named(upload_of(participant, upload_id).handler).saved_as
        done = f"{count_words(saved, noun)} saved." if saved else "That was saved already."
        messages.success(request, done)
    return _to(participant, upload_id)


@contract_page(upload_permissions, sends="Withdraw")
@require_POST
def upload_withdraw(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Drops the file."""
    try:
        withdraw(by=participant, upload_id=upload_id)
    except Refused as refused:
        messages.warning(request, str(refused))
        return _to(participant, upload_id)
    found = upload_of(participant, upload_id)
    handler, words = handler_named(found.handler), words_for(found.pasted)
    messages.success(request, f"{words.opening} withdrawn. Nothing was saved from {words.it}.")
    return HttpResponseRedirect(handler.page(participant.contract, found.given_for))


@contract_page(
    upload_permissions, sends="Read it this way", asks=Asks(labels=(("answer", "How to read the file"),))
)
@require_POST
def upload_answer(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Has the file read by the answer to what it asks."""
    form = AnswerForm(choices_of(upload_of(participant, upload_id)), request.POST)
    if not form.is_valid():
        return _page(request, participant, upload_id, answer_form=form)
    try:
        answer(by=participant, upload_id=upload_id, chosen=form.cleaned_data["answer"])
    except Refused as refused:
        messages.warning(request, str(refused))
    return _to(participant, upload_id)


@contract_page(upload_permissions, sends="Read them again and show what changes", asks=Asks(RowsForm))
@require_POST
def upload_rows(request: HttpRequest, participant: Participant, upload_id: int) -> HttpResponse:
    """Hands in pasted rows that were put right on the page that refused them."""
    form = RowsForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, upload_id, rows_form=form)
    try:
        anew = replace_rows(by=participant, upload_id=upload_id, rows=form.cleaned_data["rows"])
    except Refused as refused:
        form.refuse(str(refused))
        return _page(request, participant, upload_id, rows_form=form, status=409)
    return _to(participant, anew.pk)


def _page(
    request: HttpRequest,
    participant: Participant,
    upload_id: int,
    *,
    answer_form: AnswerForm | None = None,
    rows_form: RowsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = upload_of(participant, upload_id)
    page = upload_page(found, participant)
    request.stands_at = resolve(page.hand_in.url).view_name  # type: ignore[attr-defined]
    if page.question and answer_form is None:
        answer_form = AnswerForm(choices_of(found))
    if page.can_put_right and rows_form is None:
        rows_form = RowsForm(initial={"rows": rows_of(participant, upload_id)})
    shown = {"page": page, "upload_id": found.pk, "answer_form": answer_form, "rows_form": rows_form}
    return render(request, "uploads/upload.html", shown, status=status)


def _to(participant: Participant, upload_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("uploads:upload", args=[participant.contract.code, upload_id]))
