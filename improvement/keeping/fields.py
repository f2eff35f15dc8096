"""Fields of which the forms of a plan are made: lists, references, numbers."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import Words
from improvement.plans.lines import lines_written
from improvement.plans.references import in_capitals

MOST_NUMBER = 999


class Lines(Words):
    """One thing on each line; a list of texts. Empty lines and the signs of a list before them don't count."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3})
        super().__init__(widget=widget, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or [])

    def clean(self, value: Any) -> Any:
        try:
            return lines_written(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Codes(forms.CharField):
    """References as people write them, "MV7, O3": a list of codes in capitals."""

    def clean(self, value: Any) -> Any:
        return [
            in_capitals(code) for code in super().clean(value).replace(";", ",").replace(",", " ").split()
        ]


def number(label: str = "Number") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_NUMBER,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
        error_messages={"required": "Give a number"},
    )
