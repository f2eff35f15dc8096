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

    ``was`` is the mark of the text shown, ``begun_from`` the key of the revision that the text was begun from, None
    where there was none.
    """

    indicator: Indicator
    typed: DraftText
    was: str
    begun_from: int | None

    @property
    def untouched(self) -> bool:
        return self.typed.content_hash == self.was


@dataclass(frozen=True)
class CurrentEntry:
    """What is kept for one indicator and month at this moment."""

    draft: Draft | None
    figure: Figure | None
    omission: Omission | None

    @property
    def typed(self) -> DraftText:
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
        """Whether the sheet was begun from what stands here, so that nothing is overwritten unseen."""
        return self.typed.content_hash == edit.was and self.latest_id == edit.begun_from

    def has_already(self, edit: DraftEdit) -> bool:
        """Whether what the sheet says stands here, kept or submitted: the same form sent twice has one effect."""
        if self.typed.content_hash == edit.typed.content_hash and self.begun_from == edit.begun_from:
            return True
        submitted = self.draft is None and self.figure is not None and not self.takes(edit)
        return submitted and edit.typed.says_the_same_as(self.settled)


class DraftConflict(RoundRefused):
    """Somebody else changed what these sheets were begun from. Nothing was kept of any of them."""

    def __init__(self, meanwhile: Mapping[str, CurrentEntry]) -> None:
        super().__init__(f"{', '.join(meanwhile)} changed meanwhile.")
        self.meanwhile = meanwhile


@transaction.atomic
def save_drafts(*, by: Participant, month: Month, edits: Sequence[DraftEdit]) -> int:
    """Keep the sheets that were touched, all or none, and say how many changed what is kept.

    A sheet that says again what was submitted needs no draft, and neither does an empty one: theirs goes.
    DraftConflict where another person's draft or revision stands in the place of what a touched sheet was begun from,
    unless it says the same.
    """
    changed = keep_drafts(by=by, month=month, edits=edits)
    if changed:
        codes = ", ".join(one.indicator.code for one in changed)
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
    current = current_entries(by, month, [one.indicator for one in edits])
    changed = [one for one in edits if _changes(one, current[one.indicator.code])]
    meanwhile = {
        one.indicator.code: current[one.indicator.code]
        for one in changed
        if not current[one.indicator.code].takes(one)
    }
    if meanwhile:
        raise DraftConflict(meanwhile)
    if changed:
        _keep(by, month, changed, current)
    return changed


def _changes(edit: DraftEdit, now: CurrentEntry) -> bool:
    """Whether the sheet asks for a change: its text was touched, or its draft now follows a revision that was seen."""
    if now.has_already(edit):
        return False
    return not edit.untouched or (now.draft is not None and now.takes(edit))


def require_trust(by: Participant) -> None:
    if not by.may("figure.enter"):
        raise RoundRefused("Figures are entered by the Trust.")


def current_entries(
    participant: Participant, month: Month, indicators: Iterable[Indicator]
) -> dict[str, CurrentEntry]:
    """What is kept for each of the indicators in the month, by its code, figures with their steps. Four queries."""
    wanted = {one.pk: one.code for one in indicators}
    of_month = {"month": month.first_day, "indicator__in": wanted}
    drafts = {one.indicator_id: one for one in Draft.objects.visible_to(participant).filter(**of_month)}
    rows = Figure.objects.visible_to(participant).filter(**of_month)
    figures = {
        one.indicator_id: one
        for one in rows.select_related("latest__replaces", "indicator").prefetch_related("steps")
    }
    # The latest statement of each comes last, and stands.
    omissions = {
        one.indicator_id: one
        for one in Omission.objects.visible_to(participant).filter(**of_month).order_by("pk")
    }
    return {
        code: CurrentEntry(drafts.get(pk), figures.get(pk), omissions.get(pk)) for pk, code in wanted.items()
    }


def _keep(
    by: Participant, month: Month, changed: Sequence[DraftEdit], current: Mapping[str, CurrentEntry]
) -> None:
    gone: list[DraftEdit] = []
    kept: list[DraftEdit] = []
    for one in changed:
        now = current[one.indicator.code]
        (gone if one.typed.empty or one.typed.content_hash == now.settled.content_hash else kept).append(one)
    if gone:
        Draft.objects.filter(month=month.first_day, indicator__in=[one.indicator for one in gone]).delete()
    at = clock.now()
    Draft.objects.bulk_create(
        [_draft(by, month, one, at) for one in kept],
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
        **{name: getattr(edit.typed, name) for name in FIELDS},
    )
