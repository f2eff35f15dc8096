"""Finds in the database whom a deadline concerns, and tells each of them once.

The Trust is told while a contract indicator of the month has neither a figure nor a statement that there is none; the
council while a figure of the month waits for its answer. Run as often as one likes: a notice that is there already is
not written again, and what a stopped worker missed is told as long as it is still true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from kpis.models import BandVersion, Figure, Indicator, Notice, Omission
from kpis.rules.deadlines import Deadline, deadlines
from kpis.services.notices.telling import day_words, people_of_parties, review_page, tell
from parties.models import Contract
from parties.roles import Role
from sandwell.numbers import count_words
from sandwell.periods import Month

Counts = Mapping[int, int]


@dataclass(frozen=True)
class Duty:
    """What one party owes each month: who is told, what it is called, and how much of it is open by contract."""

    name: str
    role: Role
    working_day: Callable[[Contract], int]
    open_in: Callable[[Iterable[int], Month], Counts]
    words: Callable[[Month], str]
    open_words: Callable[[int], str]


def tell_what_falls_due(*, today: date) -> int:
    """Write the notices that today's deadlines ask for, and say how many were new."""
    contracts = Contract.objects.select_related("commissioner", "provider").order_by("pk")
    return sum(_tell_duty(duty, contracts, today) for duty in DUTIES)


def _tell_duty(duty: Duty, contracts: Iterable[Contract], today: date) -> int:
    concerned: dict[Month, list[tuple[Contract, Deadline]]] = defaultdict(list)
    for contract in contracts:
        first, last = _months_reported(contract, today)
        for one in deadlines(first, last, duty.working_day(contract), today):
            concerned[one.month].append((contract, one))
    return sum(_tell_month(duty, month, pairs) for month, pairs in sorted(concerned.items()))


def _tell_month(duty: Duty, month: Month, pairs: Sequence[tuple[Contract, Deadline]]) -> int:
    """Three queries however many contracts there are, where nobody is to be told anything new."""
    still_open = duty.open_in([contract.pk for contract, _ in pairs], month)
    owing = [(contract, deadline) for contract, deadline in pairs if contract.pk in still_open]
    people = people_of_parties(duty.role, [contract for contract, _ in owing])
    keys = {contract.pk: f"{contract.code} {duty.name} {month}" for contract, _ in owing}
    told = set(Notice.objects.filter(key__in=keys.values()).values_list("user_id", "kind", "key"))
    new = 0
    for contract, deadline in owing:
        kind, key = _kind(deadline), keys[contract.pk]
        those = [one for one in people[contract.pk] if (one.pk, kind.value, key) not in told]
        if those:
            words = f"{duty.words(month)} {_when(deadline)}; {duty.open_words(still_open[contract.pk])}."
            tell(
                people=those,
                contract=contract,
                kind=kind,
                key=key,
                words=words,
                path=_work_page(duty, contract, month),
            )
        new += len(those)
    return new


def _work_page(duty: Duty, contract: Contract, month: Month) -> str:
    """Where the one who is told does what is due: the Trust on the month's return, the council on its review."""
    if duty.role == Role.TRUST_MANAGER:
        return reverse("kpis:return", args=[contract.code, month])
    return review_page(contract, month)


def _months_reported(contract: Contract, today: date) -> tuple[Month, Month]:
    """The first month, and the last one that is over and that the contract still reports; later than it if none is."""
    first = Month.of(contract.starts_on)
    last = min(Month.of(today).previous(), first.next(12 * contract.years - 1))
    return first, min(last, Month.of(contract.reporting_until)) if contract.reporting_until else last


def _kind(deadline: Deadline) -> Notice.Kind:
    return Notice.Kind.OVERDUE if deadline.is_missed else Notice.Kind.DUE


def _when(deadline: Deadline) -> str:
    day, left = day_words(deadline.due_on), deadline.working_days_left
    if left is None:
        return f"were due on {day}"
    return f"are due on {day}, " + (f"in {count_words(left, 'working day')}" if left else "today")


def _without_figure(contracts: Iterable[int], month: Month) -> Counts:
    """How many contract indicators with a band in force have neither a figure nor a statement. One query."""
    first = month.first_day
    of_indicator = {"indicator": OuterRef("pk")}
    in_force = Q(valid_from__lte=first) & (Q(valid_to=None) | Q(valid_to__gte=first))
    rows = (
        Indicator.objects.filter(
            Exists(BandVersion.objects.filter(in_force, **of_indicator)),
            ~Exists(Figure.objects.filter(month=first, **of_indicator)),
            ~Exists(Omission.objects.filter(month=first, **of_indicator)),
            contract__in=contracts,
            kind=Indicator.Kind.CONTRACT,
        )
        .order_by()
        .values_list("contract")
    )
    return dict(rows.annotate(open=Count("pk")))


def _without_answer(contracts: Iterable[int], month: Month) -> Counts:
    """How many figures wait for the council. One query."""
    rows = (
        Figure.objects.filter(
            indicator__contract__in=contracts,
            month=month.first_day,
            state__in=[Figure.State.SUBMITTED, Figure.State.DISPUTED],
        )
        .order_by()
        .values_list("indicator__contract")
    )
    return dict(rows.annotate(open=Count("pk")))


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
