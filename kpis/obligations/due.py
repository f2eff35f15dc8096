"""What the monthly round asks for, as the calendar shows it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.urls import reverse

from calendars.due import DueItem
from core.values.months import Month
from kpis.engine.models import IndicatorStatus
from kpis.engine.selectors import freshness
from kpis.figures.models import Figure, Omission
from kpis.obligations.own_days import days_of, open_figures, promised_days, unexplained
from kpis.obligations.words import due_note, due_title
from kpis.rules.due import Due, Kind, grouped, in_order, round_due
from kpis.terms import contract_terms, reporting_ended
from parties.participants import Participant

Missing = dict[Month, list[str]]
State = Figure.State


def open_until(participant: Participant, today: date, until: date) -> list[DueItem]:
    """Everything open up to a day, however old. Three queries where the figures' version came with the person."""
    code = participant.contract.code
    return [
        DueItem(
            key=f"{due.kind.name.lower()}-{due.month}-{due.day:%Y%m%d}",
            day=due.day,
            title=due_title(due),
            note=due_note(due),
            url=_url(code, due),
        )
        for due in open_in_round(participant, today, until)
    ]


def reporting_ended_words(participant: Participant, today: date) -> str:
    """A sentence where reporting is over."""
    last = reporting_ended(participant.contract, today)
    if last is None:
        return ""
    return (
        f"Reporting under this contract ended with {last.label}: no later month falls due. What was not settled by"
        " then stays here until it is."
    )


def open_in_round(participant: Participant, today: date, until: date) -> list[Due]:
    """What is open of the round, in order."""
    unsettled = open_figures(Figure.objects.visible_to(participant))
    waiting: Missing = defaultdict(list)
    for figure in unsettled:
        if figure.state in (State.SUBMITTED, State.DISPUTED):
            waiting[figure.month].append(figure.code)
    own_days = [*days_of(unsettled), *promised_days(Omission.objects.visible_to(participant))]
    of_the_round = round_due(
        contract_terms(participant.contract),
        missing=_missing(participant),
        waiting=waiting,
        computed_to=freshness(participant).last,
        today=today,
        until=until,
    )
    single = grouped((own.day, own.kind, own.month, own.code) for own in own_days if own.day <= until)
    return in_order([*of_the_round, *single])


def _url(contract_code: str, due: Due) -> str:
    """The page on which both parties see it; none for a month of which nothing is known."""
    if not due.codes:
        return ""
    one_query = due.kind == Kind.QUERY and len(due.codes) == 1
    page = (
        reverse("kpis:figure-review", args=[contract_code, due.codes[0]])
        if one_query
        else reverse("kpis:review", args=[contract_code])
    )
    return f"{page}?month={due.month}"


def _missing(participant: Participant) -> Missing:
    """Contract indicators without a figure and without a word why. One query."""
    rows = unexplained(IndicatorStatus.objects.visible_to(participant)).order_by(
        "month", "indicator__position"
    )
    missing: Missing = defaultdict(list)
    for month, code in rows.values_list("month", "indicator__code"):
        missing[Month.of(month)].append(code)
    return dict(missing)
