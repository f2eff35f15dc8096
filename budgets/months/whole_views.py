"""A whole month submitted or accepted by one button, after a page that shows how much it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from budgets.books.keeping import answers, keeps
from budgets.books.places import above, book_url, period_page
from budgets.books.refusals import MoneyRefused
from budgets.books.selectors import book_named
from budgets.models import Book
from budgets.months.answering import act_on, left_words
from budgets.months.entering import submit_period
from budgets.months.refusals import DraftConflict, LinesRefused, MoneyConflict
from budgets.months.selectors import period_at
from budgets.months.whole import DraftedMonth, Fault, OpenMonth, Sum, drafted_month, open_month
from budgets.rules.money import written
from budgets.rules.periods import Period
from core import clock
from core.values.numbers import count_words
from kpis.rules import round as rounds
from parties.gate import contract_page
from parties.participants import Participant

READ = ["GET", "HEAD", "POST"]
MOST_NAMED = 20
CHANGED = (
    "Nothing was done: lines changed since this page was shown. They stand here as they are now; look again."
)


@dataclass(frozen=True)
class SumRow:
    name: str
    lines: str
    actual: str
    forecast: str


@dataclass(frozen=True)
class WholePage:
    """``button`` is empty where nothing can be done, ``able`` False where nothing is left to do, and ``take`` does it;
    ``refused`` says why what was sent wasn't done. ``made_up`` says how much of the sums is illustrative.
    """

    heading: str
    lede: str
    sums: Sequence[SumRow]
    faults: Sequence[Fault]
    more: int  # faults that aren't named
    button: str
    able: bool
    mark: str
    made_up: str
    take: Callable[[], str]
    refused: str = ""


@dataclass(frozen=True)
class Month:
    """One person before the whole of a book's period."""

    participant: Participant
    book: Book
    period: Period


@contract_page("money.enter", sends="Submit the drafts")
@require_http_methods(READ)
def submit(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    """All drafts of the month become entries, or none."""
    book = book_named(participant, book_code)
    if not keeps(participant, book):
        raise Http404("The other party’s drafts are its own.")
    month = Month(participant, book, period_at(book, year, number))

    def read() -> WholePage:
        found = drafted_month(participant, book, month.period)

        def take() -> str:
            if found.faults:
                raise MoneyRefused("Nothing was submitted: put this right first.")
            done = submit_period(by=participant, book=book, period=month.period, lines=found.lines)
            return f"{count_words(done, 'line')} submitted."

        return _drafts(month.period, found, take)

    return _answer(request, month, read)


@contract_page("money.answer", sends="Accept the lines")
@require_http_methods(READ)
def accept(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    """All lines that wait are accepted, but for those that are queried."""
    book = book_named(participant, book_code)
    if not answers(participant, book):
        raise Http404("The party that keeps a book doesn’t accept its months.")
    month = Month(participant, book, period_at(book, year, number))

    def read() -> WholePage:
        found = open_month(participant, book, month.period)

        def take() -> str:
            acted = act_on(by=participant, book=book, act=rounds.ACCEPT, seen=found.seen, today=clock.today())
            return f"{count_words(acted.number, 'line')} accepted.{left_words(acted.left)}"

        return _waiting(month.period, found, take)

    return _answer(request, month, read)


def _answer(request: HttpRequest, month: Month, read: Callable[[], WholePage]) -> HttpResponse:
    """Shows what would be done, and does it once what is sent says that the same was shown."""
    page = read()
    if request.method != "POST":
        return _page(request, month, page)
    if request.POST.get("seen") != page.mark:
        return (
            _page(request, month, replace(page, refused=CHANGED), 409) if page.able else _over(request, month)
        )
    try:
        done = page.take()
    except (MoneyConflict, DraftConflict, LinesRefused):
        return _page(request, month, replace(read(), refused=CHANGED), 409)
    except MoneyRefused as refused:
        return _page(request, month, replace(page, refused=str(refused)))
    messages.success(request, done)
    return _back(month)


def _over(request: HttpRequest, month: Month) -> HttpResponse:
    """The same sent twice, or somebody else was first."""
    messages.info(request, "That was done already: nothing more waits.")
    return _back(month)


def _back(month: Month) -> HttpResponse:
    return HttpResponseRedirect(period_page(month.participant.contract, month.book, month.period))


def _drafts(period: Period, found: DraftedMonth, take: Callable[[], str]) -> WholePage:
    drafts = len({fault.key for fault in found.faults})
    lede = f"{count_words(found.drafts.lines, 'draft')} of {count_words(found.of, 'line')} can be read."
    if found.empty:
        lede += f" Neither drafted nor entered: {count_words(found.empty, 'line')}."
    if drafts:
        lede += f" {count_words(drafts, 'draft')} can’t be submitted yet, so none is."
    if not (found.drafts.lines or drafts):
        lede = "Nothing is drafted of this month."
    able = found.lines and not found.faults
    return WholePage(
        heading=f"Submit the drafts of {period.label}",
        lede=lede,
        sums=[_row("These drafts", found.drafts), _row("The month with them", found.together)]
        if found.drafts.lines
        else [],
        faults=found.faults[:MOST_NAMED],
        more=max(0, len(found.faults) - MOST_NAMED),
        button=f"Submit {count_words(len(found.lines), 'line')}" if able else "",
        able=bool(found.drafts.lines or found.faults),
        mark=found.mark,
        made_up=_made_up(found.made_up),
        take=take,
    )


def _waiting(period: Period, found: OpenMonth, take: Callable[[], str]) -> WholePage:
    waiting = found.waiting.lines
    lede = f"{count_words(waiting, 'line')} of {found.of:,} wait for your answer."
    if not waiting:
        lede = "Nothing waits for your answer."
    if found.queried:
        lede += f" {count_words(found.queried, 'line')} queried and left as they are."
    return WholePage(
        heading=f"Accept {period.label}",
        lede=lede,
        sums=[_row("What waits", found.waiting)] if waiting else [],
        faults=[],
        more=0,
        button=f"Accept {count_words(waiting, 'line')}" if found.seen else "",
        able=bool(found.seen),
        mark=found.mark,
        made_up=_made_up(found.made_up),
        take=take,
    )


def _made_up(lines: int) -> str:
    return f"{count_words(lines, 'of these lines is', 'of these lines are')} made up." if lines else ""


def _row(name: str, found: Sum) -> SumRow:
    return SumRow(name, f"{found.lines:,}", written(found.actual), written(found.forecast))


def _page(request: HttpRequest, month: Month, page: WholePage, status: int = 200) -> HttpResponse:
    participant, book = month.participant, month.book
    address = period_page(participant.contract, book, month.period)
    context = {
        "page": page,
        "month_url": address,
        "parents": [
            *above(participant),
            (book.name, book_url(participant, book)),
            (month.period.label, address),
        ],
    }
    return render(request, "budgets/month_whole.html", context, status=status)
