"""Where figures stand between Trust and council, and what both said."""

from __future__ import annotations

from django.db.models import Count, Q

from core.values.months import Month
from kpis.figures.models import Figure, FigureRevision, Omission
from kpis.review.models import Step
from kpis.rules import round as rules
from parties.participants import Participant

OPEN = ~Q(state=Figure.State.ACCEPTED)
ASKING = (Step.Kind.QUERIED, Step.Kind.REOPENED)


def figures_of(participant: Participant, month: Month, code: str = "") -> dict[str, Figure]:
    """The figures of a month by their indicator's code, each with its revisions, their answers to checks, and steps.

    Four queries. With ``code`` that indicator's figure alone.
    """
    rows = (
        Figure.objects.visible_to(participant)
        .filter(month=month.first_day)
        .select_related("indicator", "latest")
        .prefetch_related("revisions__check_answers", "steps")
    )
    if code:
        rows = rows.filter(indicator__code=code)
    return {row.indicator.code: row for row in rows}


def statements_of(participant: Participant, month: Month, code: str = "") -> dict[str, Omission]:
    """The latest statement of each indicator that its figure can't be reported, by code. One query.

    With ``code`` that indicator's alone.
    """
    rows = Omission.objects.visible_to(participant).filter(month=month.first_day).select_related("indicator")
    if code:
        rows = rows.filter(indicator__code=code)
    return {row.indicator.code: row for row in rows.order_by("pk")}


def open_months(participant: Participant) -> dict[Month, int]:
    """How many figures of each month the council has not accepted, oldest month first. One query."""
    rows = (
        Figure.objects.visible_to(participant)
        .filter(OPEN)
        .order_by("month")
        .values_list("month")
        .annotate(figures=Count("pk"))
    )
    return {Month.of(month): figures for month, figures in rows}


def revisions_seen(participant: Participant, numbers: list[int]) -> list[FigureRevision]:
    """The revisions with these keys that the person may see, by indicator. One query."""
    rows = FigureRevision.objects.visible_to(participant).filter(pk__in=numbers)
    return list(rows.select_related("figure__indicator").order_by("figure__indicator__position"))


def last_query(figure: Figure) -> Step | None:
    """The query that waits for the Trust's answer. The figure's steps were fetched along with it."""
    steps = list(figure.steps.all())
    asked = figure.state == Figure.State.QUERIED and steps and steps[-1].kind in ASKING
    return steps[-1] if asked else None


def query_and_answer(figure: Figure) -> tuple[Step | None, Step | None]:
    """The last query since the figure was accepted, if any, and what the Trust answered to it in words, if it did."""
    query = answer = None
    for step in figure.steps.all():
        if step.kind in ASKING:
            query, answer = step, None
        elif step.kind == Step.Kind.ACCEPTED:
            query = answer = None
        else:
            answer = step
    return query, answer


def where_it_stands(figure: Figure) -> str:
    """Its state, or outside the round: nobody accepted what it says now, it was entered as printed."""
    if figure.state != Figure.State.ACCEPTED:
        return figure.state
    accepted = any(
        step.kind == Step.Kind.ACCEPTED and step.revision_id == figure.latest_id
        for step in figure.steps.all()
    )
    return rules.ACCEPTED if accepted else rules.OUTSIDE
