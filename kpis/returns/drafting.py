"""Keeps what the Trust types, right or wrong, so that nothing is lost before it is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.services import record
from core import clock
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure, Omission
from kpis.returns.draft_text import DraftText, shown
from kpis.returns.models import Draft
from kpis.review.refusals import RoundRefused
from kpis.versions.services import lock_figures
from parties.participants import Participant

FIELDS = (
    "numerator", "denominator", "value", "commentary", "standing", "expected_on", "reason", "change_reason", "answers"
)  # fmt: skip


@dataclass(frozen=True)
class DraftEdit:
    """What a form sends for one indicator: what was typed, and what the form had shown when typing began.

    ``was`` is the content hash of the text shown, ``begun_from`` the key of the revision that the text was begun from,
    None where there was none.
    """

    indicator: Indicator
    text: DraftText
    was: str
    begun_from: int | None

    @property
    def untouched(self) -> bool:
        return self.text.content_hash == self.was


@dataclass(frozen=True)
class CurrentEntry:
    """What is kept for one indicator and month at this moment."""

    draft: Draft | None
    figure: Figure | None
    omission: Omission | None

    @property
    def text(self) -> DraftText:
        return shown(self.draft, self.figure.latest if self.figure else None, self.omission)

    @property
    def settled(self) -> DraftText:
        """What was submitted last, whatever is drafted."""
        return shown(None, self.figure.latest if self.figure else None, self.omission)

    @property
    def latest_id(self) -> int | None:
        return self.figure.latest_id if self.figure else None

    @property
    def begun_from(self) -> int | None:
        """The revision that what is typed here follows: the draft's own, else the latest."""
        return self.draft.begun_from_id if self.draft else self.latest_id

    def takes(self, edit: DraftEdit) -> bool:
        """Whether the edit was begun from what is kept now, so that nothing is overwritten unseen."""
        return self.text.content_hash == edit.was and self.latest_id == edit.begun_from

    def has_already(self, edit: DraftEdit) -> bool:
        """Whether what the edit says is there already, kept or submitted: the same form sent twice has one effect."""
        if self.text.content_hash == edit.text.content_hash and self.begun_from == edit.begun_from:
            return True
        submitted = self.draft is None and self.figure is not None and not self.takes(edit)
        return submitted and edit.text.says_the_same_as(self.settled)


class DraftConflict(RoundRefused):
    """Somebody else changed what these edits were begun from. Nothing was kept of any of them."""

    def __init__(self, meanwhile: Mapping[str, CurrentEntry]) -> None:
        super().__init__(f"{', '.join(meanwhile)} changed meanwhile.")
        self.meanwhile = meanwhile


@transaction.atomic
def save_drafts(*, by: Participant, month: Month, edits: Sequence[DraftEdit]) -> int:
    """Keep the edits that were touched, all or none, and say how many changed what is kept.

    An edit that says again what was submitted needs no draft, and neither does an empty one: theirs goes.
    DraftConflict where another person's draft or revision stands in the place of what a touched edit was begun from,
    unless it says the same.
    """
    changed = keep_drafts(by=by, month=month, edits=edits)
    if changed:
        codes = ", ".join(edit.indicator.code for edit in changed)
        record(
            by=by.user,
            action="drafts.saved",
            subject=by.contract,
            contract=by.contract.code,
            summary=f"Draft of {month.label} saved: {codes}.",
        )
    return len(changed)


def keep_drafts(*, by: Participant, month: Month, edits: Sequence[DraftEdit]) -> list[DraftEdit]:
    """The part of a write that concerns drafts alone: the caller opens the transaction and writes the audit row."""
    require_trust(by)
    lock_figures(by.contract)
    current = current_entries(by, month, [edit.indicator for edit in edits])
    changed = [edit for edit in edits if _changes(edit, current[edit.indicator.code])]
    meanwhile = {
        edit.indicator.code: current[edit.indicator.code]
        for edit in changed
        if not current[edit.indicator.code].takes(edit)
    }
    if meanwhile:
        raise DraftConflict(meanwhile)
    if changed:
        _keep(by, month, changed, current)
    return changed


def _changes(edit: DraftEdit, current: CurrentEntry) -> bool:
    """Whether the edit asks for a change: its text was touched, or its draft now follows a revision that was seen."""
    if current.has_already(edit):
        return False
    return not edit.untouched or (current.draft is not None and current.takes(edit))


def require_trust(by: Participant) -> None:
    if not by.may("figure.enter"):
        raise RoundRefused("Figures are entered by the Trust.")


def current_entries(
    participant: Participant, month: Month, indicators: Iterable[Indicator]
) -> dict[str, CurrentEntry]:
    """What is kept for each of the indicators in the month, by its code, figures with their steps. Four queries."""
    wanted = {indicator.pk: indicator.code for indicator in indicators}
    of_month = {"month": month.first_day, "indicator__in": wanted}
    drafts = {draft.indicator_id: draft for draft in Draft.objects.visible_to(participant).filter(**of_month)}
    rows = Figure.objects.visible_to(participant).filter(**of_month)
    figures = {
        figure.indicator_id: figure
        for figure in rows.select_related("latest__replaces", "indicator").prefetch_related("steps")
    }
    # The latest statement of each comes last, and stands.
    omissions = {
        omission.indicator_id: omission
        for omission in Omission.objects.visible_to(participant).filter(**of_month).order_by("pk")
    }
    return {
        code: CurrentEntry(drafts.get(pk), figures.get(pk), omissions.get(pk)) for pk, code in wanted.items()
    }


def _keep(
    by: Participant, month: Month, changed: Sequence[DraftEdit], current: Mapping[str, CurrentEntry]
) -> None:
    gone: list[DraftEdit] = []
    kept: list[DraftEdit] = []
    for edit in changed:
        settled = current[edit.indicator.code].settled
        needs_none = edit.text.empty or edit.text.content_hash == settled.content_hash
        (gone if needs_none else kept).append(edit)
    if gone:
        Draft.objects.filter(month=month.first_day, indicator__in=[edit.indicator for edit in gone]).delete()
    at = clock.now()
    Draft.objects.bulk_create(
        [_draft(by, month, edit, at) for edit in kept],
        update_conflicts=True,
        unique_fields=["indicator", "month"],
        update_fields=[*FIELDS, "begun_from", "changed_by", "changed_as", "changed_at"],
    )


def _draft(by: Participant, month: Month, edit: DraftEdit, at: datetime) -> Draft:
    return Draft(
        indicator=edit.indicator,
        month=month.first_day,
        begun_from_id=edit.begun_from,
        changed_by=by.user,
        changed_as=by.user.display_name,
        changed_at=at,
        **{name: getattr(edit.text, name) for name in FIELDS},
    )
