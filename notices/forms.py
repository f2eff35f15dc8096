"""Which kinds of notices a person wants by e-mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from notices.kinds import kinds_for, when_told
from parties.participants import Participant


class MailForm(forms.Form):
    """One box for each kind that can reach the person; ticked is wanted."""

    wanted = forms.MultipleChoiceField(
        label="Tell me by e-mail when …",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )

    def __init__(
        self, *args: Any, participant: Participant, unwanted: Collection[str] = (), **kwargs: Any
    ) -> None:
        kinds = kinds_for(participant)
        kwargs.setdefault("initial", {"wanted": [kind.name for kind in kinds if kind.name not in unwanted]})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wanted"]
        self.told_when = [when_told(kind, participant) for kind in kinds]
        field.choices = [(kind.name, when_told(kind, participant)) for kind in kinds]
