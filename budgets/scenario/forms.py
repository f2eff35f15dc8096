"""The assumptions of a scenario, which stand in its address so that it can be kept and shared."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict

from budgets.rules.money import for_file
from budgets.rules.scenario import Scenario
from budgets.rules.tree import Side
from budgets.rules.unit_costs import UnitCost
from budgets.rules.written_money import NotAnAmount, pence_given
from budgets.scenario.costs import LineCost
from core.forms import describe_errors
from core.values.written_numbers import number_written

MOST_CHILDREN, MOST_MONTHS = 10_000, 60
INPUT = {"class": "govuk-input govuk-input--width-10"}


def _text(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=40, widget=forms.TextInput(attrs=dict(INPUT))
    )


def _own_costs(one: LineCost) -> dict[str, str]:
    """What a child of the line cost, as the form holds it."""
    amounts = {"cost": one.cost.usual, "lowest": one.cost.lowest, "highest": one.cost.highest}
    return {"costs_of": one.line.code} | {name: for_file(pence) for name, pence in amounts.items()}


class ScenarioForm(forms.Form):
    """``costs`` are the lines that can be chosen; a child costs at first what it did in the printed year."""

    line = forms.ChoiceField(label="Where they live", widget=forms.Select(attrs={"class": "govuk-select"}))
    children = forms.IntegerField(
        label="Children more",
        help_text="With a minus: fewer",
        min_value=-MOST_CHILDREN,
        max_value=MOST_CHILDREN,
        widget=forms.TextInput(attrs=dict(INPUT)),
    )
    months = _text("For how many months")
    cost = _text("What a child costs in a year, in pounds")
    lowest = _text("At the least")
    highest = _text("At the most")
    costs_of = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Mapping[str, Any], *, costs: Mapping[str, LineCost]) -> None:
        super().__init__(dict(asked), use_required_attribute=False)
        self.costs = costs
        if any(one.side is Side.INCOME for one in costs.values()):
            self.fields["cost"].label = "What a child costs or brings in a year, in pounds"
        self.fields["line"].choices = [(code, one.line.name) for code, one in costs.items()]  # type: ignore[attr-defined]
        describe_errors(self)

    @staticmethod
    def begun(one: LineCost) -> dict[str, Any]:
        """A first scenario of a line: 20 more children for six months, at what one of them cost."""
        return {"line": one.line.code, "children": 20, "months": "6"} | _own_costs(one)

    @staticmethod
    def asked(sent: QueryDict, costs: Mapping[str, LineCost]) -> dict[str, Any] | None:
        """What the address asks for, None where it asks for nothing; another line brings its own costs with it, but for
        what was typed.
        """
        if "line" not in sent:
            return None
        given = {name: str(value) for name, value in sent.items()}
        line = costs.get(given["line"])
        if line is None:
            return given
        before = costs.get(given.get("costs_of", ""), line)
        own = _own_costs(line)
        untouched = {name for name, amount in _own_costs(before).items() if given.get(name) == amount}
        return given | {name: own[name] for name in untouched} | {"costs_of": line.line.code}

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        describe_errors(self)

    def clean_months(self) -> Fraction:
        try:
            months = Fraction(number_written(self.cleaned_data["months"]))
        except ValueError:
            raise forms.ValidationError("Give a number of months, like 6 or 4.5") from None
        if not 0 <= months <= MOST_MONTHS:
            raise forms.ValidationError(f"Give at most {MOST_MONTHS} months")
        return months

    def clean_cost(self) -> int:
        return self._pence("cost")

    def clean_lowest(self) -> int:
        return self._pence("lowest")

    def clean_highest(self) -> int:
        return self._pence("highest")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["lowest"] <= given["cost"] <= given["highest"]:
            self.add_error("cost", "The cost lies between the least and the most")
        return given

    def scenario(self) -> Scenario:
        """Of a form that is valid."""
        given = self.cleaned_data
        cost = UnitCost(given["cost"], given["lowest"], given["highest"])
        one = self.costs[given["line"]]
        return Scenario(given["children"], one.line.name.lower(), given["months"], cost, one.side)

    def _pence(self, name: str) -> int:
        try:
            pence = pence_given(self.cleaned_data[name])
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from None
        if pence < 0:
            raise forms.ValidationError("Give an amount of nil or more")
        return pence
