"""Figures from a spreadsheet: the month's template, a file handed in, its preview, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kpis.forms.uploads import UploadForm
from kpis.presenters.template_file import template_csv, template_rows, template_xlsx
from kpis.presenters.uploads import problems_file, upload_lines, upload_page
from kpis.selectors.definitions import all_definitions
from kpis.selectors.indicators import indicators_with_bands
from kpis.selectors.returns import backgrounds, months_to_return
from kpis.selectors.uploads import recent_uploads, upload_of
from kpis.services.round.drafting import standings
from kpis.services.round.refusals import RoundRefused
from kpis.services.uploads.arriving import hand_in, read_if_forgotten
from kpis.services.uploads.settling import take_over, withdraw
from parties.access import Reader, contract_page
from sandwell.numbers import count_words
from sandwell.periods import Month

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contract_page("figure.enter")
@require_safe
def month_template_xlsx(request: HttpRequest, reader: Reader, month: Month) -> HttpResponse:
    """The month's template as a workbook, filled with what is kept."""
    content = template_xlsx(_rows(reader, month), reader.contract, month, timezone.localtime())
    return _download(content, XLSX, f"{reader.contract.code}-{month}.xlsx")


@contract_page("figure.enter")
@require_safe
def month_template_csv(request: HttpRequest, reader: Reader, month: Month) -> HttpResponse:
    """The month's template as CSV."""
    content = template_csv(_rows(reader, month))
    return _download(content, "text/csv; charset=utf-8", f"{reader.contract.code}-{month}.csv")


@contract_page("figure.enter")
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: HttpRequest, reader: Reader, month: Month) -> HttpResponse:
    """Hands in a file or pasted rows. Only the size is judged here: the file is read by the worker."""
    _require_month(reader, month)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        name, content = form.handed_in()
        upload = hand_in(reader=reader, file_name=name, content=content)
        return _to(reader, upload.pk)
    uploads = upload_lines(recent_uploads(reader), reader.contract.code)
    return render(request, "kpis/spreadsheet.html", {"month": month, "upload_form": form, "uploads": uploads})


@contract_page("figure.enter")
@require_safe
def upload(request: HttpRequest, reader: Reader, upload_id: int) -> HttpResponse:
    """How far a file is read; then what it would change, and all that is wrong with it."""
    read_if_forgotten(upload_of(reader, upload_id), timezone.now())
    found = upload_of(reader, upload_id)
    names = {one.code: one.short_name for one in all_definitions(reader)}
    page = upload_page(found, reader.contract.code, names)
    return render(request, "kpis/upload.html", {"page": page, "upload_id": found.pk})


@contract_page("figure.enter")
@require_safe
def upload_problems(request: HttpRequest, reader: Reader, upload_id: int) -> HttpResponse:
    """Every problem of a file, to be worked through in a spreadsheet."""
    text = problems_file(upload_of(reader, upload_id))
    return _download(text.encode("utf-8-sig"), "text/csv; charset=utf-8", f"problems-{upload_id}.csv")


@contract_page("figure.enter")
@require_POST
def upload_save(request: HttpRequest, reader: Reader, upload_id: int) -> HttpResponse:
    """Saves every change of the file as a draft, or none."""
    try:
        saved = take_over(reader=reader, upload_id=upload_id)
    except RoundRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(
            request, f"{count_words(saved, 'draft')} saved." if saved else "This file was saved already."
        )
    return _to(reader, upload_id)


@contract_page("figure.enter")
@require_POST
def upload_withdraw(request: HttpRequest, reader: Reader, upload_id: int) -> HttpResponse:
    """Drops the file."""
    try:
        withdraw(reader=reader, upload_id=upload_id)
    except RoundRefused as refused:
        messages.warning(request, str(refused))
        return _to(reader, upload_id)
    messages.success(request, "The file was withdrawn. Nothing was saved from it.")
    return HttpResponseRedirect(reverse("kpis:returns", args=[reader.contract.code]))


def _rows(reader: Reader, month: Month) -> list[dict[str, str]]:
    """Eight queries."""
    _require_month(reader, month)
    indicators = list(indicators_with_bands(reader))
    return template_rows(month, backgrounds(reader, month, indicators), standings(reader, month, indicators))


def _require_month(reader: Reader, month: Month) -> None:
    if month not in months_to_return(reader.contract, timezone.localdate()):
        raise Http404(f"{month.label} is not a month that is returned now.")


def _to(reader: Reader, upload_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("kpis:upload", args=[reader.contract.code, upload_id]))


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
