"""What falls due under one contract, and when its boards meet, for one reader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from kpis.models import Figure, Indicator, IndicatorStatus, Omission, Step
from kpis.rules.due import Due, Kind, Terms, grouped, in_order, last_month, round_due
from kpis.selectors.round import ASKING
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
    missing, expected = _missing(reader)
    waiting, singles = _open_figures(reader)
    of_the_round = round_due(
        terms,
        missing=missing,
        waiting=waiting,
        computed_to=freshness(reader).last,
        today=today,
        until=until,
    )
    single = [one for one in grouped([*singles, *expected]) if one.day <= until]
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


def _missing(reader: Reader) -> tuple[Missing, list[tuple[date, Kind, Month, str]]]:
    """Contract indicators without a figure: those without a word why, and those that the Trust expects on a day.

    What the read model doesn't say yet, because a figure came a moment ago, is not missing any more. Two queries.
    """
    there = Figure.objects.filter(indicator=OuterRef("indicator"), month=OuterRef("month"))
    rows = (
        IndicatorStatus.objects.visible_to(reader)
        .filter(~Exists(there), status=IndicatorStatus.Status.NOT_REPORTED)
        .filter(indicator__kind=Indicator.Kind.CONTRACT)
        .order_by("month", "indicator__position")
        .values_list("indicator_id", "month", "indicator__code")
    )
    stated = Omission.objects.visible_to(reader).filter(~Exists(there)).order_by("pk")
    days = {
        (indicator, month): day
        for indicator, month, day in stated.values_list("indicator_id", "month", "expected_on")
    }
    missing: Missing = defaultdict(list)
    expected = []
    for indicator, month, code in rows:
        if day := days.get((indicator, month)):
            expected.append((day, Kind.EXPECTED, Month.of(month), code))
        else:
            missing[Month.of(month)].append(code)
    return dict(missing), expected


def _open_figures(reader: Reader) -> tuple[Missing, list[tuple[date, Kind, Month, str]]]:
    """Figures that wait for the council, by month; and those with a day of their own, queried or provisional.

    One query, of figures that are not settled: a few months' worth, whatever the history.
    """
    asked = Step.objects.filter(figure=OuterRef("pk"), kind__in=ASKING).order_by("-pk")
    rows = (
        Figure.objects.visible_to(reader)
        .filter(~Q(state=State.ACCEPTED) | Q(latest__final_expected_on__isnull=False))
        .order_by("month", "indicator__position")
        .annotate(answer_by=Subquery(asked.values("answer_by")[:1]))
        .values_list("month", "indicator__code", "state", "answer_by", "latest__final_expected_on")
    )
    waiting: Missing = defaultdict(list)
    singles = []
    for first_day, code, state, answer_by, final_on in rows:
        month = Month.of(first_day)
        if state in (State.SUBMITTED, State.DISPUTED):
            waiting[month].append(code)
        if state == State.QUERIED and answer_by:
            singles.append((answer_by, Kind.QUERY, month, code))
        if final_on:
            singles.append((final_on, Kind.FINAL, month, code))
    return dict(waiting), singles
