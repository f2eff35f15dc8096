"""Which kinds of notices a person wants by e-mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from kpis.models import Notice
from kpis.services.notices.choosing import kinds_for
from parties.access import Reader

Kind = Notice.Kind

WHEN = {
    Kind.QUERIED: "the council asks about a figure",
    Kind.ANSWERED: "the Trust answers a query",
    Kind.ACCEPTED: "the council accepts figures",
}
# Deadlines are each party's own.
TRUST_WHEN = {
    Kind.DUE: "figures or answers to queries are due within three working days",
    Kind.OVERDUE: "figures or answers to queries are overdue",
}
COUNCIL_WHEN = {
    Kind.DUE: "the council’s answers are due within three working days",
    Kind.OVERDUE: "the council’s answers are overdue",
}


class MailForm(forms.Form):
    """One box for each kind that can reach the reader; ticked is wanted."""

    wanted = forms.MultipleChoiceField(
        label="Tell me by e-mail when …",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )

    def __init__(self, *args: Any, reader: Reader, unwanted: Collection[str] = (), **kwargs: Any) -> None:
        kinds = kinds_for(reader)
        kwargs.setdefault("initial", {"wanted": [kind for kind in kinds if kind not in unwanted]})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wanted"]
        field.choices = [(kind.value, _when(kind, reader)) for kind in kinds]


def _when(kind: Kind, reader: Reader) -> str:
    parts = []
    if reader.may("query.answer"):
        parts.append(TRUST_WHEN.get(kind, ""))
    if reader.may("figure.answer"):
        parts.append(COUNCIL_WHEN.get(kind, ""))
    return WHEN.get(kind) or ", or ".join(part for part in parts if part)
