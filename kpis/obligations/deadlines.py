"""Finds in the database what deserves a word about a deadline today, of any number of contracts at once.

The Trust owes each month's figures while a contract indicator has neither a figure nor a statement that there is none;
the council owes its answers while a figure of the month waits for them. What has a day of its own is owed by the Trust:
the answer to a query, a figure that it couldn't report in time, the final one after a provisional one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from core.values.months import Month
from kpis.figures.models import Figure, Omission
from kpis.obligations.monthly import MONTHLY, MonthlyObligation, return_page
from kpis.obligations.own_days import HAS_OWN_DAY, OwnDay, days_of, open_figures, promised_days
from kpis.review.notices import figure_page, name_words
from kpis.rules.deadlines import Deadline, deadline_on, deadlines, when_words
from kpis.rules.due import Kind
from kpis.terms import months_over
from notices.kinds import DUE, OVERDUE, Owed
from parties.models import Contract


def what_is_owed(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """All that deserves a word today. Four queries, however many contracts, months and figures there are."""
    monthly = [deadline for obligation in MONTHLY for deadline in _owed_monthly(obligation, contracts, today)]
    return [*monthly, *_owed_on_own_days(contracts, today)]


def with_earlier_months(owed: Sequence[Owed]) -> list[Owed]:
    """The same, but what is overdue says how many months before it are open as well: they have no notice of their own.

    A query for each obligation of which a month is overdue.
    """
    concerned: dict[str, set[int]] = defaultdict(set)
    for deadline in owed:
        if deadline.remark and deadline.kind == OVERDUE:
            concerned[deadline.remark[0].name].add(deadline.contract.pk)
    still_open = {
        (obligation.name, *where)
        for obligation in MONTHLY
        if obligation.name in concerned
        for where in obligation.open_months(concerned[obligation.name])
    }
    return [_with_earlier(deadline, still_open) if deadline.remark else deadline for deadline in owed]


def _with_earlier(owed: Owed, still_open: Collection[tuple[str, int, date]]) -> Owed:
    obligation, month = owed.remark
    first = Month.of(owed.contract.starts_on).first_day
    earlier = [
        day
        for name, contract, day in still_open
        if (name, contract) == (obligation.name, owed.contract.pk) and first <= day < month.first_day
    ]
    if owed.kind != OVERDUE or not earlier:
        return owed
    words = f"{owed.words.removesuffix('.')}; {obligation.earlier_words(len(earlier))}."
    return replace(owed, words=words, path=reverse(obligation.all_months, args=[owed.contract.code]))


def _owed_monthly(obligation: MonthlyObligation, contracts: Sequence[Contract], today: date) -> list[Owed]:
    """One query, or none where no month deserves a word."""
    concerned = [
        (deadline, contract)
        for contract in contracts
        for deadline in deadlines(*months_over(contract, today), obligation.working_day(contract), today)
    ]
    months = sorted({deadline.month for deadline, _ in concerned})
    still_open = obligation.open_in({contract.pk for _, contract in concerned}, months) if months else {}
    return [
        _owed(obligation, contract, deadline, still_open[contract.pk, deadline.month], today)
        for deadline, contract in sorted(concerned, key=lambda pair: pair[0].month)
        if (contract.pk, deadline.month) in still_open
    ]


def _owed(
    obligation: MonthlyObligation, contract: Contract, deadline: Deadline, number: int, today: date
) -> Owed:
    month = deadline.month
    when = when_words(deadline, today, ("are due", "were due"))
    return Owed(
        contract,
        obligation.permission,
        _kind(deadline),
        key=f"{contract.code} {obligation.name} {month}",
        words=f"{obligation.words(month)} {when}; {obligation.open_words(number)}.",
        path=obligation.month_page(contract, month),
        remark=(obligation, month),
    )


def _owed_on_own_days(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """Two queries."""
    by_key = {contract.pk: contract for contract in contracts}
    asked = open_figures(Figure.objects.filter(HAS_OWN_DAY, indicator__contract__in=by_key))
    promised = promised_days(Omission.objects.filter(indicator__contract__in=by_key))
    days = [
        (own_day, deadline_on(own_day.day, own_day.month, today)) for own_day in [*days_of(asked), *promised]
    ]
    return [
        _owed_on(own_day, by_key[own_day.contract], deadline, today)
        for own_day, deadline in sorted(days, key=lambda pair: (pair[0].day, pair[0].kind))
        if deadline is not None
    ]


def _owed_on(own_day: OwnDay, contract: Contract, deadline: Deadline, today: date) -> Owed:
    figure = name_words(own_day.code, own_day.name, own_day.month)
    what, verbs = OWN_DAYS[own_day.kind]
    return Owed(
        contract,
        "query.answer" if own_day.kind == Kind.QUERY else "figure.enter",
        _kind(deadline),
        key=f"{KEYS[own_day.kind]} {own_day.source}",
        words=f"{what.format(figure)} {when_words(deadline, today, verbs)}.",
        path=figure_page(contract, own_day.code, own_day.month)
        if own_day.kind == Kind.QUERY
        else f"{return_page(contract, own_day.month)}#{own_day.code}",
    )


IS_DUE, IS_EXPECTED = ("is due", "was due"), ("is expected", "was expected")
OWN_DAYS = {
    Kind.QUERY: ("The answer to the council’s query about {}", IS_DUE),
    Kind.EXPECTED: ("The figure of {}, which could not be reported in time,", IS_EXPECTED),
    Kind.FINAL: ("The final figure after the provisional one of {}", IS_EXPECTED),
}
# A notice's key must stay the same for what it is about: it is told once.
KEYS = {Kind.QUERY: "query", Kind.EXPECTED: "statement", Kind.FINAL: "revision"}


def _kind(deadline: Deadline) -> str:
    return OVERDUE if deadline.is_missed else DUE
