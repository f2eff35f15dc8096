"""The council reviews a month's figures; the Trust answers its queries."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kpis.forms.filters import NoSuchMonth, asked_month
from kpis.forms.review import DISPUTES, AnswerForm, QueryForm
from kpis.models import FigureRevision
from kpis.presenters.months import month_picker
from kpis.presenters.review import FigurePage, figure_page, review_page
from kpis.selectors.round import figures_of, open_months, revisions_seen
from kpis.selectors.statuses import all_readings
from kpis.services.round.answering import accept_figures, explain_figure, query_figure
from kpis.services.round.refusals import FigureConflict, RoundRefused
from kpis.services.versions import caught_up
from kpis.views.months import no_such_month, nothing_computed
from parties.access import Reader, contract_page
from sandwell.numbers import count_words
from sandwell.periods import Month

MOST_AT_ONCE = 200


@contract_page("round.view", "figures_version")
@require_safe
def review(request: HttpRequest, reader: Reader) -> HttpResponse:
    """A month's figures by whose turn it is; without a month the oldest that waits for an answer."""
    fresh, waiting = caught_up(reader), open_months(reader)
    if fresh.first is None:
        return nothing_computed(request, reader, fresh)
    try:
        month = asked_month(request.GET, fresh)
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    if "month" not in request.GET and waiting:
        month = next(iter(waiting))
    page = review_page(
        reader.contract.code,
        month,
        all_readings(reader, month),
        figures_of(reader, month),
        waiting,
        month_picker(fresh, month, []),
        timezone.localdate(),
    )
    return render(request, "kpis/review.html", {"page": page, "may_answer": reader.may("figure.answer")})


@contract_page("round.view", "figures_version")
@require_safe
def figure_review(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """One figure, what both parties said about it, and the forms for whoever's turn it is."""
    return _figure_answer(request, reader, code)


@contract_page("figure.answer")
@require_POST
def accept(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Accepts the revisions that the officer saw."""
    chosen = request.POST.getlist("revision")
    seen = revisions_seen(reader, _keys(chosen[:MOST_AT_ONCE]))
    back = _review_address(reader, seen)
    if len(chosen) > MOST_AT_ONCE:
        messages.warning(
            request, f"At most {MOST_AT_ONCE} figures are accepted at once. None of these was accepted."
        )
        return HttpResponseRedirect(back)
    if not seen:
        messages.warning(request, "No figure was chosen, so none was accepted.")
        return HttpResponseRedirect(back)
    try:
        accepted = accept_figures(reader=reader, seen=seen)
    except FigureConflict as refused:
        return _conflict(request, refused, back)
    except RoundRefused as refused:
        messages.warning(request, str(refused))
    else:
        done = f"{count_words(accepted, 'figure')} accepted." if accepted else "That was accepted already."
        messages.success(request, done)
    return HttpResponseRedirect(back)


@contract_page("figure.answer", "figures_version")
@require_POST
def query(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Asks the Trust about a figure."""
    form = QueryForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _figure_answer(request, reader, code, query_form=form)
    given = form.cleaned_data
    return _done(
        request, reader, code, "The Trust is asked.",
        lambda seen: query_figure(
            reader=reader, seen=seen, reason=given["reason"], answer_by=given["answer_by"], today=form.today
        ),
    )  # fmt: skip


@contract_page("query.answer", "figures_version")
@require_POST
def answer(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """Answers the council's query in words."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _figure_answer(request, reader, code, answer_form=form)
    given = form.cleaned_data
    return _done(
        request, reader, code, "Your answer is with the council.",
        lambda seen: explain_figure(
            reader=reader, seen=seen, words=given["words"], disputes=given["kind"] == DISPUTES
        ),
    )  # fmt: skip


def _keys(texts: list[str]) -> list[int]:
    """What can be a row's key at all; SQLite fails on a number that no column holds."""
    return [int(text) for text in texts if re.fullmatch("[0-9]{1,18}", text)]


def _done(request: HttpRequest, reader: Reader, code: str, words: str, act: Any) -> HttpResponse:
    """Does it to the revision that the page showed, and leads back to the figure."""
    seen = revisions_seen(reader, _keys([request.POST.get("revision", "")]))
    if not seen or seen[0].figure.indicator.code != code:
        raise Http404("This contract has no such figure.")
    month = Month.of(seen[0].figure.month)
    back = f"{reverse('kpis:figure-review', args=[reader.contract.code, code])}?month={month}"
    try:
        act(seen[0])
    except FigureConflict as refused:
        return _conflict(request, refused, back)
    except RoundRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(back)


def _figure_answer(
    request: HttpRequest,
    reader: Reader,
    code: str,
    query_form: QueryForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    fresh, today = caught_up(reader), timezone.localdate()
    try:
        month = asked_month(request.GET, fresh) if fresh.first else None
    except NoSuchMonth as refused:
        return no_such_month(request, fresh, refused)
    page = _figure_page(reader, month, code) if month else None
    if page is None:
        raise Http404("This contract has no such figure.")
    forms = {"query_form": query_form or QueryForm(today=today), "answer_form": answer_form or AnswerForm()}
    may = {"may_answer": reader.may("figure.answer"), "may_explain": reader.may("query.answer")}
    return render(request, "kpis/figure_review.html", {"page": page, **forms, **may})


def _figure_page(reader: Reader, month: Month, code: str) -> FigurePage | None:
    figure = figures_of(reader, month).get(code)
    readings = {reading.code: reading for _, reading in all_readings(reader, month)}
    if figure is None or code not in readings:
        return None
    return figure_page(reader.contract.code, month, readings[code], figure, timezone.localdate())


def _review_address(reader: Reader, seen: list[FigureRevision]) -> str:
    month = f"?month={Month.of(seen[0].figure.month)}" if seen else ""
    return reverse("kpis:review", args=[reader.contract.code]) + month


def _conflict(request: HttpRequest, refused: FigureConflict, back: str) -> HttpResponse:
    return render(request, "409.html", {"refused": str(refused), "back": back}, status=409)
