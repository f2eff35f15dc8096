"""Submits what was typed: drafts become revisions that both parties see, or statements that there is no figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from audit.services import record
from core.values.months import Month
from core.values.numbers import count_words
from kpis.figures.entries import Answer
from kpis.figures.models import Figure, Omission
from kpis.figures.services import Entry, Written, add_revisions
from kpis.returns.drafting import CurrentEntry, DraftConflict, current_entries, require_trust
from kpis.returns.models import Draft
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

    DraftConflict where a figure or a draft is no longer what an edit was begun from; RoundRefused for one that isn't
    ready.
    """
    require_trust(by)
    if late := [validation.edit.indicator.code for validation in validated if not validation.ready]:
        raise RoundRefused(f"{', '.join(late)} can't be submitted as it stands.")
    lock_figures(by.contract)
    current = current_entries(by, month, [validation.edit.indicator for validation in validated])
    waiting = [
        validation
        for validation in validated
        if not _said_already(validation, current[validation.edit.indicator.code])
    ]
    _refuse_conflicts(validated, current)
    queried = [kept.figure for kept in current.values() if kept.figure and kept.figure.state == State.QUERIED]
    written = add_revisions(
        by=by.user,
        contract=by.contract,
        entries=[_answered(validation) for validation in waiting if validation.entry],
        state_of=lambda entry: State.SUBMITTED,
        reason=f"Return of {month.label}",
    )
    statements = [validation.statement for validation in waiting if validation.statement]
    _state(by, month, statements)
    Draft.objects.filter(pk__in=[kept.draft.pk for kept in current.values() if kept.draft]).delete()
    revised = {entry.indicator.pk for entry in written.revised}
    answered = [figure for figure in queried if figure.indicator_id in revised]
    if answered:
        tell_answered(by=by, figures=answered, how=REVISED)
    if written.entries or statements:
        _note(by, month, written, statements)
        move_on(by.contract)
    return Submitted(len(written.entries), len(statements))


def _said_already(validation: Validation, current: CurrentEntry) -> bool:
    """The same form sent twice has one effect."""
    if validation.entry is not None:
        return current.figure is not None and validation.entry.says_the_same_as(current.figure.latest)
    statement, omission = validation.statement, current.omission
    return (
        statement is not None
        and omission is not None
        and (statement.reason, statement.expected_on) == (omission.reason, omission.expected_on)
    )


def _refuse_conflicts(validated: Sequence[Validation], current: Mapping[str, CurrentEntry]) -> None:
    """What is submitted follows what its edit was begun from; a draft that another person changed meanwhile stands."""
    meanwhile = {}
    for validation in validated:
        kept = current[validation.edit.indicator.code]
        drafted_otherwise = (
            kept.draft is not None and kept.text.content_hash != validation.edit.text.content_hash
        )
        withdrawn = kept.draft is None and validation.edit.untouched  # it had been made from a draft
        revised = kept.latest_id != validation.edit.begun_from
        if drafted_otherwise or ((withdrawn or revised) and not _said_already(validation, kept)):
            meanwhile[validation.edit.indicator.code] = kept
    if meanwhile:
        raise DraftConflict(meanwhile)


def _answered(validation: Validation) -> Entry:
    """The entry with what was said to each check that warned."""
    assert validation.entry is not None
    said = validation.edit.text.answers
    answers = tuple(
        Answer(warned.code, warned.message, said[warned.code].strip()) for warned in validation.warnings
    )
    return replace(validation.entry, answers=answers) if answers else validation.entry


def _state(by: Participant, month: Month, statements: Sequence[Statement]) -> None:
    Omission.objects.bulk_create(
        [
            Omission(
                indicator=statement.indicator,
                month=month.first_day,
                reason=statement.reason,
                expected_on=statement.expected_on,
                stated_by=by.user,
                stated_as=by.user.display_name,
            )
            for statement in statements
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
                f"{statement.indicator.code}: {statement.reason} Expected {statement.expected_on}."
                for statement in statements
            ],
        },
    )


def _codes(returned: Iterable[Entry | Statement]) -> str:
    return ", ".join(stated.indicator.code for stated in returned)
