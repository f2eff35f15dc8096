"""Finds in the database what deserves a word about a deadline today, of any number of contracts at once.

The Trust owes each month's figures while a contract indicator has neither a figure nor a statement that there is none;
the council owes its answers while a figure of the month waits for them. What has a day of its own is owed by the Trust:
the answer to a query, a figure that it couldn't report in time, the final one after a provisional one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from kpis.models import BandVersion, Figure, Indicator, Notice, Omission
from kpis.rules.deadlines import Deadline, deadline_on, deadlines
from kpis.rules.due import Kind
from kpis.selectors.own_days import HAS_OWN_DAY, OwnDay, days_of, open_figures, promised_days
from kpis.services.notices.telling import day_words, figure_page, name_words, review_page
from parties.models import Contract
from parties.roles import Role
from sandwell.numbers import count_words
from sandwell.periods import Month

Counts = Mapping[tuple[int, Month], int]


@dataclass(frozen=True)
class Owed:
    """One thing that is owed, as its notice says it; ``key`` is the notice's."""

    contract: Contract
    role: Role
    kind: Notice.Kind
    key: str
    words: str
    path: str


@dataclass(frozen=True)
class Duty:
    """What one party owes each month: what it is called, by which working day, and how much of it is open."""

    name: str
    role: Role
    working_day: Callable[[Contract], int]
    open_in: Callable[[Collection[int], Collection[Month]], Counts]
    words: Callable[[Month], str]
    open_words: Callable[[int], str]


def what_is_owed(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """All that deserves a word today. Four queries, however many contracts, months and figures there are."""
    monthly = [one for duty in DUTIES for one in _owed_monthly(duty, contracts, today)]
    return [*monthly, *_owed_on_own_days(contracts, today)]


def _owed_monthly(duty: Duty, contracts: Sequence[Contract], today: date) -> list[Owed]:
    """One query, or none where no month deserves a word."""
    concerned = [
        (deadline, contract)
        for contract in contracts
        for deadline in deadlines(*_months_reported(contract, today), duty.working_day(contract), today)
    ]
    months = sorted({deadline.month for deadline, _ in concerned})
    still_open = duty.open_in({contract.pk for _, contract in concerned}, months) if months else {}
    return [
        _owed(duty, contract, deadline, still_open[contract.pk, deadline.month], today)
        for deadline, contract in sorted(concerned, key=lambda pair: pair[0].month)
        if (contract.pk, deadline.month) in still_open
    ]


def _owed(duty: Duty, contract: Contract, deadline: Deadline, number: int, today: date) -> Owed:
    month = deadline.month
    when = _when(deadline, today, ("are due", "were due"))
    return Owed(
        contract,
        duty.role,
        _kind(deadline),
        key=f"{contract.code} {duty.name} {month}",
        words=f"{duty.words(month)} {when}; {duty.open_words(number)}.",
        path=_work_page(duty, contract, month),
    )


def _owed_on_own_days(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """Two queries."""
    by_key = {contract.pk: contract for contract in contracts}
    asked = open_figures(Figure.objects.filter(HAS_OWN_DAY, indicator__contract__in=by_key))
    promised = promised_days(Omission.objects.filter(indicator__contract__in=by_key))
    days = [(one, deadline_on(one.day, one.month, today)) for one in [*days_of(asked), *promised]]
    return [
        _owed_on(one, by_key[one.contract], deadline, today)
        for one, deadline in sorted(days, key=lambda pair: (pair[0].day, pair[0].kind))
        if deadline is not None
    ]


def _owed_on(one: OwnDay, contract: Contract, deadline: Deadline, today: date) -> Owed:
    figure = name_words(one.code, one.name, one.month)
    what, verbs = OWN_DAYS[one.kind]
    return Owed(
        contract,
        Role.TRUST_MANAGER,
        _kind(deadline),
        key=f"{KEYS[one.kind]} {one.source}",
        words=f"{what.format(figure)} {_when(deadline, today, verbs)}.",
        path=figure_page(contract, one.code, one.month)
        if one.kind == Kind.QUERY
        else f"{_return_page(contract, one.month)}#{one.code}",
    )


DUE, EXPECTED = ("is due", "was due"), ("is expected", "was expected")
OWN_DAYS = {
    Kind.QUERY: ("The answer to the council’s query about {}", DUE),
    Kind.EXPECTED: ("The figure of {}, which could not be reported in time,", EXPECTED),
    Kind.FINAL: ("The final figure after the provisional one of {}", EXPECTED),
}
# A notice's key must stay the same for what it is about: it is told once.
KEYS = {Kind.QUERY: "query", Kind.EXPECTED: "statement", Kind.FINAL: "revision"}


def _work_page(duty: Duty, contract: Contract, month: Month) -> str:
    """Where the one who is told does what is due: the Trust on the month's return, the council on its review."""
    if duty.role == Role.TRUST_MANAGER:
        return _return_page(contract, month)
    return review_page(contract, month)


def _return_page(contract: Contract, month: Month) -> str:
    return reverse("kpis:return", args=[contract.code, month])


def _months_reported(contract: Contract, today: date) -> tuple[Month, Month]:
    """The first month, and the last one that is over and that the contract still reports; later than it if none is."""
    first = Month.of(contract.starts_on)
    last = min(Month.of(today).previous(), first.next(12 * contract.years - 1))
    return first, min(last, Month.of(contract.reporting_until)) if contract.reporting_until else last


def _kind(deadline: Deadline) -> Notice.Kind:
    return Notice.Kind.OVERDUE if deadline.is_missed else Notice.Kind.DUE


def _when(deadline: Deadline, today: date, verbs: tuple[str, str]) -> str:
    """is due on 16 April 2020, in 3 working days; ``verbs`` are for what is to come and for what is past."""
    to_come, past = verbs
    day, left = day_words(deadline.due_on), deadline.working_days_left
    if left is None:
        return f"{past} on {day}"
    if deadline.due_on == today:
        return f"{to_come} on {day}, today"
    # A day of its own may be a Sunday.
    return f"{to_come} on {day}, " + (
        f"in {count_words(left, 'working day')}" if left else "before the next working day"
    )


def _without_figure(contracts: Collection[int], months: Collection[Month]) -> Counts:
    """How many contract indicators with a band in force have neither a figure nor a statement. One query."""
    names = {month: f"open_{month.first_day:%Y_%m}" for month in months}
    counted = {name: Count("pk", filter=_is_missing(month)) for month, name in names.items()}
    indicators = Indicator.objects.filter(contract__in=contracts, kind=Indicator.Kind.CONTRACT)
    rows: Any = indicators.order_by().values("contract").annotate(**counted)
    return {(row["contract"], month): row[name] for row in rows for month, name in names.items() if row[name]}


def _is_missing(month: Month) -> Q:
    first = month.first_day
    of_indicator = {"indicator": OuterRef("pk")}
    in_force = Q(valid_from__lte=first) & (Q(valid_to=None) | Q(valid_to__gte=first))
    return Q(
        Exists(BandVersion.objects.filter(in_force, **of_indicator)),
        ~Exists(Figure.objects.filter(month=first, **of_indicator)),
        ~Exists(Omission.objects.filter(month=first, **of_indicator)),
    )


def _without_answer(contracts: Collection[int], months: Collection[Month]) -> Counts:
    """How many figures wait for the council. One query."""
    rows = (
        Figure.objects.filter(
            indicator__contract__in=contracts,
            month__in=[month.first_day for month in months],
            state__in=[Figure.State.SUBMITTED, Figure.State.DISPUTED],
        )
        .order_by()
        .values_list("indicator__contract", "month")
    )
    return {
        (contract, Month.of(month)): number for contract, month, number in rows.annotate(open=Count("pk"))
    }


DUTIES = (
    Duty(
        name="figures",
        role=Role.TRUST_MANAGER,
        working_day=lambda contract: contract.figures_due_working_day,
        open_in=_without_figure,
        words=lambda month: f"The figures of {month.label}",
        open_words=lambda number: (
            f"{count_words(number, 'indicator has', 'indicators have')} neither a figure nor a reason yet"
        ),
    ),
    Duty(
        name="answers",
        role=Role.CLIENT_OFFICER,
        working_day=lambda contract: contract.answer_due_working_day,
        open_in=_without_answer,
        words=lambda month: f"The council’s answers to the figures of {month.label}",
        open_words=lambda number: f"{count_words(number, 'figure waits', 'figures wait')} for the council",
    ),
)
