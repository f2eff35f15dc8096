"""What is typed of a change: its kind and reason, another budget for some lines, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from budgets.books.names import division_of, full_name
from budgets.models import Line, Proposal
from budgets.models.book import WORDS
from budgets.rules.budget_change import Kind
from budgets.rules.money import Unit, written
from budgets.rules.written_money import NotAnAmount, pence_written
from budgets.versions.proposing import Wanted
from core.forms import Radios, Words, describe_errors
from core.values.months import ContractYear

AMOUNT = 40
KINDS = [
    (Proposal.Kind.VIREMENT.value, "Virement: moves money between lines and comes to nil"),
    (Proposal.Kind.GROWTH.value, "Growth: gives the book more"),
    (Proposal.Kind.SAVINGS.value, "Savings: give the book less"),
]


class ChangeForm(forms.Form):
    """A change of a year. ``version`` is the number of the latest version when typing began."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=KINDS,
        widget=Radios,
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose what it is"},
    )
    words = Words(
        label="Why the budget changes",
        max_length=WORDS,
        error_messages={"required": "Say why the budget changes"},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, lines: Sequence[tuple[Line, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [
            BudgetForm(self.data if self.is_bound else None, line=line, now=now) for line, now in lines
        ]
        self.is_valid()
        describe_errors(self)

    def wanted(self, year: ContractYear) -> Wanted | None:
        """None, with the errors in the form, where something can't be read."""
        budgets = {one.line.pk: pence for one in self.lines if (pence := one.pence()) is not None}
        if self.errors or any(one.errors for one in self.lines):
            return None
        given = self.cleaned_data
        return Wanted(year, Kind(given["kind"]), given["words"], budgets, given["version"])

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        """Each with the field to which it leads."""
        own = [(field.id_for_label, str(error)) for field in self.visible_fields() for error in field.errors]
        return own + [
            (one["budget"].id_for_label, f"{one.full_name}: {error}")
            for one in self.lines
            for error in one["budget"].errors
        ]


class BudgetForm(forms.Form):
    """A line's new budget; empty where it stays."""

    budget = forms.CharField(
        label="New budget",
        max_length=AMOUNT,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, line: Line, now: int | None) -> None:
        super().__init__(data, prefix=f"line{line.pk}")
        self.line, self.now = line, now
        self.is_valid()
        describe_errors(self)

    def pence(self) -> int | None:
        text = self.cleaned_data.get("budget", "").strip()
        if not text:
            return None
        try:
            return pence_written(text, Unit.POUNDS)
        except NotAnAmount as error:
            self.add_error("budget", str(error))
            describe_errors(self)
            return None

    @property
    def division(self) -> str:
        return division_of(self.line)

    @property
    def full_name(self) -> str:
        return full_name(self.line)

    @property
    def now_words(self) -> str:
        return "" if self.now is None else written(self.now)
