"""The Trust types a month's figures, saves them as drafts at any time, and submits them when they are ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.values.months import Month
from core.values.numbers import count_words
from kpis.figures.services import FigureRefused
from kpis.returns.drafting import CurrentEntry, DraftConflict, save_drafts
from kpis.returns.forms import DraftEditForm, sent_forms
from kpis.returns.list_presenter import returns_page
from kpis.returns.owning import own_indicators
from kpis.returns.selectors import months_to_return, owned_codes, return_states
from kpis.returns.submitting import Submitted, submit_return
from kpis.returns.upload_handler import FIGURES
from kpis.returns.validation import Validation
from kpis.returns.workspace import ReturnWorkspace
from kpis.review.refusals import RoundRefused
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks
from uploads.forms import UploadForm
from uploads.presenters import upload_lines
from uploads.selectors import recent_uploads

SAVE, SUBMIT = "save", "submit"
MOST_CODES = 500
Error = tuple[str, str]


@contract_page("figure.enter")
@require_safe
def returns(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Every month that is returned: what is open, due and overdue, and what is missing in it."""
    today = clock.today()
    months = months_to_return(participant.contract, today)
    page = returns_page(
        participant.contract, months, return_states(participant), owned_codes(participant), today
    )
    uploads = upload_lines(recent_uploads(participant, FIGURES), participant.contract.code)
    return render(request, "kpis/returns/returns.html", {"page": page, "uploads": uploads})


@contract_page(
    "figure.enter",
    sends="Save your indicators",
    asks=Asks(labels=(("indicator", "Indicators that you look after"),)),
)
@require_POST
def own(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Chooses the indicators that the person looks after."""
    changed = own_indicators(by=participant, codes=request.POST.getlist("indicator")[:MOST_CODES])
    messages.success(request, "Your indicators are saved." if changed else "Your indicators were so already.")
    return HttpResponseRedirect(reverse("kpis:returns", args=[participant.contract.code]))


@contract_page(
    "figure.enter",
    sends="Save what you typed as a draft",
    asks=Asks(DraftEditForm, labels=(("answer", "A word about what is unusual"),)),
)
@require_http_methods(["GET", "HEAD", "POST"])
def month_return(request: HttpRequest, participant: Participant, month: Month) -> HttpResponse:
    """One month on one page. Whatever is sent is kept as a draft first, then looked over, then submitted."""
    workspace = ReturnWorkspace.of(participant, month)
    if request.method != "POST":
        return _page(request, workspace, workspace.forms(), workspace.drafted())
    sent = sent_forms(workspace.indicators, request.POST)
    if errors := _form_errors(sent):
        whole = [form.edit() for form in sent.values() if not form.errors]
        return _page(request, workspace, workspace.forms(sent), workspace.validated(whole), errors)
    edits = [form.edit() for form in sent.values()]
    try:
        saved = save_drafts(by=participant, month=month, edits=edits)
    except DraftConflict as conflict:
        return _conflict(request, workspace, sent, conflict)
    act, _, only = request.POST.get("act", SAVE).partition(":")
    if act != SUBMIT:
        words = (
            f"Draft saved: {count_words(saved, 'indicator')} changed."
            if saved
            else "Everything was saved already."
        )
        messages.success(request, words)
        return HttpResponseRedirect(workspace.address)
    return _submit(request, workspace.anew(), only, sent)


@contract_page("figure.enter")
@require_POST
def return_live(request: HttpRequest, participant: Participant, month: Month) -> HttpResponse:
    """What the figures in a form come to while they are typed, by the same rules; nothing is kept."""
    workspace = ReturnWorkspace.of(participant, month)
    sent = sent_forms(workspace.indicators, request.POST)
    edits = [form.edit() for form in sent.values() if form.is_valid()]
    validated, presenter = workspace.validated(edits), workspace.presenter()
    return JsonResponse(
        {
            code: render_to_string(
                "kpis/returns/_judged.html",
                {"judged": presenter.judged(code, validated.get(code), form.answers)},
            )
            for code, form in sent.items()
        }
    )


def _submit(
    request: HttpRequest, workspace: ReturnWorkspace, only: str, sent: Mapping[str, DraftEditForm]
) -> HttpResponse:
    """Submits all drafts, or one indicator's, where all of them are ready and stood in the form that was sent."""
    drafted = workspace.drafted()
    chosen = {code: validation for code, validation in drafted.items() if only in ("", code)}
    if unseen := {
        code: workspace.current[code]
        for code in chosen
        if not _was_seen(workspace.current[code], sent.get(code))
    }:
        return _conflict(request, workspace, sent, DraftConflict(unseen))
    errors = _errors(workspace, chosen.values())
    if errors:
        return _page(request, workspace, workspace.forms(), drafted, errors)
    if not chosen:
        messages.warning(request, "There is nothing new to submit.")
        return HttpResponseRedirect(workspace.address)
    try:
        done = submit_return(by=workspace.participant, month=workspace.month, validated=list(chosen.values()))
    except DraftConflict as conflict:
        return _conflict(request, workspace, sent, conflict)
    except (RoundRefused, FigureRefused) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _done_words(done))
    return HttpResponseRedirect(workspace.address)


def _was_seen(current: CurrentEntry, form: DraftEditForm | None) -> bool:
    """Whether the draft that is kept now is what the form showed, or has just made of it."""
    return form is not None and form.edit().text.content_hash == current.text.content_hash


def _done_words(done: Submitted) -> str:
    parts = [count_words(done.figures, "figure")] if done.figures else []
    if done.statements:
        parts.append(f"{count_words(done.statements, 'statement')} that a figure can’t be reported")
    if not parts:
        return "That was submitted already."
    sees = "it" if done.figures + done.statements == 1 else "them"
    return f"{' and '.join(parts)} submitted; the council sees {sees} now."


def _conflict(
    request: HttpRequest,
    workspace: ReturnWorkspace,
    sent: Mapping[str, DraftEditForm],
    conflict: DraftConflict,
) -> HttpResponse:
    """Both values, and the sender's own text still in the form, as if it had been begun from what is kept now.

    Where the sender had typed nothing, the form shows what is kept now.
    """
    forms = {code: form for code, form in sent.items() if code not in conflict.meanwhile}
    for code, current in conflict.meanwhile.items():
        touched = code in sent and not sent[code].edit().untouched
        shown = DraftEditForm.showing(workspace.indicators[code], current, beside_latest=True)
        forms[code] = sent[code].after(current) if touched else shown
    fresh = workspace.anew()
    errors = [
        (f"id_{code}-value", f"{code} changed meanwhile. Both versions stand below.")
        for code in conflict.meanwhile
    ]
    validated = fresh.validated([form.edit() for form in forms.values() if form.is_bound and form.is_valid()])
    return _page(request, fresh, fresh.forms(forms), validated, errors, conflict.meanwhile)


def _page(
    request: HttpRequest,
    workspace: ReturnWorkspace,
    forms: Mapping[str, DraftEditForm],
    validated: Mapping[str, Validation],
    errors: Sequence[Error] = (),
    meanwhile: Mapping[str, CurrentEntry] | None = None,
) -> HttpResponse:
    """The month's page; with what changed ``meanwhile`` it is the answer to a conflict."""
    months = months_to_return(workspace.participant.contract, workspace.today)
    at = months.index(workspace.month)
    neighbours = (months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None)
    page = workspace.presenter().page(forms, validated, errors, meanwhile, neighbours)
    shown = {"page": page, "upload_form": UploadForm(FIGURES)}
    status = 200 if meanwhile is None else 409
    return render(request, "kpis/returns/month_return.html", shown, status=status)


def _form_errors(sent: Mapping[str, DraftEditForm]) -> list[Error]:
    """Each field that holds more than can be kept, with where it stands."""
    return [
        (f"id_{form.add_prefix(name if name in form.fields else 'value')}", f"{code}: {message}")
        for code, form in sent.items()
        for name, found in form.errors.items()
        for message in found
    ]


def _errors(workspace: ReturnWorkspace, validated: Iterable[Validation]) -> list[Error]:
    """What keeps figures from being submitted, each with the field that it speaks of."""
    found: list[Error] = []
    for validation in validated:
        code = validation.edit.indicator.code
        fields = DraftEditForm.showing(validation.edit.indicator, workspace.current[code]).fields
        for problem in validation.problems:
            field = problem.column if problem.column in fields else "value"
            found.append((f"id_{code}-{field}", f"{code}: {problem.message}"))
        found += [
            (f"id_{code}-answer-{warned.code}", f"{code}: {warned.message} Say a word about it.")
            for warned in validation.unanswered
        ]
    return found
