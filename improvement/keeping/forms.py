"""What people type to write a plan. A form that changes a row carries the mark of what was seen of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.forms import MonthField, describe_errors
from core.values.months import Month
from improvement.fields import area, choice, line
from improvement.keeping.fields import Codes, Lines, number
from improvement.keeping.services.plans import CODE_LENGTH
from improvement.models import Owner, Plan, Reference
from improvement.rules.status import SAID

LONGEST_CADENCE = 60
_SEE = re.compile(r"see\s+", re.IGNORECASE)


class KeepingForm(forms.Form):
    """``leaves_out`` names fields that this use of the form doesn't ask for, ``choices`` what others offer."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        leaves_out: Sequence[str] = (),
        choices: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in leaves_out:
            del self.fields[name]
        for name, offered in (choices or {}).items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]
        describe_errors(self)

    def refuse(self, message: str, field: str = "") -> None:
        """Shows why a service refused, at its field where there is one."""
        self.add_error(field if field in self.fields else None, message)
        describe_errors(self)


class PlanForm(KeepingForm):
    kind = choice("What it is", choices=Plan.Kind.choices, required="Choose what it is")
    name = line("Name", required="Give the plan its name")
    code = forms.SlugField(
        label="Short name for its address",
        help_text="Small letters, digits and hyphens, like childcare-2020. Empty: made from its name",
        required=False,
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
        error_messages={"invalid": "Use letters, digits and hyphens only"},
    )
    starts_on = MonthField(
        label="First month",
        help_text="Like 2020-04",
        error_messages={"required": "Give the first month"},
    )
    ends_on = MonthField(label="Last month", error_messages={"required": "Give the last month"})
    cadence_every = forms.IntegerField(
        label="Reviewed every",
        help_text="How often a word is asked of each action. Empty: not said",
        required=False,
        min_value=1,
        max_value=LONGEST_CADENCE,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )
    cadence_unit = choice(
        "Weeks or months", choices=[("", "Not said"), ("week", "weeks"), ("month", "months")]
    )
    owner = line("Who answers for it", "A role, such as Director of Education")
    document = line("Document", "Where it is printed, if it is")
    place = line("Place in the document", "Such as Appendix 2")

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last month comes before the first")
        if bool(given.get("cadence_every")) != bool(given.get("cadence_unit")):
            self.add_error("cadence_every", "Say how many weeks or months, or leave both out")
        return given


class PriorityForm(KeepingForm):
    number = number()
    name = line("Name", required="Give the priority its name")
    lead = line("Who leads it", "A role")
    why = area("Why")
    what = Lines(label="What will be done", help_text="One on each line")
    how = Lines(label="How", help_text="One on each line")
    good = Lines(label="What good looks like", help_text="One on each line")


class RecommendationForm(KeepingForm):
    references = Codes(
        label="References",
        help_text="Like MV7, O3. The first names the recommendation",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20"}),
        error_messages={"required": "Give at least one reference, like OR1"},
    )
    block = choice("Part of the overview")
    title = line("Short title", required="Give it a short title")
    wording = area("Full wording")
    success = Lines(label="What success looks like", help_text="One on each line")


class ActionForm(KeepingForm):
    number = number()
    title = line("Short title", required="Give it a short title")
    wording = area("Full wording")
    target = MonthField(label="Target month", help_text="Like 2020-06. Empty: it has no date", required=False)
    target_words = line(
        "Where the date stands", "Only where something else says when, such as impact workbook"
    )
    owners = forms.MultipleChoiceField(label="Owners", required=False, widget=forms.CheckboxSelectMultiple)

    def clean_target_words(self) -> str:
        """As pages and files write it, "See" stands before it anyway."""
        words: str = self.cleaned_data["target_words"]
        see = _SEE.match(words)
        return words[see.end() :] if see else words

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("target") and given.get("target_words"):
            self.add_error("target_words", "Give a month, or say where the date stands: not both")
        return given


class MeasureForm(KeepingForm):
    number = number()
    title = line("Short title", required="Give it a short title")
    wording = area("Full wording")


class OwnerForm(KeepingForm):
    role = line("Role", "Such as Head of Early Years", required="Give the role")
    side = choice(
        "On whose side",
        "It decides who confirms: the council what the Trust and partners do, the Trust what the council does alone",
        choices=[("", "Choose"), *Owner.Side.choices],
        required="Choose the side",
    )
    organisation = choice(
        "Organisation",
        "Empty: Trust and council follow from their side; for anybody else whoever keeps this plan writes",
    )
    person = choice("Person", "Only where one person answers for it, of this organisation")


class StateForm(KeepingForm):
    """How a recommendation stands in both phases; a phase that is left out is not stated."""

    reference = choice("Which reference")
    phase1 = choice("Phase 1: was it done?")
    words1 = area(
        "Why Phase 1 is stated so",
        "Needed where its actions come to something else, aren’t all recorded or all ended undone",
    )
    phase2 = choice("Phase 2: did it make a difference?")
    words2 = area(
        "Why Phase 2 is stated so",
        "Needed where its actions come to something else, aren’t all recorded or all ended undone",
    )

    STATUSES = (("", "Not stated now"), *((status.value, status.explained) for status in SAID))

    @classmethod
    def choices_of(cls, references: Sequence[Reference]) -> dict[str, Sequence[tuple[str, str]]]:
        codes = [(reference.code, f"{reference.code} alone") for reference in references]
        every = [("", f"All of them: {', '.join(code for code, _ in codes)}")]
        return {"reference": [*every, *codes], "phase1": cls.STATUSES, "phase2": cls.STATUSES}


def typed(name: str, value: Any) -> Any:
    """A row's value as its form shows it."""
    if name in ("starts_on", "ends_on"):
        return str(Month.of(value))
    if name == "owners":
        return [owner.role for owner in value]
    if name in ("organisation", "person"):
        return str(value.pk) if value else ""
    return value
