"""What was entered last of every line of some books, in one query however many lines and months there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from budgets.models import Amount, Book, Entry, Line, LineMonth
from budgets.rules.tree import Side


class LineEntered(NamedTuple):
    """A line by its key, and what was entered of it last, in pence; None where nothing was, or it isn't known.

    ``at`` are year and number of the period, ``before`` the forecast of the period before it. ``made_up`` is what was
    entered, ``budget_made_up`` what it is held against.
    """

    line: int
    name: str
    side: Side
    at: tuple[int, int] | None
    budget: int | None = None
    forecast: int | None = None
    before: int | None = None
    made_up: bool = False
    budget_made_up: bool = False


def lines_entered(books: Iterable[Book]) -> dict[int, list[LineEntered]]:
    """By the book's key, each line with amounts of its own, in its order. One query."""
    keys = [book.pk for book in books]
    found: dict[int, list[LineEntered]] = {key: [] for key in keys}
    lines = Line.objects.filter(kind=Line.Kind.LINE, book__in=keys).annotate(said=Subquery(_entered_last()))
    rows = lines.order_by("book", "position").values_list("book", "pk", "name", "side", "said")
    for book, line, name, side, said in rows:
        found[book].append(_entered(line, name, Side(side), said))
    return found


def _entered_last() -> QuerySet[Any]:
    """Of an outer line the latest period as one value: budget and forecasts beside each other."""
    budget = Amount.objects.filter(
        line=OuterRef("line"), figure=Amount.Figure.BUDGET, year=OuterRef("year")
    ).order_by("-version__number")
    before = LineMonth.objects.filter(
        line=OuterRef("line"), year=OuterRef("year"), period=OuterRef("period") - 1
    )
    return (
        LineMonth.objects.filter(line=OuterRef("pk"), latest__isnull=False)
        .order_by("-year", "-period")
        .values(
            said=JSONObject(
                year="year",
                period="period",
                forecast="latest__forecast",
                provenance="latest__provenance",
                budget=Subquery(budget.values("hundredths")[:1]),
                budget_made_up=Subquery(budget.values("version__illustrative")[:1]),
                before=Subquery(before.values("latest__forecast")[:1]),
            )
        )[:1]
    )


def _entered(line: int, name: str, side: Side, said: Mapping[str, Any] | None) -> LineEntered:
    if said is None:
        return LineEntered(line, name, side, None)
    return LineEntered(
        line=line,
        name=name,
        side=side,
        at=(said["year"], said["period"]),
        budget=said["budget"],
        forecast=said["forecast"],
        before=said["before"],
        made_up=said["provenance"] == Entry.Provenance.ILLUSTRATIVE,
        budget_made_up=bool(said["budget_made_up"]),
    )
