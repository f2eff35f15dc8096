"""What is handed in: a file, or rows pasted from a spreadsheet; one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.forms import Radios, describe_errors
from uploads.handlers import UploadHandler
from uploads.receiving import HandedIn, too_large
from uploads.tables.refusal import Choice

# The box of refused rows is about as high as they are.
FEWEST_LINES, MOST_LINES = 5, 16


class UploadForm(forms.Form):
    """Judges sizes only: what is in the file is for who reads it to say."""

    file = forms.FileField(
        label="A filled template, or any other XLSX or CSV file with its columns",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    rows = forms.CharField(
        label="Or rows pasted from a spreadsheet",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "govuk-textarea", "rows": 4, "wrap": "off", "aria-describedby": "id_rows-hint"}
        ),
    )

    def __init__(self, handler: UploadHandler, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].help_text = _rows_hint(handler)
        if self.is_bound and "file" in self.errors:
            self.fields["file"].widget.attrs["aria-describedby"] = "id_file-error"

    def clean_file(self) -> UploadedFile | None:
        """The size is known before anything is read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def clean(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        pasted = bool(given.get("rows", "").strip())
        if pasted and (words := _too_many(given["rows"])):
            self.add_error("rows", words)
        if not self.errors:
            if given["file"] is None and not pasted:
                self.add_error("file", "Choose a file, or paste rows.")
            elif given["file"] is not None and pasted:
                self.add_error("file", "Give either a file or pasted rows, not both.")
        return given

    def handed_in(self) -> HandedIn:
        """Only of a form that is valid."""
        file: UploadedFile | None = self.cleaned_data["file"]
        return (
            HandedIn.file(file.name or "", file.read()) if file else HandedIn.rows(self.cleaned_data["rows"])
        )


class RowsForm(forms.Form):
    """Pasted rows, to be put right where they were refused."""

    rows = forms.CharField(
        label="Your rows",
        strip=False,
        error_messages={"required": "There are no rows. Paste them, or withdraw what was handed in."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "wrap": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = str(self["rows"].value() or "").count("\n") + 1
        self.fields["rows"].widget.attrs["rows"] = min(max(lines + 1, FEWEST_LINES), MOST_LINES)
        if self.is_bound:
            describe_errors(self)

    def refuse(self, words: str) -> None:
        """Say why the rows were not taken, beside what was typed."""
        self.add_error("rows", words)
        describe_errors(self)

    def clean_rows(self) -> str:
        rows: str = self.cleaned_data["rows"]
        if not rows.strip():
            raise forms.ValidationError(self.fields["rows"].error_messages["required"])
        if words := _too_many(rows):
            raise forms.ValidationError(words)
        return rows


class AnswerForm(forms.Form):
    """The answer to what a file asks."""

    answer = forms.ChoiceField(widget=Radios, error_messages={"required": "Choose one of these."})

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(choice.value, choice.label) for choice in choices]  # type: ignore[attr-defined]


def _too_many(rows: str) -> str:
    """Why these rows are more than is taken; empty where they aren't."""
    return too_large(pasted=True) if len(rows.encode()) > settings.IMPORT_MAX_BYTES else ""


def _rows_hint(handler: UploadHandler) -> str:
    orders = [", ".join(order) for order in handler.layout.orders[:1]]
    return "With the template’s header row" + (f", or without it: {orders[0]}" if orders else "")
