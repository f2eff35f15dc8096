"""The fields of which forms about a plan are made, as the design system wants them, and the box that folds a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from core.forms import Words
from improvement.models.plan import TITLE, WORDS


@dataclass(frozen=True)
class FormBox:
    """What the reader can do on a page, folded under its heading; ``name`` is which of the page's acts it is."""

    name: str
    heading: str
    button: str
    url: str
    form: forms.Form
    open: bool


def line(
    label: str, hint: str = "", *, most: int = TITLE, required: str = "", width: str = ""
) -> forms.CharField:
    """One line; ``required`` is what is said where it is missing, empty: it may be. ``width`` is a class."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=most,
        widget=forms.TextInput(attrs={"class": f"govuk-input {width}".strip()}),
        error_messages={"required": required},
    )


def area(label: str, hint: str = "", *, required: str = "") -> Words:
    """Several lines; ``required`` as in ``line``."""
    return Words(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": required},
    )


def choice(
    label: str, hint: str = "", *, choices: Sequence[tuple[str, str]] = (), required: str = ""
) -> forms.ChoiceField:
    """One of a list; ``required`` as in ``line``."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(required),
        choices=list(choices),
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": required, "invalid_choice": "Choose one of the list"},
    )


def web_address(label: str) -> forms.URLField:
    """Where something may be read; it may be left out."""
    return forms.URLField(
        label=label,
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "govuk-input"}),
    )
