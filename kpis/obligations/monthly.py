"""What each party owes each month: the Trust its figures, the council its answers; and how much of it is open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from kpis.definitions.models import BandVersion, Indicator, in_force
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, Omission
from kpis.obligations.own_days import unexplained
from kpis.review.notices import review_page
from parties.models import Contract

Counts = Mapping[tuple[int, Month], int]


@dataclass(frozen=True)
class MonthlyObligation:
    """What one party owes each month: what it is called, by which working day, and how much of it is open.

    ``open_months`` are all of them, by contract; ``all_months`` is the page that leads to each, and ``month_page`` is
    where the one who is told does what is due of one month.
    """

    name: str
    permission: str
    working_day: Callable[[Contract], int]
    open_in: Callable[[Collection[int], Collection[Month]], Counts]
    words: Callable[[Month], str]
    open_words: Callable[[int], str]
    open_months: Callable[[Collection[int]], Iterable[tuple[int, date]]]
    earlier_words: Callable[[int], str]
    all_months: str
    month_page: Callable[[Contract, Month], str]


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
    return Q(
        Exists(BandVersion.objects.filter(in_force(first), **of_indicator)),
        ~Exists(Figure.objects.filter(month=first, **of_indicator)),
        ~Exists(Omission.objects.filter(month=first, **of_indicator)),
    )


def _months_without_figure(contracts: Collection[int]) -> Iterable[tuple[int, date]]:
    """Months in which something is missing, by contract, from the read model: of the last ones it may not know yet.

    One query.
    """
    missing = unexplained(IndicatorStatus.objects.filter(contract__in=contracts))
    return missing.order_by().values_list("contract", "month").distinct()


def _months_without_answer(contracts: Collection[int]) -> Iterable[tuple[int, date]]:
    """One query."""
    waiting = _waiting(contracts).order_by()
    return waiting.values_list("indicator__contract", "month").distinct()


def _waiting(contracts: Collection[int]) -> QuerySet[Figure]:
    return Figure.objects.filter(
        indicator__contract__in=contracts, state__in=[Figure.State.SUBMITTED, Figure.State.DISPUTED]
    )


def _without_answer(contracts: Collection[int], months: Collection[Month]) -> Counts:
    """How many figures wait for the council. One query."""
    rows = (
        _waiting(contracts)
        .filter(month__in=[month.first_day for month in months])
        .order_by()
        .values_list("indicator__contract", "month")
    )
    return {
        (contract, Month.of(month)): number for contract, month, number in rows.annotate(open=Count("pk"))
    }


def return_page(contract: Contract, month: Month) -> str:
    """Where the Trust returns a month."""
    return reverse("kpis:return", args=[contract.code, month])


MONTHLY = (
    MonthlyObligation(
        name="figures",
        permission="figure.enter",
        working_day=lambda contract: contract.figures_due_working_day,
        open_in=_without_figure,
        words=lambda month: f"The figures of {month.label}",
        open_words=lambda number: (
            f"{count_words(number, 'indicator has', 'indicators have')} neither a figure nor a reason yet"
        ),
        open_months=_months_without_figure,
        earlier_words=lambda number: count_words(
            number, "earlier month is also incomplete", "earlier months are also incomplete"
        ),
        all_months="kpis:returns",
        month_page=return_page,
    ),
    MonthlyObligation(
        name="answers",
        permission="figure.answer",
        working_day=lambda contract: contract.answer_due_working_day,
        open_in=_without_answer,
        words=lambda month: f"The council’s answers to the figures of {month.label}",
        open_words=lambda number: f"{count_words(number, 'figure waits', 'figures wait')} for the council",
        open_months=_months_without_answer,
        earlier_words=lambda number: (
            count_words(number, "earlier month also has figures", "earlier months also have figures")
            + " that wait"
        ),
        # Without a month it shows the oldest that waits.
        all_months="kpis:review",
        month_page=review_page,
    ),
)
