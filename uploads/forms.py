"""What is handed in: a file, or rows pasted from a spreadsheet; one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from uploads.handlers import UploadHandler
from uploads.receiving import PASTED, too_large


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
        self.fields["rows"].help_text = f"With the template’s header row, or without it: {handler.columns}"
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
        if not self.errors:
            if given["file"] is None and not pasted:
                self.add_error("file", "Choose a file, or paste rows.")
            elif given["file"] is not None and pasted:
                self.add_error("file", "Give either a file or pasted rows, not both.")
        return given

    def handed_in(self) -> tuple[str, bytes]:
        """Name and content; only of a form that is valid."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None:
            return file.name or "", file.read()
        # A browser ends the lines of a text area in its own way; who reads it takes any. The empty lines above go.
        return PASTED, self.cleaned_data["rows"].lstrip("\r\n").encode()
