"""What is typed about savings: what was delivered and is at risk, and how a plan's amounts are read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from budgets.models import Saving, SavingSaid, SavingsPlan
from budgets.models.book import WORDS
from budgets.rules.money import for_file
from budgets.rules.written_money import NotAnAmount, pence_given
from budgets.savings.saying import Said
from core.forms import Radios, Words, describe_errors

AMOUNT = 40
KEY = 2**62


def _amount(label: str, hint: str) -> forms.CharField:
    widget = forms.TextInput(
        attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
    )
    return forms.CharField(label=label, help_text=hint, max_length=AMOUNT, required=False, widget=widget)


def _words(label: str, required: str) -> Words:
    return Words(
        label=label,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
        error_messages={"required": required},
    )


def _mark(least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=least, max_value=KEY)


class _SavingsForm(forms.Form):
    """``version`` is the number of the row that was the last one when the form was shown; 0 where there was none."""

    version = _mark()

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        describe_errors(self)


class SavingForm(_SavingsForm):
    """What was delivered of a year's saving; an empty box is not said."""

    saving = _mark(1)
    delivered = _amount("Delivered", "In pounds, counted as the planned amount is. Empty: not said; 0 is nil")
    at_risk = _amount("At risk", "What may not be delivered. Empty: not said; 0 is nil")
    words = _words("On what it rests", "Say on what it rests: who found it, and where it is seen")

    def __init__(self, sent: QueryDict | None = None, *, saving: Saving) -> None:
        super().__init__(
            sent, initial=_begun(saving), auto_id=f"saving{saving.pk}-%s", use_required_attribute=False
        )
        self.about = ("saving", saving.pk)
        describe_errors(self)

    def clean_delivered(self) -> int | None:
        return self._pence("delivered")

    def clean_at_risk(self) -> int | None:
        return self._pence("at_risk")

    def said(self) -> Said:
        """Of a form that is valid."""
        given = self.cleaned_data
        return Said(given["delivered"], given["at_risk"], given["words"], given["version"])

    def _pence(self, name: str) -> int | None:
        text = self.cleaned_data[name].strip()
        if not text:
            return None
        try:
            pence = pence_given(text)
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from None
        if pence < 0:
            raise forms.ValidationError("Give an amount of nil or more")
        return pence


class ReadingForm(_SavingsForm):
    """How the amounts of a plan are read."""

    plan = _mark(1)
    reading = forms.ChoiceField(
        label="How the amounts are read",
        choices=SavingsPlan.Reading.choices,
        widget=Radios,
        error_messages={"required": "Choose one of the two"},
    )
    words = _words("Why, or who said it", "Say why it is read so, or who said it")

    def __init__(self, sent: QueryDict | None = None, *, plan: SavingsPlan) -> None:
        readings = list(plan.readings.all())
        initial = {"plan": plan.pk, "version": readings[-1].number if readings else 0}
        super().__init__(sent, initial=initial, auto_id=f"plan{plan.pk}-%s", use_required_attribute=False)
        self.about = ("plan", plan.pk)
        describe_errors(self)


def _begun(saving: Saving) -> dict[str, Any]:
    """What was said last; of what is made up no amount, or saving would make it somebody's own word."""
    said = list(saving.said.all())
    begun: dict[str, Any] = {"saving": saving.pk, "version": said[-1].number if said else 0}
    if said and said[-1].provenance == SavingSaid.Provenance.RETURNED:
        amounts = {"delivered": said[-1].delivered, "at_risk": said[-1].at_risk}
        begun |= {name: "" if pence is None else for_file(pence) for name, pence in amounts.items()}
    return begun
