"""Submits what was typed: drafts become revisions that both parties see, or statements that there is no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from audit.services import record
from core.values.months import Month
from core.values.numbers import count_words
from kpis.figures.models import Figure, Omission
from kpis.figures.services import Entry, Written, add_revisions
from kpis.returns.drafting import CurrentEntry, DraftConflict, current_entries, require_trust
from kpis.returns.models import CheckAnswer, Draft
from kpis.returns.validation import Statement, Validation
from kpis.review.notices import REVISED, tell_answered
from kpis.review.refusals import RoundRefused
from kpis.versions.services import lock_figures, move_on
from parties.participants import Participant

State = Figure.State


@dataclass(frozen=True)
class Submitted:
    """How many figures were submitted, and how many statements that there is none."""

    figures: int
    statements: int


@transaction.atomic
def submit_return(*, by: Participant, month: Month, validated: Sequence[Validation]) -> Submitted:
    """Submit all of them or none; the same again submits nothing.

    DraftConflict where a figure or a draft is no longer what a sheet was begun from; RoundRefused for one that isn't
    ready.
    """
    require_trust(by)
    if late := [one.edit.indicator.code for one in validated if not one.ready]:
        raise RoundRefused(f"{', '.join(late)} can't be submitted as it stands.")
    lock_figures(by.contract)
    current = current_entries(by, month, [one.edit.indicator for one in validated])
    waiting = [one for one in validated if not _said_already(one, current[one.edit.indicator.code])]
    _refuse_conflicts(validated, current)
    queried = [now.figure for now in current.values() if now.figure and now.figure.state == State.QUERIED]
    written = add_revisions(
        by=by.user,
        contract=by.contract,
        entries=[one.entry for one in waiting if one.entry],
        state_of=lambda entry: State.SUBMITTED,
        reason=f"Return of {month.label}",
    )
    statements = [one.statement for one in waiting if one.statement]
    _keep_answers(month, waiting)
    _state(by, month, statements)
    Draft.objects.filter(pk__in=[now.draft.pk for now in current.values() if now.draft]).delete()
    revised = {entry.indicator.pk for entry in written.revised}
    answered = [figure for figure in queried if figure.indicator_id in revised]
    if answered:
        tell_answered(by=by, figures=answered, how=REVISED)
    if written.entries or statements:
        _note(by, month, written, statements)
        move_on(by.contract)
    return Submitted(len(written.entries), len(statements))


def _said_already(one: Validation, current: CurrentEntry) -> bool:
    """The same form sent twice has one effect."""
    if one.entry is not None:
        return current.figure is not None and one.entry.says_the_same_as(current.figure.latest)
    said, now = one.statement, current.omission
    return (
        said is not None
        and now is not None
        and (said.reason, said.expected_on) == (now.reason, now.expected_on)
    )


def _refuse_conflicts(validated: Sequence[Validation], current: Mapping[str, CurrentEntry]) -> None:
    """What is submitted follows what its sheet was begun from; a draft that another person changed meanwhile stands."""
    meanwhile = {}
    for one in validated:
        now = current[one.edit.indicator.code]
        drafted_otherwise = now.draft is not None and now.typed.content_hash != one.edit.typed.content_hash
        withdrawn = now.draft is None and one.edit.untouched  # it had been made from a draft
        revised = now.latest_id != one.edit.begun_from
        if drafted_otherwise or ((withdrawn or revised) and not _said_already(one, now)):
            meanwhile[one.edit.indicator.code] = now
    if meanwhile:
        raise DraftConflict(meanwhile)


def _keep_answers(month: Month, waiting: Sequence[Validation]) -> None:
    """What was said to each check that warned, beside the revision that it was said about."""
    answered = [one for one in waiting if one.entry and one.warnings]
    if not answered:
        return
    latest = dict(
        Figure.objects.filter(
            month=month.first_day, indicator__in=[one.edit.indicator for one in answered]
        ).values_list("indicator", "latest")
    )
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(
                revision_id=latest[one.edit.indicator.pk],
                code=warned.code,
                message=warned.message,
                words=one.edit.typed.answers[warned.code].strip(),
            )
            for one in answered
            for warned in one.warnings
        ]
    )


def _state(by: Participant, month: Month, statements: Sequence[Statement]) -> None:
    Omission.objects.bulk_create(
        [
            Omission(
                indicator=one.indicator,
                month=month.first_day,
                reason=one.reason,
                expected_on=one.expected_on,
                stated_by=by.user,
                stated_as=by.user.display_name,
            )
            for one in statements
        ]
    )


def _note(by: Participant, month: Month, written: Written, statements: Sequence[Statement]) -> None:
    parts = []
    if written.entries:
        submitted = count_words(len(written.entries), "figure")
        parts.append(f"{submitted} submitted ({_codes(written.entries)})")
    if statements:
        parts.append(f"{count_words(len(statements), 'figure')} can't be reported ({_codes(statements)})")
    record(
        by=by.user,
        action="return.submitted",
        subject=by.contract,
        contract=by.contract.code,
        summary=f"Return of {month.label}: {'; '.join(parts)}.",
        changes={
            "figures": written.words,
            "can't be reported": [
                f"{one.indicator.code}: {one.reason} Expected {one.expected_on}." for one in statements
            ],
        },
    )


def _codes(ones: Sequence[Entry | Statement]) -> str:
    return ", ".join(one.indicator.code for one in ones)
