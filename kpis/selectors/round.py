"""Where figures stand between Trust and council, and what both said."""

from __future__ import annotations

from django.db.models import Count, Q

from kpis.models import Figure, FigureRevision, Step
from parties.access import Reader
from sandwell.periods import Month

OPEN = ~Q(state=Figure.State.ACCEPTED)


def figures_of(reader: Reader, month: Month) -> dict[str, Figure]:
    """The figures of a month by their indicator's code, each with its revisions and steps. Three queries."""
    rows = (
        Figure.objects.visible_to(reader)
        .filter(month=month.first_day)
        .select_related("indicator", "latest")
        .prefetch_related("revisions", "steps")
    )
    return {row.indicator.code: row for row in rows}


def open_months(reader: Reader) -> dict[Month, int]:
    """How many figures of each month the council has not accepted, oldest month first. One query."""
    rows = (
        Figure.objects.visible_to(reader)
        .filter(OPEN)
        .order_by("month")
        .values_list("month")
        .annotate(figures=Count("pk"))
    )
    return {Month.of(month): figures for month, figures in rows}


def revisions_seen(reader: Reader, numbers: list[int]) -> list[FigureRevision]:
    """The revisions with these keys that the reader may see, by indicator. One query."""
    rows = FigureRevision.objects.visible_to(reader).filter(pk__in=numbers)
    return list(rows.select_related("figure__indicator").order_by("figure__indicator__position"))


def last_query(figure: Figure) -> Step | None:
    """The query that waits for the Trust's answer. The figure's steps were fetched along with it."""
    steps = list(figure.steps.all())
    return steps[-1] if steps and steps[-1].kind == Step.Kind.QUERIED else None
