"""What the Trust types for a month: one form for each indicator, which keeps any text and judges nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from core.forms import Words
from kpis.definitions.models import Indicator
from kpis.figures.checking import CONTROL
from kpis.figures.models.check_answer import ANSWER
from kpis.figures.models.figure import REASON as CHANGE_REASON
from kpis.returns.draft_text import DraftText, Kind
from kpis.returns.drafting import CurrentEntry, DraftEdit
from kpis.returns.models.draft import COMMENTARY, DAY, NUMBER, REASON
from kpis.rules.checks import REGISTRY

ANSWER_FIELD = re.compile(r"answer-([a-z-]{1,40})")
CODES = {check.code for check in REGISTRY}
VALUE_LABELS = {
    "percent": "or the value in %",
    "rate_per_10000": "or the rate",
    "mean": "or the mean",
    "count": "Count",
}


def _number(label: str) -> forms.CharField:
    widget = forms.TextInput(
        attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
    )
    return forms.CharField(label=label, max_length=NUMBER, required=False, widget=widget)


def _words(label: str, most: int, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})
    return Words(label=label, max_length=most, required=False, widget=widget)


class DraftEditForm(forms.Form):
    """One indicator's part of a return. ``was`` and ``begun_from`` tell what the form showed when typing began."""

    numerator = _number("Numerator")
    denominator = _number("Denominator")
    value = _number("Value")
    commentary = _words("What happened, why, what next, and by when", COMMENTARY, 3)
    standing = forms.ChoiceField(
        label="This is",
        choices=[(kind.value, kind.label) for kind in Kind],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    expected_on = forms.CharField(
        label="Final figure expected on",
        max_length=DAY,
        required=False,
        widget=forms.DateInput(attrs={"class": "govuk-input govuk-input--width-10", "type": "date"}),
    )
    reason = _words("Why it can’t be reported", REASON, 2)
    change_reason = _words("Why the figure changes", CHANGE_REASON, 2)
    was = forms.CharField(max_length=16, widget=forms.HiddenInput)
    begun_from = forms.IntegerField(required=False, max_value=2**62, widget=forms.HiddenInput)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        indicator: Indicator,
        initial: dict[str, Any] | None = None,
        answers: Mapping[str, str],
    ) -> None:
        super().__init__(sent, initial=initial, prefix=indicator.code, use_required_attribute=False)
        self.answers = answers
        self.wrong: dict[str, str] = {}
        self.indicator = indicator
        self.fields["value"].label = VALUE_LABELS[indicator.unit]
        if indicator.unit == Indicator.Unit.COUNT:
            del self.fields["numerator"], self.fields["denominator"]
        for name in self.fields:
            self.fields[name].widget.attrs["aria-describedby"] = f"{indicator.code}-judged"

    @classmethod
    def showing(
        cls, indicator: Indicator, current: CurrentEntry, *, beside_latest: bool = False
    ) -> DraftEditForm:
        """A form that shows what is kept now; on a page that shows the latest revision too, it follows that one."""
        text = current.text
        fields = {name: getattr(text, name) for name in cls.base_fields if hasattr(text, name)}
        begun_from = current.latest_id if beside_latest else current.begun_from
        begun = {"was": text.content_hash, "begun_from": begun_from}
        return cls(indicator=indicator, initial=fields | begun, answers=text.answers)

    @classmethod
    def sent(cls, indicator: Indicator, data: QueryDict) -> DraftEditForm:
        return cls(data, indicator=indicator, answers=_answers(data, indicator.code))

    def clean(self) -> dict[str, Any]:
        if any(len(words) > ANSWER for words in self.answers.values()):
            raise forms.ValidationError(f"An explanation has more than {ANSWER} characters. Shorten it.")
        if any(CONTROL.search(words) for words in self.answers.values()):
            raise forms.ValidationError("An explanation has control characters. Type it again as plain text.")
        return dict(self.cleaned_data)

    def edit(self) -> DraftEdit:
        """What was sent; only of a form that is valid."""
        given = self.cleaned_data
        texts = {name: given.get(name, "") for name in DraftText.__dataclass_fields__ if name != "answers"}
        return DraftEdit(
            indicator=self.indicator,
            text=DraftText(**texts, answers=self.answers),
            was=given["was"],
            begun_from=given["begun_from"],
        )

    def mark_wrong(self, errors: Mapping[str, str]) -> bool:
        """Marks the fields of which the errors speak, by their ids, for people who listen; whether there is one."""
        own = [name for name in self.fields if self[name].id_for_label in errors]
        for name in own:
            self.fields[name].widget.attrs["aria-invalid"] = "true"
        self.wrong = {name: errors[self[name].id_for_label] for name in own}
        prefix = f"id_{self.indicator.code}-"
        return any(anchor.startswith(prefix) for anchor in errors)

    def after(self, current: CurrentEntry) -> DraftEditForm:
        """The same text, as if it had been begun from what is kept now."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("was")] = current.text.content_hash
        data[self.add_prefix("begun_from")] = str(current.latest_id or "")
        return DraftEditForm.sent(self.indicator, data)


def _answers(data: QueryDict, code: str) -> dict[str, str]:
    """Words for checks that warned, by the check's code."""
    found = {}
    for name in data:
        own = name.removeprefix(f"{code}-")
        if own != name and (match := ANSWER_FIELD.fullmatch(own)) and match[1] in CODES:
            found[match[1]] = data.get(name, "").strip()
    return found


def sent_forms(indicators: Mapping[str, Indicator], data: QueryDict) -> dict[str, DraftEditForm]:
    """The forms of those indicators of which the answer speaks."""
    return {
        code: DraftEditForm.sent(indicator, data)
        for code, indicator in indicators.items()
        if f"{code}-was" in data
    }
