"""What people type about an impact measure."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms

from core.forms import MonthField, describe_errors
from core.values.written_numbers import number_written
from improvement.fields import area, choice, line, web_address
from improvement.measures.services import DIGITS_AFTER, Terms
from improvement.models import Measure, MeasureLink

PERCENT = {"%", "percent", "per cent"}
LONGEST_NUMBER = 60
CHOOSE = ("", "Choose")


def is_percent(unit: str) -> bool:
    return unit.strip().lower() in PERCENT


class MeasureForm(forms.Form):
    """A form about one measure, begun from how it stood for the person: ``version``."""

    def __init__(
        self, *args: Any, measure: Measure, indicators: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        self.measure = measure
        kwargs["initial"] = self.begun_from(measure)
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            self.fields["indicator"] = choice(
                "Indicator", choices=[CHOOSE, *indicators], required="Choose the indicator"
            )
        describe_errors(self)

    @staticmethod
    def begun_from(measure: Measure) -> dict[str, Any]:
        return {}

    def differences(self, measure: Measure) -> list[tuple[str, str]]:
        """Label and text of each thing in which the measure reads otherwise than what was typed."""
        return []


class TermsForm(MeasureForm):
    """Baseline, aim, unit and period. How they stood rides along, so that nobody's words are written over unseen."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    baseline = line("Baseline", "Where it stood before, in any words: 9 of 10 cases, March 2019")
    aim = line("Aim", "Where it should go, in any words: at least 95% by March 2021")
    unit = line("Unit", "Of the values: %, children, days", most=40, width="govuk-input--width-10")
    period = choice("A value is due", choices=[("", "Not said"), *Measure.Period.choices])

    @staticmethod
    def begun_from(measure: Measure) -> dict[str, Any]:
        terms = Terms.of(measure)
        return asdict(terms) | {"version": terms.mark}

    def differences(self, measure: Measure) -> list[tuple[str, str]]:
        periods = dict(Measure.Period.choices)
        typed = asdict(self.terms())
        return [
            (
                str(self.fields[name].label),
                periods.get(reads, reads) if name == "period" else reads or "Not said",
            )
            for name, reads in asdict(Terms.of(measure)).items()
            if reads != typed[name]
        ]

    def terms(self) -> Terms:
        return Terms(*(self.cleaned_data[name] for name in ("baseline", "aim", "unit", "period")))


class ValueForm(MeasureForm):
    """A value of a month. A later one of the same month says why it takes the earlier one's place."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62, required=False)
    month = MonthField(
        label="Month",
        help_text="Of a longer period its last, like 2020-03",
        error_messages={"required": "Give the month"},
    )
    value = line(
        "Value",
        f"The number alone, like 1,045 or 75.4, with at most {DIGITS_AFTER} decimals",
        most=LONGEST_NUMBER,
        required="Give the value",
        width="govuk-input--width-10",
    )
    source = line(
        "Source",
        "Where it comes from: audit of 20 case files, October 2019",
        required="Say where it comes from",
    )
    words = area("What is said of it", "Where the month has a value already: why this one takes its place")
    link = web_address("Where the source is")

    @staticmethod
    def begun_from(measure: Measure) -> dict[str, Any]:
        return {"version": max((value.pk for value in measure.values.all()), default=0)}

    def clean_value(self) -> Decimal:
        try:
            return number_written(self.cleaned_data["value"], percent=is_percent(self.measure.unit))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class LinkForm(MeasureForm):
    """An indicator that shows the measure, how, and why."""

    indicator = forms.CharField(label="Indicator")  # whose choices are the contract's
    strength = choice(
        "What it shows",
        choices=[CHOOSE, ("same", "The same quantity"), ("overlaps", "A part of it, or a wider cut")],
        required="Say what it shows",
    )
    words = area("Why", required="Say why the indicator shows it")

    def clean_strength(self) -> str:
        return str(MeasureLink.Strength(self.cleaned_data["strength"]))
