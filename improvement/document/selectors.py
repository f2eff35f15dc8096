"""What the pages that tell a plan read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from improvement.models import Action, Measure, MeasureLink, Plan, Priority, Recommendation, Reference


@dataclass(frozen=True)
class Size:
    """How much a plan holds."""

    priorities: int
    recommendations: int
    references: int
    actions: int
    measures: int


def priorities_of(plan: Plan) -> list[Priority]:
    """Every priority with its recommendations, in the plan's order. Two queries."""
    return list(Priority.objects.filter(plan=plan).prefetch_related("recommendations").order_by("number"))


def recommendations_of(priority: Priority) -> list[Recommendation]:
    """Its rows in their order, each with its references and with ``measure_count``. Two queries."""
    rows = Recommendation.objects.filter(priority=priority).annotate(measure_count=Count("measures"))
    return list(rows.prefetch_related("references").order_by("position"))


def references_of(plan: Plan) -> list[Reference]:
    """Every reference with the row in which it stands. One query."""
    return list(Reference.objects.filter(plan=plan).select_related("recommendation"))


def size_of(plan: Plan, priorities: list[Priority], references: list[Reference]) -> Size:
    """Two queries beside what is there already."""
    return Size(
        priorities=len(priorities),
        recommendations=sum(len(priority.recommendations.all()) for priority in priorities),
        references=len(references),
        actions=Action.objects.filter(recommendation__priority__plan=plan).count(),
        measures=Measure.objects.filter(plan=plan).count(),
    )


def measures_of_the_whole(plan: Plan) -> QuerySet[Measure]:
    """The measures that belong to no recommendation. One query."""
    return Measure.objects.filter(plan=plan, recommendation__isnull=True).order_by("number")


def indicators_by_row(plan: Plan) -> Mapping[int, list[MeasureLink]]:
    """Which indicators show a measure of each recommendation, each once; by the recommendation's key. One query."""
    found: dict[int, dict[int, MeasureLink]] = {}
    links = MeasureLink.objects.filter(measure__plan=plan, measure__recommendation__isnull=False)
    for link in links.select_related("measure", "indicator").order_by("indicator__position", "strength"):
        row = found.setdefault(link.measure.recommendation_id or 0, {})
        row.setdefault(link.indicator_id, link)
    return {row: list(links.values()) for row, links in found.items()}


def priority_names(plans: list[Plan]) -> dict[tuple[str, int], str]:
    """The names of the priorities of several plans, by plan code and number. One query."""
    rows = Priority.objects.filter(plan__in=plans).values_list("plan__code", "number", "name")
    return {(code, number): name for code, number, name in rows}
