"""What is typed of a change: its kind and reason, another budget for some lines, and the answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from budgets.books.names import division_of, full_name
from budgets.models import Line, Proposal
from budgets.models.book import WORDS
from budgets.rules.budget_change import Kind
from budgets.rules.money import written
from budgets.rules.written_money import NotAnAmount, pence_given
from budgets.versions.proposing import Wanted
from budgets.versions.selectors import Offered
from core.forms import Radios, Words, describe_errors, row_key
from core.values.months import ContractYear

AMOUNT = 40
SENT = re.compile(r"line(\d+)-budget", re.ASCII)
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

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        offered: Offered,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=dict(initial or {}))
        self.offered = offered
        self.lines = [
            BudgetForm(sent, line=line, now=now, typed=self.initial.get(name_of(line), ""))
            for line, now in offered.lines
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

    @classmethod
    def going_on(cls, sent: QueryDict, offered: Offered) -> ChangeForm:
        """What was typed so far, beside other lines; nothing of it is judged yet."""
        return cls(offered=offered, initial={name: sent.get(name, "") for name in sent})

    @property
    def changed(self) -> list[BudgetForm]:
        return self.lines[: len(self.offered.changed)]

    @property
    def others(self) -> list[BudgetForm]:
        return self.lines[len(self.offered.changed) :]

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

    def __init__(self, sent: QueryDict | None, *, line: Line, now: int | None, typed: str) -> None:
        super().__init__(sent, prefix=prefix_of(line), initial={"budget": typed})
        self.line, self.now = line, now
        self.is_valid()
        describe_errors(self)

    def pence(self) -> int | None:
        text = self.cleaned_data.get("budget", "").strip()
        if not text:
            return None
        try:
            return pence_given(text)
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


def prefix_of(line: Line) -> str:
    return f"line{line.pk}"


def name_of(line: Line) -> str:
    """Of the field in which its new budget is typed."""
    return f"{prefix_of(line)}-budget"


def lines_changed(sent: QueryDict) -> list[int]:
    """The keys of the lines in which something was typed; anybody may have written them."""
    found = [SENT.fullmatch(name) for name in sent if str(sent[name]).strip()]
    return [row_key(name.group(1)) for name in found if name]
