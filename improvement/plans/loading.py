"""Writes a plan from its folder of files: the one door for plans that are loaded whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.services import record
from core.values.months import Month
from improvement.models import (
    Action,
    Block,
    Event,
    Measure,
    Owner,
    Ownership,
    Plan,
    Priority,
    Recommendation,
    Reference,
    Statement,
)
from improvement.models.event import Kind, Provenance
from improvement.plans.files import ABOUT, ActionWords, PlanFolder, PriorityFile, Row
from improvement.plans.origins import origin_of
from improvement.plans.reference_shapes import GridCell
from improvement.plans.selectors import sits_in
from improvement.rules.status import ComesTo, Status, rolled_up, speaks_otherwise
from parties.models import Contract, User
from parties.participants import COMMISSIONER, PROVIDER

JUDGED = "Printed so, set by judgement: the actions come to “{computed}”, and the plan gives no reason."


@dataclass(frozen=True)
class Loaded:
    """How much a plan holds: recommendations' rows, actions, measures."""

    rows: int
    actions: int
    measures: int


@transaction.atomic
def load_plan(*, by: User | str, contract: Contract, folder: PlanFolder) -> Loaded | None:
    """Makes the plan with all that its files hold, and the statuses printed as its first events.

    None where the contract has a plan of this code: from then on people look after it, and nothing is loaded over them.
    """
    if Plan.objects.filter(contract=contract, code=folder.plan.code).exists():
        return None
    plan = _plan(contract, folder)
    owners = _owners(plan, folder)
    _measures(plan, None, folder.plan.measures)
    references: dict[str, Reference] = {}
    for file in folder.priorities:
        references |= _priority(plan, file, owners, folder.plan.reviewed)
    _other_references(plan, folder, references)
    _blocks(plan, folder, references)
    found = _size(folder)
    record(
        by=by,
        action="plan.loaded",
        subject=plan,
        contract=contract.code,
        summary=f"{plan.name}: {found.rows} rows, {found.actions} actions and {found.measures} measures were loaded.",
        changes={"plan": plan.code, "rows": found.rows, "actions": found.actions, "measures": found.measures},
    )
    return found


def _plan(contract: Contract, folder: PlanFolder) -> Plan:
    file = folder.plan
    about = file.model_dump(mode="json", by_alias=True, include=set(ABOUT))
    for part, beside in (("milestones", folder.milestones), ("thread", folder.thread)):
        if beside:
            about[part] = beside.model_dump(mode="json", by_alias=True)
    origins = [[letters, origin.name] for letters, origin in file.origins.items()]
    return Plan.objects.create(
        contract=contract,
        code=file.code,
        kind=file.kind,
        name=file.name,
        starts_on=file.from_.first_day,
        ends_on=file.to.first_day,
        cadence_every=file.cadence.every if file.cadence else None,
        cadence_unit=file.cadence.unit if file.cadence else "",
        owner=file.owner,
        kept_by=COMMISSIONER if file.kept_by == "council" else PROVIDER,
        document=file.document.get("source") or file.document.get("title", ""),
        place=file.place,
        about=about | {"origins": origins, "reviewed": file.reviewed.isoformat() if file.reviewed else None},
    )


def _size(folder: PlanFolder) -> Loaded:
    rows = [row for file in folder.priorities for row in file.rows]
    return Loaded(
        rows=len(rows),
        actions=sum(len(row.actions) for row in rows),
        measures=len(folder.plan.measures) + sum(len(row.measures) for row in rows),
    )


def _priority(
    plan: Plan, file: PriorityFile, owners: Mapping[str, Owner], reviewed: date | None
) -> dict[str, Reference]:
    """A priority with its rows and all that stands in them; the references of its rows, by their codes."""
    priority = Priority.objects.create(
        plan=plan,
        about={"first_year": file.first_year, "later_name": file.later_name, "note": file.note},
        **{
            name: getattr(file, name)
            for name in ("number", "name", "group", "lead", "why", "what", "how", "good", "place")
        },
    )
    references: dict[str, Reference] = {}
    for position, row in enumerate(file.rows):
        recommendation = Recommendation.objects.create(
            priority=priority,
            position=position,
            code=row.ref,
            title=row.title,
            success=row.success,
            note=row.note,
        )
        references |= _row_references(plan, recommendation, row)
        _actions(recommendation, row, owners, reviewed, file.place)
        _measures(plan, recommendation, row.measures)
    return references


def _owners(plan: Plan, folder: PlanFolder) -> dict[str, Owner]:
    seats = sits_in(plan.contract)
    rows = [
        Owner(plan=plan, role=owner.role, side=owner.side, organisation=seats.get(owner.side))
        for owner in folder.plan.owners
    ]
    return {owner.role: owner for owner in Owner.objects.bulk_create(rows)}


def _row_references(plan: Plan, recommendation: Recommendation, row: Row) -> dict[str, Reference]:
    made = Reference.objects.bulk_create(
        Reference(
            plan=plan,
            code=code,
            title=row.title,
            origin=origin_of(plan, code),
            recommendation=recommendation,
            in_row=place,
        )
        for place, code in enumerate(row.refs)
    )
    return {reference.code: reference for reference in made}


def _other_references(plan: Plan, folder: PlanFolder, references: dict[str, Reference]) -> None:
    """What the appendix says of each, those that stand in no row as well; then the ways in which others print them."""
    for words in folder.plan.references:
        reference = references.get(words.ref)
        if reference is None:
            reference = Reference(plan=plan, code=words.ref)
            references[words.ref] = reference
        reference.title, reference.note = words.title, words.note
        reference.origin = origin_of(plan, words.ref)
    for alias in folder.plan.aliases:
        if alias.means in references:
            references[alias.means].aliases.append(alias.printed)
    for reference in references.values():
        reference.save()


def _measures(plan: Plan, recommendation: Recommendation | None, measures: Sequence[Any]) -> None:
    Measure.objects.bulk_create(
        Measure(plan=plan, recommendation=recommendation, number=measure.number, title=measure.title)
        for measure in measures
    )


def _actions(
    recommendation: Recommendation, row: Row, owners: Mapping[str, Owner], reviewed: date | None, place: str
) -> None:
    for words in row.actions:
        target = words.target.first_day if isinstance(words.target, Month) else None
        action = Action.objects.create(
            recommendation=recommendation,
            number=words.number,
            title=words.title,
            first_target=target,
            target=target,
            target_words=words.target if isinstance(words.target, str) else "",
            place=f"{place}, {row.ref}",
            note=words.note,
        )
        Ownership.objects.bulk_create(
            Ownership(action=action, owner=owners[role], position=position)
            for position, role in enumerate(words.owners)
        )
        if reviewed:
            _printed_statuses(action, words, reviewed)


def _printed_statuses(action: Action, words: ActionWords, day: date) -> None:
    """One event for each status that is printed, and the action where they lead."""
    for phase, status in ((1, words.phase1), (2, words.phase2)):
        if status == Status.UNKNOWN:
            continue
        field = f"phase{phase}"
        action.version += 1
        Event.objects.create(
            action=action,
            number=action.version,
            kind=Kind.STATUS,
            phase=phase,
            was=Status.UNKNOWN,
            now=status,
            **printed(action.place, day),
        )
        setattr(action, field, status)
        action.save(update_fields=[field, "version"])


def printed(place: str, day: date) -> dict[str, Any]:
    """Who wrote what stands in a document: nobody here."""
    return {"day": day, "provenance": Provenance.PUBLISHED, "taken_as": place}


def _blocks(plan: Plan, folder: PlanFolder, references: Mapping[str, Reference]) -> None:
    """The overview as it is printed; a plan without one has a block for each priority."""
    priorities = {priority.number: priority for priority in plan.priorities.all()}
    if not folder.plan.blocks:
        for priority in priorities.values():
            block = Block.objects.create(priority=priority, position=0, name=priority.name)
            codes = plan.references.filter(recommendation__priority=priority).order_by(
                "recommendation__position", "in_row"
            )
            for place, reference in enumerate(codes):
                reference.block, reference.in_block = block, place
                reference.save()
        return
    statuses = _computed(plan)
    for position, words in enumerate(folder.plan.blocks):
        block = Block.objects.create(priority=priorities[words.priority], position=position, name=words.name)
        for place, cell in enumerate(words.refs):
            reference = references[cell.ref]
            reference.block, reference.in_block = block, place
            reference.save()
            if folder.plan.reviewed:
                Statement.objects.bulk_create(
                    _statements(reference, cell, statuses, folder.plan.place, folder.plan.reviewed)
                )


def _computed(plan: Plan) -> dict[tuple[int, int], Status]:
    """What each recommendation's actions come to, by its key and the phase."""
    found: dict[tuple[int, int], list[Status]] = {}
    rows = Action.objects.filter(recommendation__priority__plan=plan)
    for recommendation, phase1, phase2 in rows.values_list("recommendation_id", "phase1", "phase2"):
        found.setdefault((recommendation, 1), []).append(Status(phase1))
        found.setdefault((recommendation, 2), []).append(Status(phase2))
    return {key: rolled_up(statuses) for key, statuses in found.items()}


def _statements(
    reference: Reference, cell: GridCell, computed: Mapping[tuple[int, int], Status], place: str, day: date
) -> Iterator[Statement]:
    for phase, status in ((1, cell.phase1), (2, cell.phase2)):
        comes_to = computed.get((reference.recommendation_id or 0, phase), Status.UNKNOWN)
        differs = speaks_otherwise(status, ComesTo(comes_to), printed=True)
        yield Statement(
            reference=reference,
            phase=phase,
            status=status,
            computed=comes_to,
            words=JUDGED.format(computed=comes_to.label) if differs else "",
            **printed(place, day),
        )
