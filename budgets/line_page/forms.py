"""What is typed of a line's plan over the months, and of what its budget was reckoned with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from budgets.line_page.basing import BasisSaid
from budgets.line_page.profiling import Planned
from budgets.line_page.ways import UNCHOSEN
from budgets.models import Basis, Profile
from budgets.models.book import TITLE, WORDS
from budgets.rules.money import for_file
from budgets.rules.written_money import NotAnAmount, pence_given
from core.forms import Radios, Words, describe_errors
from core.values.months import ContractYear
from core.values.written_numbers import number_written

AMOUNT = 40
LARGEST_NUMBER = 10**9
MONTHS = ("April", "May", "June", "July", "August", "September", "October", "November", "December", "January",
          "February", "March")  # fmt: skip


def _text(label: str, hint: str = "", *, wide: bool = False, required: bool = True) -> forms.CharField:
    size = "govuk-input" if wide else "govuk-input govuk-input--width-10"
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TITLE if wide else AMOUNT,
        required=required,
        error_messages={"required": f"Give this: {label.lower()}"},
        widget=forms.TextInput(attrs={"class": size, "autocomplete": "off"}),
    )


class _OfYear(forms.Form):
    """``of_year`` and ``version`` tell of which year it is, and what the form showed when typing began."""

    of_year = forms.IntegerField(widget=forms.HiddenInput, min_value=1900, max_value=2199)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, sent: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(sent, initial=dict(initial or {}), prefix=self.prefix, use_required_attribute=False)
        self.add_fields()
        describe_errors(self)

    def add_fields(self) -> None:
        """Fields that are alike, before the form is looked at for errors."""

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        describe_errors(self)

    def pence(self, name: str) -> int | None:
        """In pence; None, with the error in the form, where it can't be read or is left empty."""
        text = self.cleaned_data.get(name, "").strip()
        if not text:
            return None
        try:
            return pence_given(text)
        except NotAnAmount as error:
            self.add_error(name, str(error))
            return None


class ProfileForm(_OfYear):
    prefix = "profile"
    way = forms.ChoiceField(
        label="How the year’s budget is planned over its months",
        choices=Profile.Way.choices,
        widget=Radios,
        error_messages={"required": "Choose one of these."},
    )
    words = Words(
        label="Why, if you want to say so",
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )

    def add_fields(self) -> None:
        for number, name in enumerate(MONTHS, 1):
            self.fields[f"month{number}"] = _text(name, required=False)

    @classmethod
    def showing(cls, year: ContractYear, profile: Profile | None) -> ProfileForm:
        """What holds now."""
        begun = {"of_year": year.start, "version": profile.number if profile else 0}
        shares = (
            {f"month{n}": for_file(pence) for n, pence in enumerate(profile.shares, 1)} if profile else {}
        )
        way = profile.way if profile else UNCHOSEN
        return cls(initial={"way": way, "words": profile.words if profile else ""} | begun | shares)

    @property
    def months(self) -> list[forms.BoundField]:
        return [self[f"month{number}"] for number in range(1, len(MONTHS) + 1)]

    def planned(self) -> Planned | None:
        """None, with the errors in the form, where a month of an own plan can't be read or is missing."""
        given = self.cleaned_data
        shares: list[int] = []
        if given["way"] == Profile.Way.OWN:
            for number, name in enumerate(MONTHS, 1):
                pence = self.pence(f"month{number}")
                if pence is None and f"month{number}" not in self.errors:
                    self.add_error(f"month{number}", f"Give {name}, 0 where nothing is planned")
                shares.append(pence or 0)
        return (
            None if self.errors else Planned(given["way"], shares, given.get("words", ""), given["version"])
        )


class BasisForm(_OfYear):
    prefix = "basis"
    assumed = _text("How many were assumed", "As a mean over the year, with two decimals at the most")
    unit_cost = _text("What one costs in a year", "In pounds")
    lowest = _text("At the least", "In pounds, where a range is known", required=False)
    highest = _text("At the most", "In pounds, where a range is known", required=False)
    words = Words(
        label="What is counted",
        help_text="For example: children with agency carers",
        max_length=TITLE,
        error_messages={"required": "Give this: what is counted"},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )
    document = _text("In which document", wide=True)
    place = _text("Where in it", wide=True)

    @classmethod
    def showing(cls, year: ContractYear, basis: Basis | None) -> BasisForm:
        begun = {"of_year": year.start, "version": basis.version if basis else 0}
        if basis is None:
            return cls(initial=begun)
        amounts = {
            name: for_file(pence)
            for name in ("assumed", "unit_cost", "lowest", "highest")
            if (pence := getattr(basis, name)) is not None
        }
        texts = {name: getattr(basis, name) for name in ("words", "document", "place")}
        return cls(initial=begun | amounts | texts)

    def said(self) -> BasisSaid | None:
        """None, with the errors in the form, where something can't be read or doesn't fit together."""
        unit_cost, lowest, highest = (self.pence(name) for name in ("unit_cost", "lowest", "highest"))
        assumed = self._hundredths()
        if unit_cost is not None:
            self._within(unit_cost, lowest, highest)
        if self.errors or assumed is None or unit_cost is None:
            return None
        given = {name: self.cleaned_data[name].strip() for name in ("words", "document", "place")}
        return BasisSaid(assumed, unit_cost, lowest, highest, **given)

    def _within(self, unit_cost: int, lowest: int | None, highest: int | None) -> None:
        if unit_cost < 0:
            self.add_error("unit_cost", "Give nil or more")
        if lowest is not None and not 0 <= lowest <= unit_cost:
            self.add_error("lowest", "Give nil or more, and no more than one costs")
        if highest is not None and highest < unit_cost:
            self.add_error("highest", "Give no less than one costs")

    def _hundredths(self) -> int | None:
        text = self.cleaned_data.get("assumed", "").strip()
        try:
            number = number_written(text)
        except ValueError as error:
            self.add_error("assumed", str(error))
            return None
        if number > LARGEST_NUMBER or number * 100 % 1:
            self.add_error("assumed", f"“{text}” is too large, or has more than two decimals")
            return None
        return int(number * 100)
