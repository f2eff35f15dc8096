"""Versions of a book's budget: the list, the form by which one party proposes, and the page on which both meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets.books.keeping import either_party, takes_part
from budgets.books.refusals import MoneyRefused
from budgets.books.selectors import book_named
from budgets.models import Book, ProposalAnswer
from budgets.models.book import WORDS
from budgets.months.asking import Asked
from budgets.months.browsing import browse_of
from budgets.months.selectors import year_at
from budgets.versions.answering import answer_proposal
from budgets.versions.forms import ChangeForm, lines_changed
from budgets.versions.presenter import (
    HEADING,
    above_versions,
    change_page,
    change_url,
    versions_page,
    versions_url,
)
from budgets.versions.proposing import propose
from budgets.versions.refusals import ChangeConflict, ChangeRefused
from budgets.versions.selectors import (
    latest_version,
    lines_offered,
    loaded_versions,
    open_years,
    proposal_numbered,
    proposals_of,
)
from core import clock
from core.values.months import ContractYear
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

# Buttons of the form that bring other lines, and keep what was typed.
SHOW, BEFORE, NEXT = "show", "before", "next"
ACTS = {
    "agree": (ProposalAnswer.Kind.AGREED, "agreed: it holds from now on."),
    "decline": (ProposalAnswer.Kind.DECLINED, "declined."),
    "withdraw": (ProposalAnswer.Kind.WITHDRAWN, "withdrawn."),
}
CHANGE_LABELS = (
    ("budget", "New budget"),
    ("under", "Part of the book"),
    ("page", "Page of lines"),
    ("act", "What you do"),
)
LABELS = (("words", "Your words"), ("act", "What you do"))


@dataclass(frozen=True)
class Sent:
    """The form of a change, and why it is shown again."""

    form: ChangeForm
    refused: str = ""
    faults: Sequence[str] = ()
    conflict: bool = False


@contract_page("money.view")
@require_safe
def versions(request: HttpRequest, participant: Participant, book_code: str) -> HttpResponse:
    """What holds, what waits for an answer, and what never held."""
    book = book_named(participant, book_code)
    page = versions_page(
        participant, book, proposals_of(participant, book), loaded_versions(book), open_years(book)
    )
    return render(request, "budgets/versions.html", {"page": page})


@contract_page(
    either_party,
    sends="Propose the change",
    asks=Asks(ChangeForm, labels=CHANGE_LABELS),
)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_change(request: HttpRequest, participant: Participant, book_code: str, year: int) -> HttpResponse:
    """The form of a change, and what it becomes."""
    book = book_named(participant, book_code)
    of = year_at(book, year)
    if request.method == "POST":
        return _proposed(request, participant, book, of)
    offered = lines_offered(book, of, Asked.of(request.GET), [])
    form = ChangeForm(offered=offered, initial={"version": latest_version(book)})
    return _form(request, participant, book, of, Sent(form))


def _proposed(request: HttpRequest, participant: Participant, book: Book, of: ContractYear) -> HttpResponse:
    """What was typed becomes a proposal, or stands in the form again with what is missing, or beside other lines."""
    turned = _turned_to(request.POST)
    offered = lines_offered(book, of, turned or Asked.of(request.POST), lines_changed(request.POST))
    if turned:
        return _form(request, participant, book, of, Sent(ChangeForm.going_on(request.POST, offered)))
    form = ChangeForm(request.POST, offered=offered)
    wanted = form.wanted(of)
    if wanted is None:
        return _form(request, participant, book, of, Sent(form))
    try:
        proposal = propose(by=participant, book=book, wanted=wanted, today=clock.today())
    except ChangeConflict as conflict:
        again = request.POST.copy()
        again["version"] = str(latest_version(book))
        form = ChangeForm(again, offered=offered)
        return _form(request, participant, book, of, Sent(form, str(conflict), conflict=True))
    except MoneyRefused as refused:
        faults = refused.faults if isinstance(refused, ChangeRefused) else ()
        return _form(request, participant, book, of, Sent(form, str(refused), faults))
    messages.success(request, "The change is proposed; the other party sees it now.")
    return HttpResponseRedirect(change_url(participant, book, proposal.number))


def _turned_to(sent: QueryDict) -> Asked | None:
    """The other lines that a button asks for; None where the change is to be proposed."""
    act, asked = sent.get("act", ""), Asked.of(sent)
    if act == SHOW:
        return asked.at(1)
    steps = {BEFORE: -1, NEXT: 1}
    return asked.at(max(1, asked.page + steps[act])) if act in steps else None


@contract_page("money.view")
@require_safe
def change(request: HttpRequest, participant: Participant, book_code: str, number: int) -> HttpResponse:
    """One change: each line before and after, who proposed it and who answered."""
    book = book_named(participant, book_code)
    return _page(request, participant, book, number)


@contract_page(either_party, sends="Send the answer", asks=Asks(labels=LABELS))
@require_POST
def answer_change(
    request: HttpRequest, participant: Participant, book_code: str, number: int
) -> HttpResponse:
    """The other party agrees or declines, its own withdraws."""
    book = book_named(participant, book_code)
    proposal = proposal_numbered(participant, book, number)
    act, words = request.POST.get("act", ""), request.POST.get("words", "")[:WORDS]
    try:
        if act not in ACTS:
            raise MoneyRefused("Choose what you do.")
        kind, done = ACTS[act]
        answer_proposal(
            by=participant, book=book, proposal=proposal, kind=kind, words=words, today=clock.today()
        )
    except MoneyRefused as refused:
        return _page(request, participant, book, number, str(refused), words)
    messages.success(request, f"The change is {done}")
    return HttpResponseRedirect(change_url(participant, book, number))


def _form(
    request: HttpRequest, participant: Participant, book: Book, year: ContractYear, sent: Sent
) -> HttpResponse:
    parents = [*above_versions(participant, book), (HEADING, versions_url(participant, book))]
    context = {
        "book": book,
        "year": year,
        "sent": sent,
        "parents": parents,
        "browse": browse_of(sent.form.offered.selected, drafts=False, known=""),
        "is_open": year in open_years(book) and takes_part(participant, book),
    }
    status = 409 if sent.conflict else 200
    return render(request, "budgets/propose_change.html", context, status=status)


def _page(
    request: HttpRequest,
    participant: Participant,
    book: Book,
    number: int,
    refused: str = "",
    words: str = "",
) -> HttpResponse:
    page = change_page(participant, book, proposal_numbered(participant, book, number))
    return render(request, "budgets/change.html", {"page": page, "refused": refused, "words": words})
