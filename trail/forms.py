"""Which entries of the audit trail a person asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from core.forms import describe_errors
from core.values.months import EARLIEST, LATEST
from trail.selectors import Asked, groups

MOST = 100


def _day(label: str) -> forms.DateField:
    said = f"Give {label} as a day like 2019-05-14"
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(EARLIEST.first_day, said), MaxValueValidator(LATEST.last_day, said)],
        widget=forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": said},
    )


class TrailForm(forms.Form):
    """Every field may stay empty."""

    what = forms.ChoiceField(
        label="What",
        required=False,
        choices=lambda: [("", "everything"), *groups().items()],
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose what to show from the list"},
    )
    who = forms.CharField(
        label="Who", required=False, max_length=MOST, widget=forms.TextInput(attrs={"class": "govuk-input"})
    )
    words = forms.CharField(
        label="Words", required=False, max_length=MOST, widget=forms.TextInput(attrs={"class": "govuk-input"})
    )
    first = _day("From")
    last = _day("To")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_errors(self)
        for bound in self:
            # A browser empties a field of days that holds none; what was typed stays to be mended.
            if bound.errors and isinstance(bound.field, forms.DateField):
                bound.field.widget.input_type = "text"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day comes before the first")
        return given

    def asked(self) -> Asked:
        """Of a valid form."""
        given = self.cleaned_data
        return Asked(given["who"], given["what"], given["first"], given["last"], given["words"])

    def pairs(self) -> list[tuple[str, str]]:
        """What was filled in, as it goes into an address."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]
