"""What falls due under one contract, and when its boards meet, for one reader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kpis.models import Figure, IndicatorStatus, Omission
from kpis.rules.due import Due, Terms, grouped, in_order, last_month, round_due
from kpis.selectors.own_days import days_of, open_figures, promised_days, unexplained
from kpis.selectors.statuses import freshness
from parties.access import Reader
from parties.models import Contract, Meeting
from sandwell.periods import Month

Missing = dict[Month, list[str]]
State = Figure.State


@dataclass(frozen=True)
class ContractCalendar:
    """Everything open up to a day, however old, and the meetings between two days; each oldest first.

    ``ended`` is the last month reported where reporting is over, else None.
    """

    due: list[Due]
    meetings: list[Meeting]
    terms: Terms
    ended: Month | None


def contract_calendar(reader: Reader, *, meetings_from: date, today: date, until: date) -> ContractCalendar:
    """Nothing for a reader without "calendar.view". Four queries where the figures' version came with the reader."""
    terms = contract_terms(reader.contract)
    ended = terms.last if terms.last < Month.of(today).previous() else None
    if not reader.may("calendar.view"):
        return ContractCalendar([], [], terms, ended)
    unsettled = open_figures(Figure.objects.visible_to(reader))
    waiting: Missing = defaultdict(list)
    for one in unsettled:
        if one.state in (State.SUBMITTED, State.DISPUTED):
            waiting[one.month].append(one.code)
    own_days = [*days_of(unsettled), *promised_days(Omission.objects.visible_to(reader))]
    of_the_round = round_due(
        terms,
        missing=_missing(reader),
        waiting=waiting,
        computed_to=freshness(reader).last,
        today=today,
        until=until,
    )
    single = grouped((one.day, one.kind, one.month, one.code) for one in own_days if one.day <= until)
    meetings = (
        Meeting.objects.visible_to(reader.user)
        .filter(contract=reader.contract, day__range=(meetings_from, until))
        .order_by("day", "starts_at", "pk")
    )
    return ContractCalendar(in_order([*of_the_round, *single]), list(meetings), terms, ended)


def contract_terms(contract: Contract) -> Terms:
    first = Month.of(contract.starts_on)
    until = Month.of(contract.reporting_until) if contract.reporting_until else None
    return Terms(
        contract.figures_due_working_day,
        contract.answer_due_working_day,
        first,
        last_month(first, contract.years, until),
    )


def _missing(reader: Reader) -> Missing:
    """Contract indicators without a figure and without a word why. One query."""
    rows = unexplained(IndicatorStatus.objects.visible_to(reader)).order_by("month", "indicator__position")
    missing: Missing = defaultdict(list)
    for month, code in rows.values_list("month", "indicator__code"):
        missing[Month.of(month)].append(code)
    return dict(missing)
