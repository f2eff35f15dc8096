"""One scenario; its assumptions stand in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.books.places import above
from budgets.books.selectors import books_of
from budgets.models import Book
from budgets.rules.money import written
from budgets.rules.scenario import assumptions, sentence
from budgets.scenario.costs import LineCost, costs_of
from budgets.scenario.forms import ScenarioForm
from parties.gate import contract_page
from parties.participants import Participant


@dataclass(frozen=True)
class CostRow:
    name: str
    usual: str
    spread: str
    spent: str
    counts: str
    source: str


@contract_page("money.view")
@require_safe
def scenario(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What so many children more, there and for so long, would cost about."""
    costs = _costs(books_of(participant))
    form = None
    if costs:
        # Where the address asks for nothing, the first line's scenario stands there as an example.
        asked = ScenarioForm.asked(request.GET, costs) or ScenarioForm.begun(next(iter(costs.values())))
        form = ScenarioForm(asked, costs=costs)
    reckoned = form.scenario() if form is not None and form.is_valid() else None
    context = {
        "form": form,
        "sentence": sentence(reckoned) if reckoned else "",
        "assumptions": assumptions(reckoned) if reckoned else [],
        "costs": [_row(one) for one in costs.values()],
        "parents": above(participant),
    }
    return render(request, "budgets/scenario.html", context)


def _costs(books: list[Book]) -> dict[str, LineCost]:
    """Of the first of the contract's own books whose children are counted."""
    found = (costs_of(book) for book in books if book.kept_by)
    return next((costs for costs in found if costs), {})


def _row(one: LineCost) -> CostRow:
    cost = one.cost
    return CostRow(
        name=one.line.name,
        usual=written(cost.usual, places=0),
        spread=f"{written(cost.lowest, places=0)} to {written(cost.highest, places=0)}",
        spent=one.came,
        counts=", ".join(f"{number} in {when}" for when, number in one.counts),
        source=f"{one.series.document}, {one.series.place}",
    )
