"""The fields of which the forms of a plan are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import Words
from improvement.models.plan import TITLE, WORDS
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


def line(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """``required`` is what is said where it is missing; empty: it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=TITLE,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"required": required},
    )


def area(label: str, hint: str = "") -> Words:
    return Words(
        label=label,
        help_text=hint,
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )


def number(label: str = "Number") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_NUMBER,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
        error_messages={"required": "Give a number"},
    )


def choice(
    label: str, hint: str = "", *, choices: Sequence[tuple[str, str]] = (), required: bool = False
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=required,
        choices=list(choices),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
