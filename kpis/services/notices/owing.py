"""Finds in the database what deserves a word about a deadline today, of any number of contracts at once.

The Trust owes each month's figures while a contract indicator has neither a figure nor a statement that there is none;
the council owes its answers while a figure of the month waits for them. What has a day of its own is owed by the Trust:
the answer to a query, a figure that it couldn't report in time, the final one after a provisional one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from kpis.models import Figure, Notice, Omission
from kpis.rules.deadlines import Deadline, deadline_on, deadlines
from kpis.rules.due import Kind
from kpis.selectors.own_days import HAS_OWN_DAY, OwnDay, days_of, open_figures, promised_days
from kpis.services.notices.duties import DUTIES, Duty
from kpis.services.notices.telling import day_words, figure_page, name_words, review_page
from parties.models import Contract
from parties.roles import Role
from sandwell.numbers import count_words
from sandwell.periods import Month


@dataclass(frozen=True)
class Owed:
    """One thing that is owed, as its notice says it; ``key`` is the notice's. ``of_month`` where a whole month is."""

    contract: Contract
    role: Role
    kind: Notice.Kind
    key: str
    words: str
    path: str
    of_month: tuple[Duty, Month] | None = None


def what_is_owed(contracts: Sequence[Contract], today: date) -> list[Owed]:
    """All that deserves a word today. Four queries, however many contracts, months and figures there are."""
    monthly = [one for duty in DUTIES for one in _owed_monthly(duty, contracts, today)]
    return [*monthly, *_owed_on_own_days(contracts, today)]


def with_earlier_months(owed: Sequence[Owed]) -> list[Owed]:
    """The same, but what is overdue says how many months before it are open as well: they have no notice of their own.

    A query for each duty of which a month is overdue.
    """
    concerned: dict[str, set[int]] = defaultdict(set)
    for one in owed:
        if one.of_month and one.kind == Notice.Kind.OVERDUE:
            concerned[one.of_month[0].name].add(one.contract.pk)
    still_open = {
        (duty.name, *where)
        for duty in DUTIES
        if duty.name in concerned
        for where in duty.open_months(concerned[duty.name])
    }
    return [_with_earlier(one, *one.of_month, still_open) if one.of_month else one for one in owed]


def _with_earlier(one: Owed, duty: Duty, month: Month, still_open: Collection[tuple[str, int, date]]) -> Owed:
    first = Month.of(one.contract.starts_on).first_day
    earlier = [
        day
        for name, contract, day in still_open
        if (name, contract) == (duty.name, one.contract.pk) and first <= day < month.first_day
    ]
    if one.kind != Notice.Kind.OVERDUE or not earlier:
        return one
    words = f"{one.words.removesuffix('.')}; {duty.earlier_words(len(earlier))}."
    return replace(one, words=words, path=reverse(duty.all_months, args=[one.contract.code]))


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
        of_month=(duty, month),
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
