"""What is typed of a period: one form for each line, which keeps any text; amounts are read when they are submitted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.http import QueryDict

from budgets.models import Entry, Line, LineDraft
from budgets.models.book import WORDS
from budgets.models.monitoring import REASON
from budgets.months.drafting import FIELDS, Typed
from budgets.months.entering import LineSaid, said_of
from budgets.months.standing import Stands
from budgets.months.typed_amounts import AMOUNTS, said_in
from budgets.rules.money import for_file
from budgets.rules.written_money import NotAnAmount, pence_given
from core.forms import Words, describe_errors, row_key

AMOUNT = 40
SENT = re.compile(r"line(\d+)-version", re.ASCII)
WORDY = ("moved", "words", "reason")
MINE, THEIRS = "mine", "theirs"
CHOICES = [(MINE, "What I typed"), (THEIRS, "What the other person entered")]


def _amount(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=AMOUNT, required=False, widget=widget)


def _words(label: str, most: int) -> Words:
    widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2})
    return Words(label=label, max_length=most, required=False, widget=widget)


class LineForm(forms.Form):
    """One line's part of a period. ``version`` and ``begun_from`` tell what the form showed when typing began.

    After a conflict ``choice`` says whose is to stand, and ``seen`` and ``seen_version`` what of the other was shown.
    """

    actual = _amount("Spent to date")
    forecast = _amount("Forecast of the year")
    committed = _amount("Known to come")
    mitigation = _amount("Mitigations")
    moved = _words("Why the forecast moved", WORDS)
    words = _words("Why it is off track, and what is done", WORDS)
    reason = _words("Why the closed month is revised", REASON)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    begun_from = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**62)
    choice = forms.ChoiceField(choices=CHOICES, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**62)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2_000_000_000)

    def __init__(
        self, sent: QueryDict | None = None, *, stands: Stands, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(
            sent, initial=dict(initial or {}), prefix=prefix_of(stands.line), use_required_attribute=False
        )
        self.line, self.stands = stands.line, stands
        self.draft: LineDraft | None = None
        if not stands.beside.closed:
            del self.fields["reason"]
        describe_errors(self)

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        describe_errors(self)

    @classmethod
    def showing(cls, stands: Stands, draft: LineDraft | None) -> LineForm:
        """What is kept now: the draft, else the latest entry."""
        latest = stands.latest.pk if stands.latest else None
        begun = {
            "version": draft.version if draft else 0,
            "begun_from": draft.begun_from_id if draft else latest,
        }
        form = cls(stands=stands, initial=(draft.typed if draft else _written(stands)) | begun)
        form.draft = draft
        return form

    @property
    def is_touched(self) -> bool:
        """Whether an amount stands in it, or words."""
        return any(str(self.cleaned_data.get(name, "")).strip() for name in FIELDS)

    def typed(self) -> Typed:
        given = self.cleaned_data
        texts = {name: given.get(name, "") for name in FIELDS}
        return Typed(self.line, texts, self.drafted, self.begun)

    @property
    def drafted(self) -> int:
        """The version of the draft whose place this takes: the one chosen over, or the one that typing began from."""
        given = self.cleaned_data
        chosen = given["choice"] == MINE and given["seen_version"] is not None
        version: int = given["seen_version"] if chosen else given["version"]
        return version

    @property
    def begun(self) -> int | None:
        """The entry that this one takes the place of: the one chosen over, or the one that typing began from."""
        given = self.cleaned_data
        seen = given["seen"] if given["choice"] == MINE else None
        return given["begun_from"] if seen is None else seen

    @property
    def leaves_theirs(self) -> bool:
        """Whether the person found that what the other one entered is right."""
        return self.cleaned_data["choice"] == THEIRS

    def said(self) -> LineSaid | None:
        """The amounts in pence; None, with the errors in the form, where one can't be read or is missing."""
        said, wrong = said_in(self.cleaned_data)
        for name, message in wrong:
            self.add_error(name, message)
        return None if said is None or self.errors else LineSaid(self.line, said, self.begun, self.drafted)

    @property
    def amounts(self) -> list[forms.BoundField]:
        return [self[name] for name in AMOUNTS]

    @property
    def wordy(self) -> list[forms.BoundField]:
        return [self[name] for name in WORDY if name in self.fields]

    @property
    def words_open(self) -> bool:
        """Whether something of its words is wrong."""
        return any(field.errors for field in self.wordy)

    @property
    def words_said(self) -> bool:
        return any(str(field.value() or "").strip() for field in self.wordy)

    def pence_shown(self, name: str) -> int | None:
        """What stands in a field; None where nothing does, or no amount."""
        with suppress(NotAnAmount):
            return pence_given(str(self[name].value() or ""))
        return None


def prefix_of(line: Line) -> str:
    return f"line{line.pk}"


def lines_sent(sent: QueryDict) -> list[int]:
    """The keys of the lines whose forms were sent, which anybody may have written."""
    found = [SENT.fullmatch(name) for name in sent]
    return [row_key(name.group(1)) for name in found if name]


def _written(stands: Stands) -> dict[str, str]:
    """The latest entry as it would be typed; nothing where there is none, or of what is illustrative: saving would make
    it somebody's own word.
    """
    if stands.latest is None or stands.latest.provenance == Entry.Provenance.ILLUSTRATIVE:
        return {}
    said = said_of(stands.latest)
    amounts = {name: getattr(said, name) for name in AMOUNTS}
    texts = {name: "" if pence is None else for_file(pence) for name, pence in amounts.items()}
    return texts | {"words": said.words, "moved": said.moved}
