"""A plan from a spreadsheet: the plan as it is to download, and the form that takes it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.downloads import XLSX, csv_file, download
from improvement.imports.handler import PLAN_ROWS
from improvement.imports.kept import kept_plan
from improvement.imports.presenter import spreadsheet_page
from improvement.imports.template_file import template_csv, template_xlsx
from improvement.plans.selectors import plan_kept
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks
from uploads.forms import UploadForm
from uploads.receiving import receive
from uploads.selectors import recent_uploads


@contract_page("plan.keep", sends="Read it and show what changes", asks=Asks(UploadForm))
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheet(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """Hands in a file or pasted rows of a plan. Only the size is judged here: the file is read by the worker."""
    plan = plan_kept(participant, plan_code)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(PLAN_ROWS, *given)
    if form.is_bound and form.is_valid():
        upload = receive(by=participant, handler=PLAN_ROWS, given=form.handed_in(), given_for=str(plan.pk))
        return HttpResponseRedirect(reverse("uploads:upload", args=[participant.contract.code, upload.pk]))
    page = spreadsheet_page(participant, plan, recent_uploads(participant, PLAN_ROWS, str(plan.pk)))
    return render(request, "improvement/imports/spreadsheet.html", {"page": page, "upload_form": form})


@contract_page("plan.keep")
@require_safe
def plan_xlsx(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """The plan as it is as a workbook."""
    plan = plan_kept(participant, plan_code)
    party = getattr(participant.contract, plan.kept_by)
    content = template_xlsx(kept_plan(plan), party.name, clock.local_now())
    return download(content, XLSX, f"{plan.code}.xlsx")


@contract_page("plan.keep")
@require_safe
def plan_csv(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """The plan as it is as CSV."""
    plan = plan_kept(participant, plan_code)
    return csv_file(template_csv(kept_plan(plan)), f"{plan.code}.csv")
