"""A month's figures from a spreadsheet: the template, and the form that takes it back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.downloads import XLSX, csv_file, download
from core.values.months import Month
from kpis.definitions.selectors import indicators_with_bands
from kpis.returns.drafting import current_entries
from kpis.returns.selectors import months_to_return, validation_contexts
from kpis.returns.template_file import template_csv, template_rows, template_xlsx
from kpis.returns.upload_handler import FIGURES
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks
from uploads.forms import UploadForm
from uploads.presenters import upload_lines
from uploads.receiving import receive
from uploads.selectors import recent_uploads


@contract_page("figure.enter")
@require_safe
def month_template_xlsx(request: HttpRequest, participant: Participant, month: Month) -> HttpResponse:
    """The month's template as a workbook, filled with what is kept."""
    content = template_xlsx(_rows(participant, month), participant.contract, month, clock.local_now())
    return download(content, XLSX, f"{participant.contract.code}-{month}.xlsx")


@contract_page("figure.enter")
@require_safe
def month_template_csv(request: HttpRequest, participant: Participant, month: Month) -> HttpResponse:
    """The month's template as CSV."""
    text = template_csv(_rows(participant, month))
    return csv_file(text, f"{participant.contract.code}-{month}.csv")


@contract_page("figure.enter", sends="Read it and show what changes", asks=Asks(UploadForm))
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: HttpRequest, participant: Participant, month: Month) -> HttpResponse:
    """Hands in a file or pasted rows. Only the size is judged here: the file is read by the worker."""
    _require_month(participant, month)
    form = (
        UploadForm(FIGURES, request.POST, request.FILES) if request.method == "POST" else UploadForm(FIGURES)
    )
    if form.is_bound and form.is_valid():
        given = form.handed_in()
        upload = receive(by=participant, handler=FIGURES, given=given, given_for=str(month))
        return HttpResponseRedirect(reverse("uploads:upload", args=[participant.contract.code, upload.pk]))
    uploads = upload_lines(recent_uploads(participant, FIGURES), participant.contract.code)
    return render(
        request, "kpis/returns/spreadsheet.html", {"month": month, "upload_form": form, "uploads": uploads}
    )


def _rows(participant: Participant, month: Month) -> list[dict[str, str]]:
    """Eight queries."""
    _require_month(participant, month)
    indicators = list(indicators_with_bands(participant))
    return template_rows(
        month,
        validation_contexts(participant, month, indicators),
        current_entries(participant, month, indicators),
    )


def _require_month(participant: Participant, month: Month) -> None:
    if month not in months_to_return(participant.contract, clock.today()):
        raise Http404(f"{month.label} is not a month that is returned now.")
