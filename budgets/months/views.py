"""A book's period: entered by whoever keeps the book, asked about and accepted by the other party, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from budgets.books.keeping import either_party, keeps
from budgets.books.known import asked_day, no_such_day
from budgets.books.names import full_name
from budgets.books.refusals import MoneyRefused
from budgets.books.selectors import book_named
from budgets.models import Book
from budgets.models.book import WORDS
from budgets.months.answering import KINDS, act_on, close_period, left_words
from budgets.months.asking import Asked, Selected, lines_asked, lines_keyed
from budgets.months.drafting import drop_drafts, keep_drafts
from budgets.months.entering import LineSaid, drafts_of, entries_of, submit_period, to_come
from budgets.months.entry_form import Both, both_of_draft, both_of_entry
from budgets.months.forms import LineForm, lines_sent
from budgets.months.presenter import Shown, month_page, period_url
from budgets.months.refusals import DraftConflict, LinesRefused, MoneyConflict
from budgets.months.selectors import drafted, entered_by, entries_seen, period_at, states_of, steps_of
from budgets.months.standing import closed_of, standing_of
from budgets.rules.periods import Period
from core import clock
from core.forms import row_key
from core.values.numbers import count_words
from kpis.months.asking import NoSuchDay
from parties.gate import contract_page
from parties.participants import Participant
from parties.typed_fields import Asks

SUBMIT = "submit"
DONE = {
    "accept": "accepted",
    "withdraw": "accepted, and the query withdrawn",
    "query": "queried",
    "reopen": "reopened",
    "explain": "answered",
    "dispute": "disputed",
}
LABELS = (("words", "Your words"), ("act", "What you do"), ("entry", "Lines"))


@dataclass(frozen=True)
class Desk:
    """One person before one period of a book."""

    participant: Participant
    book: Book
    period: Period
    asked: Asked

    @classmethod
    def of(
        cls, request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
    ) -> Desk:
        book = book_named(participant, book_code)
        return cls(participant, book, period_at(book, year, number), Asked.of(request.GET))

    @property
    def enters(self) -> bool:
        return keeps(self.participant, self.book) and not to_come(self.period, clock.today())

    def back(self) -> HttpResponse:
        """To the lines from which the form was sent."""
        address = period_url(self.participant, self.book, self.period)
        return HttpResponseRedirect(f"{address}{self.asked.query}")

    def sent_forms(self, sent: QueryDict) -> dict[str, LineForm]:
        """The forms of the lines that were sent."""
        lines = lines_keyed(self.book, lines_sent(sent))
        return {
            code: LineForm(sent, stands=one)
            for code, one in standing_of(self.book, self.period, lines).items()
        }

    def selected(self, sent: Mapping[str, LineForm]) -> Selected:
        """The lines that are asked for, or those that were sent and are shown again."""
        drafts = keeps(self.participant, self.book)
        selected = lines_asked(self.book, self.period, self.asked, drafts=drafts)
        return replace(selected, lines=[form.line for form in sent.values()]) if sent else selected


@dataclass(frozen=True)
class Again:
    """A page that is shown again: what was sent, and why; ``both`` are the lines that two people entered."""

    forms: Mapping[str, LineForm]
    said: str = ""
    words: str = ""
    conflict: bool = False
    both: Mapping[str, Both] = field(default_factory=dict)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each with the field to which it leads."""
        chosen = [
            (f"{form.prefix}-choice", f"{full_name(form.line)}: choose what is to stand")
            for code, form in self.forms.items()
            if code in self.both
        ]
        return chosen + [
            (field.id_for_label, f"{full_name(form.line)}: {error}")
            for form in self.forms.values()
            for field in form.visible_fields()
            for error in field.errors
        ]


FRESH = Again({})


@contract_page("money.view")
@require_safe
def period(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    """Where each line stands, and the forms of whoever enters it; ``?known=2019-05-14`` what was known that day."""
    desk = Desk.of(request, participant, book_code, year, number)
    today = clock.today()
    try:
        known = asked_day(request.GET.get("known", ""), desk.book, today)
    except NoSuchDay as refused:
        return no_such_day(request, refused, desk.book, today)
    return _page(request, desk) if known is None else _page_as_known(request, desk, known)


@contract_page("money.enter", sends="Save as draft", asks=Asks(LineForm))
@require_POST
def enter(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    """Keeps what was typed as drafts, or submits the lines in which something was typed."""
    desk = Desk.of(request, participant, book_code, year, number)
    forms = desk.sent_forms(request.POST)
    valid = [form.is_valid() for form in forms.values()]
    if not all(valid):
        return _page(request, desk, Again(forms))
    touched = [form for form in forms.values() if form.is_touched and not form.leaves_theirs]
    if request.POST.get("act") != SUBMIT:
        drafted = [form for form in forms.values() if not form.is_touched and form.drafted]
        return _saved(request, desk, forms, [*touched, *(form for form in drafted if not form.leaves_theirs)])
    said = [form.said() for form in touched]
    whole = [one for one in said if one is not None]
    if len(whole) < len(said):
        return _page(request, desk, Again(forms))
    return _submitted(request, desk, forms, whole)


@contract_page(either_party, sends="Send", asks=Asks(labels=LABELS))
@require_POST
def answer(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    """An act of the round on the lines that were ticked."""
    desk = Desk.of(request, participant, book_code, year, number)
    act, words = request.POST.get("act", ""), request.POST.get("words", "")[:WORDS]
    keys = [row_key(key) for key in request.POST.getlist("entry")]
    try:
        seen = entries_seen(participant, desk.book, keys)
        if act not in KINDS or not seen:
            raise MoneyRefused("Tick the lines that you mean, and choose what you do.")
        done = act_on(by=participant, book=desk.book, act=act, seen=seen, words=words, today=clock.today())
    except MoneyRefused as refused:
        return _page(request, desk, Again({}, str(refused), words, isinstance(refused, MoneyConflict)))
    messages.success(request, f"{count_words(done.number, 'line')} {DONE[act]}.{left_words(done.left)}")
    return desk.back()


@contract_page("money.answer", sends="Close the month")
@require_POST
def close(
    request: HttpRequest, participant: Participant, book_code: str, year: int, number: int
) -> HttpResponse:
    desk = Desk.of(request, participant, book_code, year, number)
    try:
        is_new = close_period(
            by=participant,
            book=desk.book,
            period=desk.period,
            today=clock.today(),
            incomplete="incomplete" in request.POST,
        )
    except MoneyRefused as refused:
        return _page(request, desk, Again({}, str(refused)))
    closed = "is closed." if is_new else "was closed already."
    messages.success(request, f"{capfirst(desk.period.label)} {closed}")
    return desk.back()


def _saved(
    request: HttpRequest, desk: Desk, forms: Mapping[str, LineForm], touched: Sequence[LineForm]
) -> HttpResponse:
    typed = [form.typed() for form in touched]
    try:
        changed = keep_drafts(by=desk.participant, book=desk.book, period=desk.period, lines=typed)
    except DraftConflict as refused:
        return _drafted_meanwhile(request, desk, forms, refused)
    except MoneyRefused as refused:
        return _page(request, desk, Again(forms, str(refused)))
    _drop_given_up(desk, forms)
    messages.success(request, f"Draft saved: {count_words(changed, 'line')} changed.")
    return desk.back()


def _submitted(
    request: HttpRequest, desk: Desk, forms: Mapping[str, LineForm], said: Sequence[LineSaid]
) -> HttpResponse:
    try:
        done = submit_period(by=desk.participant, book=desk.book, period=desk.period, lines=said)
    except LinesRefused as refused:
        for code, faults in refused.faults.items():
            for field, message in faults:
                forms[code].add_error(field, message)
        return _page(request, desk, Again(forms, str(refused)))
    except DraftConflict as refused:
        return _drafted_meanwhile(request, desk, forms, refused)
    except MoneyConflict as refused:
        begun = entries_of(desk.book, [forms[code].begun for code in refused.meanwhile])
        both = {
            code: both_of_entry(theirs, begun.get(forms[code].begun or 0), forms[code])
            for code, theirs in refused.meanwhile.items()
        }
        return _page(request, desk, Again(forms, str(refused), conflict=True, both=both))
    except MoneyRefused as refused:
        return _page(request, desk, Again(forms, str(refused)))
    given_up = _drop_given_up(desk, forms)
    if done or not given_up:
        words = f"{count_words(done, 'line')} submitted." if done else "That was submitted already."
    else:
        words = f"{count_words(given_up, 'line')} left as the other person entered it."
    messages.success(request, words)
    return desk.back()


def _drafted_meanwhile(
    request: HttpRequest, desk: Desk, forms: Mapping[str, LineForm], refused: DraftConflict
) -> HttpResponse:
    """The page on which the person chooses between the other draft and what was typed."""
    lines = [form.line for form in forms.values()]
    stands = standing_of(desk.book, desk.period, lines)
    both = {
        code: both_of_draft(theirs, stands[code], forms[code]) for code, theirs in refused.meanwhile.items()
    }
    return _page(request, desk, Again(forms, str(refused), conflict=True, both=both))


def _drop_given_up(desk: Desk, forms: Mapping[str, LineForm]) -> int:
    """Drops what was drafted of lines where the other person's entry is to stand; how many they are."""
    lines = [form.line for form in forms.values() if form.leaves_theirs]
    own = [form.line for form in forms.values() if form.leaves_theirs and form.cleaned_data["seen"]]
    if own:
        drop_drafts(by=desk.participant, book=desk.book, period=desk.period, lines=own)
    return len(lines)


def _page_as_known(request: HttpRequest, desk: Desk, known: date) -> HttpResponse:
    """What had been entered by the end of the day, to be read only."""
    desk = replace(desk, asked=replace(desk.asked, only=""))
    selected = desk.selected({})
    stands = standing_of(desk.book, desk.period, selected.lines, known)
    shown = Shown(
        selected=selected,
        stands=stands,
        closed=closed_of(stands, desk.book, desk.period, known),
        states={},
        drafts=0,
        steps=steps_of(desk.participant, stands.values(), known),
        forms={},
        both={},
        today=clock.today(),
        known=known,
        entered=entered_by(desk.book, desk.period, known),
    )
    page = month_page(desk.participant, desk.book, desk.period, shown)
    return render(request, "budgets/period.html", {"page": page, "again": FRESH})


def _page(request: HttpRequest, desk: Desk, again: Again = FRESH) -> HttpResponse:
    """The period as it is now, with the forms as they were sent."""
    selected = desk.selected(again.forms)
    stands = standing_of(desk.book, desk.period, selected.lines)
    forms: dict[str, LineForm] = {}
    if desk.enters:
        drafts = drafts_of(selected.lines, desk.period)
        forms = {code: LineForm.showing(one, drafts.get(one.line.pk)) for code, one in stands.items()}
    shown = Shown(
        selected=selected,
        stands=stands,
        closed=closed_of(stands, desk.book, desk.period),
        states=states_of(desk.book, desk.period),
        drafts=drafted(desk.book, desk.period) if desk.enters else 0,
        steps=steps_of(desk.participant, stands.values()),
        forms=forms | dict(again.forms),
        both=again.both,
        today=clock.today(),
    )
    page = month_page(desk.participant, desk.book, desk.period, shown)
    context = {"page": page, "again": again}
    return render(request, "budgets/period.html", context, status=409 if again.conflict else 200)
