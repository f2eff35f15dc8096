"""What of the round has a day of its own: queries that wait for an answer, and figures that the Trust expects.

One selection for the calendar of a person and for the notices of every contract. Each brings the rows that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, Omission
from kpis.review.models import Step
from kpis.review.selectors import ASKING
from kpis.rules.due import Kind

HAS_OWN_DAY = Q(state=Figure.State.QUERIED) | Q(latest__final_expected_on__isnull=False)
UNSETTLED = ~Q(state=Figure.State.ACCEPTED) | Q(latest__final_expected_on__isnull=False)


@dataclass(frozen=True)
class OwnDay:
    """One open thing of one indicator and month, and its day.

    ``source`` is the key of what names the day: the query's step, the statement, or the provisional revision.
    """

    day: date
    kind: Kind
    contract: int
    month: Month
    code: str
    name: str
    source: int


@dataclass(frozen=True)
class OpenFigure:
    """A figure that is queried, waits for the council, or is provisional; with the days of its own."""

    month: Month
    code: str
    state: str
    days: list[OwnDay]


def open_figures(figures: QuerySet[Figure]) -> list[OpenFigure]:
    """Of these figures the unsettled ones: a few months' worth, whatever the history. One query."""
    asked = Step.objects.filter(figure=OuterRef("pk"), kind__in=ASKING).order_by("-pk")
    rows = (
        figures.filter(UNSETTLED)
        .order_by("month", "indicator__position", "pk")
        .annotate(query=Subquery(asked.values("pk")[:1]), answer_by=Subquery(asked.values("answer_by")[:1]))
        .values_list(
            "indicator__contract",
            "month",
            "indicator__code",
            "indicator__short_name",
            "state",
            "query",
            "answer_by",
            "latest",
            "latest__final_expected_on",
        )
    )
    found = []
    for contract, first_day, code, name, state, query, answer_by, latest, final_on in rows:
        what = (contract, Month.of(first_day), code, name)
        days = []
        if state == Figure.State.QUERIED and query:
            days.append(OwnDay(answer_by, Kind.QUERY, *what, query))
        if final_on:
            days.append(OwnDay(final_on, Kind.FINAL, *what, latest))
        found.append(OpenFigure(what[1], code, state, days))
    return found


def promised_days(statements: QuerySet[Omission]) -> list[OwnDay]:
    """When the Trust expects what it could not report, where there is no figure yet; the latest statement counts.

    Of contract indicators, which alone are asked for. One query.
    """
    later = Omission.objects.filter(
        indicator=OuterRef("indicator"), month=OuterRef("month"), pk__gt=OuterRef("pk")
    )
    rows = (
        statements.filter(~Exists(_reported()), ~Exists(later), indicator__kind=Indicator.Kind.CONTRACT)
        .order_by("month", "indicator__position", "pk")
        .values_list(
            "expected_on", "indicator__contract", "month", "indicator__code", "indicator__short_name", "pk"
        )
    )
    return [
        OwnDay(day, Kind.EXPECTED, contract, Month.of(month), code, name, key)
        for day, contract, month, code, name, key in rows
    ]


def unexplained(statuses: QuerySet[IndicatorStatus]) -> QuerySet[IndicatorStatus]:
    """Of these statuses those of contract indicators that have neither a figure nor a word why.

    What the read model doesn't say yet, because a figure came a moment ago, is not missing any more.
    """
    stated = Omission.objects.filter(indicator=OuterRef("indicator"), month=OuterRef("month"))
    return statuses.filter(
        ~Exists(_reported()),
        ~Exists(stated),
        status=IndicatorStatus.Status.NOT_REPORTED,
        indicator__kind=Indicator.Kind.CONTRACT,
    )


def days_of(figures: Iterable[OpenFigure]) -> list[OwnDay]:
    return [day for figure in figures for day in figure.days]


def _reported() -> QuerySet[Figure]:
    return Figure.objects.filter(indicator=OuterRef("indicator"), month=OuterRef("month"))
