"""What people type about an action, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import MonthField, describe_errors
from core.values.months import REACH, taken
from improvement.fields import area, choice, line, web_address
from improvement.models import Action, Evidence
from improvement.models.event import Kind, Provenance
from improvement.rules.status import NOT_ON_TRACK, SAID, Status

DAY = {"class": "govuk-input govuk-input--width-10", "type": "date"}
AS_IT_IS = ("", "Leave as it is")
WORDS_OF_NOTHING = "Choose where it stands beside your words. A word alone is sent as a comment"
RISK_OF_NOTHING = "A risk is kept with a phase that is not on track. Choose so, or say it in what happened"
AGREED_BY = "Who agreed to it"
SUPERSEDES = "Another action takes its place"
# Phase 2 is completed by its confirmation alone.
SAID_OF_IMPACT = [status for status in SAID if status != Status.COMPLETED]


def _day(label: str, hint: str = "", missing: str = "Give the day") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs=dict(DAY), format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Give the day as a date, like 2020-04-20"},
    )


def _of(statuses: Sequence[Status]) -> list[tuple[str, str]]:
    return [(status.value, status.explained) for status in statuses]


def _reachable(day: date) -> date:
    if not taken(day):
        raise forms.ValidationError(f"The day is out of reach: {REACH}")
    return day


OF_A_RISK = ("risk", "mitigation", "risk_owner")
OF_A_SAMPLE = ("sample", "looked_by", "independent")
WINDOWS = ("before_from", "before_to", "after_from", "after_to")
BY_KIND = (
    ("", ("kind", "shows", "seen_on", "again_on")),
    ("Needed for the movement of an indicator", ("indicator", *WINDOWS)),
    ("Needed for an audit finding or a practice sample", OF_A_SAMPLE),
    ("Needed for a document; for the others where there is one", ("link",)),
)


class StepForm(forms.Form):
    """A step with an action, begun from the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    STALE = "This form doesn’t say what it was begun from. Open the page again, and type it there"

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": action.version,
            **self.initial_of(action),
            **(kwargs.get("initial") or {}),
        }
        self.action = action
        super().__init__(*args, **kwargs)
        self.fields |= self.own_fields()
        describe_errors(self)

    def own_fields(self) -> dict[str, forms.Field]:
        """Fields as this action and this person need them."""
        return {}

    @staticmethod
    def initial_of(action: Action, version: int | None = None) -> dict[str, Any]:
        """What the fields hold at first; ``version``: as the action stood then."""
        return {}

    def groups(self) -> Sequence[tuple[str, Sequence[forms.BoundField]]]:
        """The fields by heading, in the order in which they are asked."""
        return [("", self.visible_fields())]

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        describe_errors(self)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if "version" in self.errors:
            self.add_error(None, self.STALE)
        return given


class UpdateForm(StepForm):
    """Where the action stands in both phases; what is not on track names its risk; a target that moves says why.

    A phase of which nothing is recorded is left so until somebody chooses where it stands.
    """

    phase1 = choice("Phase 1: is it done?", choices=[AS_IT_IS, *_of(SAID)])
    phase2 = choice("Phase 2: does it make a difference?", choices=[AS_IT_IS, *_of(SAID_OF_IMPACT)])
    words = area("What happened since the last word")
    risk = area("Risk", "Needed where a phase is not on track")
    mitigation = area("Mitigation", "Needed where it is not on track with mitigations")
    risk_owner = line("Who owns the risk", "Needed where a phase is not on track")
    target = MonthField(label="Target month", help_text="Only where it moves, like 2020-06", required=False)
    moved_because = area("Why it moves", "Needed where the target moves")
    agreed_by = line("Who agreed to the month", "Needed where the target moves")

    def own_fields(self) -> dict[str, forms.Field]:
        """A first target is no move: there is nothing to give a reason for."""
        if self.action.target is not None:
            return {}
        del self.fields["moved_because"]
        month = MonthField(
            label="Target month", help_text="It has none yet. Set one like 2020-06", required=False
        )
        return {"target": month, "agreed_by": line("Who agreed to the month", "Needed where a month is set")}

    @staticmethod
    def initial_of(action: Action, version: int | None = None) -> dict[str, Any]:
        unknown = {Status.UNKNOWN.value: ""}
        stood = _stood(action, version)
        phases = {f"phase{phase}": unknown.get(status, status) for phase, status in stood.items()}
        return {**phases, **_risk_of(action, stood, version)}

    def clean(self) -> dict[str, Any]:
        """``risk_is_news``: whether something else is said of it than what the form was begun from."""
        given = super().clean() or {}
        given["risk_is_news"] = any(given.get(name) and name in self.changed_data for name in OF_A_RISK)
        if self.errors:
            return given
        chosen = [given[name] for name in ("phase1", "phase2") if given[name]]
        if not chosen and (given["words"] or given["risk_is_news"]):
            self.add_error("phase1", WORDS_OF_NOTHING)
        elif given["risk_is_news"] and not set(chosen).intersection(NOT_ON_TRACK):
            self.add_error("risk", RISK_OF_NOTHING)
        return given


def typed_over(form: StepForm, fresh: Action, typed: QueryDict) -> QueryDict:
    """What was typed, to be sent again over what came meanwhile. Whatever wasn't touched is as it stands now."""
    again = typed.copy()
    was, now = form.initial_of(fresh, form.cleaned_data["version"]), form.initial_of(fresh)
    for name in {*was, *now}:
        if form.cleaned_data.get(name, "") == was.get(name, ""):
            again[name] = now.get(name, "")
    again["version"] = str(fresh.version)
    return again


def _stood(action: Action, version: int | None) -> dict[int, str]:
    """The status of each phase; at a version, what the first later event found."""
    stood = {1: action.phase1, 2: action.phase2}
    later = [event for event in action.events.all() if version is not None and event.number > version]
    for event in reversed(later):
        if event.phase and event.was:
            stood[event.phase] = event.was
    return stood


def _risk_of(action: Action, stood: Mapping[int, str], version: int | None) -> dict[str, str]:
    """What was said last of a phase that still isn't on track: its risk, the mitigation, and who owns it.

    Nothing of what is illustrative: saving would make it somebody's own word.
    """
    last = {
        event.phase: event
        for event in action.events.all()
        if event.kind == Kind.STATUS and (version is None or event.number <= version)
    }
    for phase, status in stood.items():
        said = last.get(phase) if status in NOT_ON_TRACK else None
        if said and said.provenance != Provenance.ILLUSTRATIVE:
            return {"risk": said.risk, "mitigation": said.mitigation, "risk_owner": said.risk_owner}
    return {}


class WordsForm(StepForm):
    """A step that takes words alone: what they answer, and what is said where they are missing."""

    def __init__(self, *args: Any, asks: tuple[str, str], **kwargs: Any) -> None:
        self.label, self.missing = asks
        super().__init__(*args, **kwargs)

    def own_fields(self) -> dict[str, forms.Field]:
        return {"words": area(self.label, required=self.missing)}


class EvidenceForm(StepForm):
    """A piece of evidence. An indicator gives its windows of months; a sample, how many and who looked."""

    kind = choice("Kind of evidence", choices=Evidence.Kind.choices, required="Choose its kind")
    shows = area("What it shows", required="Say what it shows")
    seen_on = _day(
        "Day of the evidence",
        "When it was seen, on or after the day when the action was done",
        "Give the day of the evidence",
    )
    again_on = _day("Look at it again on", missing="Give the day on which it is looked at again")
    indicator = forms.CharField()  # whose choices are the contract's
    before_from = MonthField(label="Before: from month", required=False)
    before_to = MonthField(label="Before: to month", required=False)
    after_from = MonthField(label="After: from month", required=False)
    after_to = MonthField(label="After: to month", required=False)
    sample = forms.IntegerField(
        label="Cases looked at",
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5"}),
    )
    looked_by = line("Who looked")
    independent = choice(
        "Are they independent of the action’s owner?",
        choices=[("", "Choose"), ("yes", "Yes, independent"), ("no", "No: it carries no confirmation")],
    )
    link = web_address("Where the document is")

    def __init__(self, *args: Any, indicators: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        self.indicators = indicators
        super().__init__(*args, **kwargs)

    def own_fields(self) -> dict[str, forms.Field]:
        if self.indicators is None:  # whoever may not see figures doesn't show by them
            kinds = [kind for kind in Evidence.Kind.choices if kind[0] != Evidence.Kind.INDICATOR]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        return {"indicator": choice("Indicator", choices=[("", "None"), *(self.indicators or [])])}

    def groups(self) -> Sequence[tuple[str, Sequence[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in BY_KIND]

    def clean_seen_on(self) -> date:
        return _reachable(self.cleaned_data["seen_on"])

    def clean_again_on(self) -> date:
        return _reachable(self.cleaned_data["again_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        windows = [month for name in WINDOWS if (month := given.get(name)) is not None]
        if kind == Evidence.Kind.INDICATOR:
            if not given.get("indicator") or len(windows) < len(WINDOWS):
                self.add_error("indicator", "Choose the indicator, and give both windows of months")
            elif not windows[0] <= windows[1] < windows[2] <= windows[3]:
                self.add_error("before_from", "The months before come first, then those after")
        if kind == Evidence.Kind.AUDIT and not all(given.get(name) for name in OF_A_SAMPLE):
            self.add_error(
                "sample", "Say how many cases were looked at, who looked, and whether they are independent"
            )
        if kind == Evidence.Kind.DOCUMENT and not given.get("link"):
            self.add_error("link", "Give the address of the document")
        return given


class EndForm(WordsForm):
    """How an action ends without being done: closed, or another one takes its place."""

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        self.others = others
        super().__init__(*args, **kwargs)

    def own_fields(self) -> dict[str, forms.Field]:
        other = choice(SUPERSEDES, choices=[("", "No, it is closed"), *self.others])
        return super().own_fields() | {"superseded_by": other}


class CriteriaForm(WordsForm):
    """What both parties agreed to take for its impact."""

    def own_fields(self) -> dict[str, forms.Field]:
        return super().own_fields() | {"agreed_by": line(AGREED_BY)}
