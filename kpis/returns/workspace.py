"""What lies beside one month's return while somebody works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from core import clock
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import indicators_with_bands
from kpis.engine.judging import ValidationContext
from kpis.figures.checking import scope_of
from kpis.returns.drafting import CurrentEntry, DraftEdit, current_entries
from kpis.returns.forms import DraftEditForm
from kpis.returns.presenter import ReturnPresenter
from kpis.returns.selectors import months_to_return, owned_codes, validation_contexts
from kpis.returns.validation import Validation, validate
from parties.participants import Participant


@dataclass
class ReturnWorkspace:
    """What lies beside a return while it is worked on; each part is fetched when it is first asked for."""

    participant: Participant
    month: Month
    today: date

    @classmethod
    def of(cls, participant: Participant, month: Month) -> ReturnWorkspace:
        """Http404 for a month that isn't returned (yet)."""
        today = clock.today()
        if month not in months_to_return(participant.contract, today):
            raise Http404(f"{month.label} is not a month that is returned now.")
        return cls(participant, month, today)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in indicators_with_bands(self.participant)}

    @cached_property
    def contexts(self) -> dict[str, ValidationContext]:
        return validation_contexts(self.participant, self.month, self.indicators.values())

    @cached_property
    def current(self) -> dict[str, CurrentEntry]:
        return current_entries(self.participant, self.month, self.indicators.values())

    @cached_property
    def mine(self) -> set[str]:
        return owned_codes(self.participant)

    @property
    def address(self) -> str:
        return reverse("kpis:return", args=[self.participant.contract.code, self.month])

    def anew(self) -> ReturnWorkspace:
        """The same workspace after something was kept."""
        fresh = ReturnWorkspace(self.participant, self.month, self.today)
        fresh.indicators, fresh.contexts, fresh.mine = self.indicators, self.contexts, self.mine
        return fresh

    def presenter(self) -> ReturnPresenter:
        return ReturnPresenter(
            self.participant, self.month, self.contexts, self.current, self.mine, self.today
        )

    def forms(self, sent: Mapping[str, DraftEditForm] | None = None) -> dict[str, DraftEditForm]:
        """A form for every indicator: what was sent, else what is kept."""
        return {
            code: (sent or {}).get(code) or DraftEditForm.showing(indicator, self.current[code])
            for code, indicator in self.indicators.items()
        }

    def validated(self, edits: Sequence[DraftEdit]) -> dict[str, Validation]:
        """What the edits come to that say something new."""
        new = [
            edit
            for edit in edits
            if edit.text.content_hash != self.current[edit.indicator.code].settled.content_hash
        ]
        scope = scope_of(self.participant.contract, self.indicators, self.today)
        found = validate(
            month=self.month, edits=new, contexts=self.contexts, current=self.current, scope=scope
        )
        return {validation.edit.indicator.code: validation for validation in found}

    def drafted(self) -> dict[str, Validation]:
        """What the drafts come to."""
        drafts = [
            DraftEdit(self.indicators[code], kept.text, kept.text.content_hash, kept.begun_from)
            for code, kept in self.current.items()
            if kept.draft is not None
        ]
        return self.validated(drafts)
