"""What the council asks about a figure, and what the Trust answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from core.forms import Radios, describe_errors
from core.values.months import REACH, taken
from core.values.working_days import add_working_days
from kpis.review.models import WORDS

DISPUTES, EXPLAINS = "disputes", "explains"


# So many working days the Trust has for an answer, where the council gives no other day.
ANSWERED_IN = 5


class QueryForm(forms.Form):
    """A query's reason, and the day by which the Trust answers."""

    reason = forms.CharField(
        label="What do you ask about?",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
        error_messages={"required": "Write what you ask about"},
    )
    answer_by = forms.DateField(
        label="Answer by",
        widget=forms.DateInput(
            attrs={"class": "govuk-input govuk-input--width-10", "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={
            "required": "Give the day to answer by",
            "invalid": "Give the day to answer by as a date, like 2019-04-26",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["answer_by"].initial = add_working_days(today, ANSWERED_IN)
        describe_errors(self)

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day < self.today:
            raise forms.ValidationError("The day to answer by is over already. Give a later one")
        if not taken(day):
            raise forms.ValidationError(f"The day to answer by is out of reach: {REACH}")
        return day


class AnswerForm(forms.Form):
    """The Trust's answer to a query: the figure stands, and these words explain or dispute."""

    kind = forms.ChoiceField(
        label="Your answer",
        choices=[
            (EXPLAINS, "Explain the figure"),
            (DISPUTES, "Dispute the query"),
        ],
        widget=Radios,
        error_messages={"required": "Say whether you explain or dispute"},
    )
    words = forms.CharField(
        label="What, why, what next, by when",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
        error_messages={"required": "Write your answer"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_errors(self)
