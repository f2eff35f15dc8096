"""Fields and attributes that forms share, as the design system and screen readers want them."""

from __future__ import annotations

from typing import Any

from django import forms

from core.values.months import Month

# So many digits any database keeps as a key.
LONGEST_KEY = 18


class Words(forms.CharField):
    """A text of several lines. Browsers send two characters for the end of a line; it counts as the one it is."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class MonthField(forms.CharField):
    """A month as browsers send it: 2020-06."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "type": "month"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Radios(forms.RadioSelect):
    """One beside the other; a link to the field as a whole leads to the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


def govuk(form: forms.BaseForm) -> None:
    """Gives each field the design system's classes, and names its hint and error for screen readers."""
    for name, field in form.fields.items():
        described = [f"id_{name}-hint"] if field.help_text else []
        classes = "govuk-input"
        if form.is_bound and name in form.errors:
            described.append(f"id_{name}-error")
            classes += " govuk-input--error"
        field.widget.attrs.update({"class": classes, "spellcheck": "false"})
        if described:
            field.widget.attrs["aria-describedby"] = " ".join(described)


def describe_errors(form: forms.Form) -> None:
    """Hint and error stand beside their field and are read out with it; the browser's own bubbles don't come first."""
    form.use_required_attribute = False
    for bound in form.visible_fields():
        described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
        if bound.errors:
            described.append(f"{bound.id_for_label}-error")
            bound.field.widget.attrs["aria-invalid"] = "true"
        if described:
            bound.field.widget.attrs["aria-describedby"] = " ".join(described)


def row_key(text: str) -> int:
    """A row's key as a form sent it, which anybody may have written; 0, which no row has, where it can't be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
