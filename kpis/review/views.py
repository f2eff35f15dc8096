"""The council reviews a month's figures; the Trust answers its queries."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.values.months import Month
from core.values.numbers import count_words
from kpis.engine.readings import Reading
from kpis.engine.selectors import all_readings, recent_readings
from kpis.engine.waking import caught_up
from kpis.figures.models import FigureRevision
from kpis.months.asking import NoSuchMonth, asked_month
from kpis.months.preamble import no_such_month, nothing_computed
from kpis.review.figure_presenter import HISTORY, RefusedAnswer, figure_page, statement_page
from kpis.review.forms import DISPUTES, AnswerForm, QueryForm
from kpis.review.presenter import ReturnedMonth, review_page
from kpis.review.refusals import FigureConflict, RoundRefused
from kpis.review.selectors import figures_of, open_months, revisions_seen, statements_of
from kpis.review.services import accept_figures, explain_figure, query_figure
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

MOST_AT_ONCE = 200


@contract_page("round.view")
@require_safe
def review(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A month's figures by whose turn it is; without a month the oldest that waits for an answer."""
    fresh, waiting = caught_up(participant), open_months(participant)
    if fresh.first is None:
        return nothing_computed(request, participant, fresh)
    try:
        month = asked_month(request.GET, fresh)
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    if "month" not in request.GET and waiting:
        month = next(iter(waiting))
    page = review_page(
        participant,
        month,
        fresh,
        ReturnedMonth(
            [reading for _, reading in all_readings(participant, month)],
            figures_of(participant, month),
            statements_of(participant, month),
        ),
        waiting,
        clock.today(),
    )
    return render(
        request, "kpis/review/review.html", {"page": page, "may_answer": participant.may("figure.answer")}
    )


@contract_page("round.view")
@require_safe
def figure_review(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """One figure, what both parties said about it, and the forms for whoever's turn it is."""
    return _figure_asked_for(request, participant, code)


@contract_page("figure.answer", sends="Accept")
@require_POST
def accept(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Accepts the revisions that the officer saw; with "withdraws", over a query of the council's own."""
    chosen = request.POST.getlist("revision")
    seen = revisions_seen(participant, _keys(chosen[:MOST_AT_ONCE]))
    back = _review_address(participant, seen)
    if len(chosen) > MOST_AT_ONCE:
        messages.warning(
            request, f"At most {MOST_AT_ONCE} figures are accepted at once. None of these was accepted."
        )
        return HttpResponseRedirect(back)
    if not seen:
        messages.warning(request, "No figure was chosen, so none was accepted.")
        return HttpResponseRedirect(back)
    try:
        accepted = accept_figures(by=participant, seen=seen, withdraws=request.POST.get("withdraws") == "1")
    except FigureConflict as refused:
        if len(seen) > 1:
            return render(request, "409.html", {"refused": str(refused), "back": back}, status=409)
        return _refused(request, participant, seen[0], refused)
    except RoundRefused as refused:
        messages.warning(request, str(refused))
    else:
        done = f"{count_words(accepted, 'figure')} accepted." if accepted else "That was accepted already."
        messages.success(request, done)
    return HttpResponseRedirect(back)


@contract_page("figure.answer", sends="Ask the Trust", asks=Asks(QueryForm))
@require_POST
def query(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """Asks the Trust about a figure; with "reopens", about one that was accepted."""
    seen = _seen(request, participant, code)
    form = QueryForm(request.POST, today=clock.today())
    if not form.is_valid():
        return _figure_asked_for(request, participant, code, seen, form)
    if seen is None:
        raise _no_such_figure()
    given = form.cleaned_data
    try:
        done = query_figure(
            by=participant,
            seen=seen,
            reason=given["reason"],
            answer_by=given["answer_by"],
            today=form.today,
            reopens=request.POST.get("reopens") == "1",
        )
    except RoundRefused as refused:
        return _refused(request, participant, seen, refused, given["reason"], form)
    messages.success(request, "The Trust is asked." if done else "The Trust was asked already.")
    return HttpResponseRedirect(_figure_address(participant, seen))


@contract_page("query.answer", sends="Send the answer", asks=Asks(AnswerForm))
@require_POST
def answer(request: HttpRequest, participant: Participant, code: str) -> HttpResponse:
    """Answers the council's query in words."""
    seen = _seen(request, participant, code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _figure_asked_for(request, participant, code, seen, form)
    if seen is None:
        raise _no_such_figure()
    given = form.cleaned_data
    try:
        done = explain_figure(
            by=participant, seen=seen, words=given["words"], disputes=given["kind"] == DISPUTES
        )
    except RoundRefused as refused:
        return _refused(request, participant, seen, refused, given["words"], form)
    words = "Your answer is with the council." if done else "You answered the council already."
    messages.success(request, words)
    return HttpResponseRedirect(_figure_address(participant, seen))


def _keys(texts: list[str]) -> list[int]:
    """What can be a row's key at all; SQLite fails on a number that no column holds."""
    return [int(text) for text in texts if re.fullmatch("[0-9]{1,18}", text)]


def _seen(request: HttpRequest, participant: Participant, code: str) -> FigureRevision | None:
    """The revision that the page showed; None where the form names none."""
    seen = revisions_seen(participant, _keys([request.POST.get("revision", "")]))
    if seen and seen[0].figure.indicator.code != code:
        raise _no_such_figure()
    return seen[0] if seen else None


def _figure_asked_for(
    request: HttpRequest,
    participant: Participant,
    code: str,
    seen: FigureRevision | None = None,
    form: QueryForm | AnswerForm | None = None,
) -> HttpResponse:
    """The figure of the month that was seen, else of the month in the address."""
    if seen is not None:
        return _figure_answer(request, participant, code, Month.of(seen.figure.month), form)
    fresh = caught_up(participant)
    if fresh.first is None:
        raise _no_such_figure()
    try:
        month = asked_month(request.GET, fresh)
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    return _figure_answer(request, participant, code, month, form)


def _refused(
    request: HttpRequest,
    participant: Participant,
    seen: FigureRevision,
    refused: RoundRefused,
    typed: str = "",
    form: QueryForm | AnswerForm | None = None,
) -> HttpResponse:
    """The figure as it is now beside what was seen, with all that was typed."""
    month, code = Month.of(seen.figure.month), seen.figure.indicator.code
    answer = RefusedAnswer(str(refused), seen, typed)
    return _figure_answer(request, participant, code, month, form, answer)


def _figure_answer(
    request: HttpRequest,
    participant: Participant,
    code: str,
    month: Month,
    form: QueryForm | AnswerForm | None = None,
    refused: RefusedAnswer | None = None,
) -> HttpResponse:
    """The figure with the forms for its next step: the ``form`` that was sent, the other one empty."""
    today = clock.today()
    figure = figures_of(participant, month, code).get(code)
    readings = recent_readings(participant, code, month, HISTORY)
    if not readings or readings[-1].month != month:
        raise _no_such_figure()
    if figure is None:
        return _statement(request, participant, month, code, readings[-1])
    page = figure_page(participant, caught_up(participant), readings, figure, today, refused)
    forms = {
        "query_form": form if isinstance(form, QueryForm) else QueryForm(today=today),
        "answer_form": form if isinstance(form, AnswerForm) else AnswerForm(),
    }
    status = 409 if refused else 200
    return render(request, "kpis/review/figure_review.html", {"page": page, **forms}, status=status)


def _statement(
    request: HttpRequest, participant: Participant, month: Month, code: str, reading: Reading
) -> HttpResponse:
    """What the Trust stated about a figure that it can't report yet; there is nothing to accept or to ask."""
    statement = statements_of(participant, month, code).get(code)
    if statement is None or request.method == "POST":
        raise _no_such_figure()
    page = statement_page(participant, month, caught_up(participant), reading, statement, clock.today())
    return render(request, "kpis/review/statement_review.html", {"page": page})


def _no_such_figure() -> Http404:
    return Http404("This contract has no such figure.")


def _figure_address(participant: Participant, seen: FigureRevision) -> str:
    address = reverse("kpis:figure-review", args=[participant.contract.code, seen.figure.indicator.code])
    return f"{address}?month={Month.of(seen.figure.month)}"


def _review_address(participant: Participant, seen: list[FigureRevision]) -> str:
    month = f"?month={Month.of(seen[0].figure.month)}" if seen else ""
    return reverse("kpis:review", args=[participant.contract.code]) + month
