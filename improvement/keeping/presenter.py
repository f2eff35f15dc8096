"""The page on which a plan is kept: all that it holds in its order, each with the way to its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.values.numbers import count_words
from improvement.models import Action, Owner, Plan, Priority, Recommendation
from improvement.overview.recommendation import target_words
from parties.participants import PROVIDER, Participant

FEW = 6  # rows that stand open (chosen: what two screens hold)
KEEP = "keep"  # where a form was opened from, if it leads back to this page


@dataclass(frozen=True)
class Line:
    """An action, a measure or an owner: what it is called, what it says, what else there is to know."""

    name: str
    title: str
    facts: str
    edit_url: str
    url: str = ""  # its own page, if it has one


@dataclass(frozen=True)
class RowPart:
    anchor: str
    code: str
    others: str  # references that share the row
    title: str
    edit_url: str
    state_url: str
    add_action_url: str
    add_measure_url: str
    actions: Sequence[Line]
    measures: Sequence[Line]


@dataclass(frozen=True)
class PriorityPart:
    anchor: str
    number: int
    name: str
    lead: str
    edit_url: str
    add_url: str
    counts: str
    rows: Sequence[RowPart]


@dataclass(frozen=True)
class KeepPage:
    plan: Plan
    parents: Sequence[tuple[str, str]]
    summary: str
    facts: Sequence[tuple[str, str]]
    edit_url: str
    add_priority_url: str
    add_owner_url: str
    priorities: Sequence[PriorityPart]
    folded: bool  # whether each priority's rows are, so that a long plan fits a screen or two
    owners: Sequence[Line]


@dataclass(frozen=True)
class Addresses:
    """The addresses of a plan's forms, as they are opened from its keeping page."""

    contract: str
    plan: str

    def of(self, name: str, *arguments: object) -> str:
        """A form's address, which leads back to the keeping page."""
        return f"{self.plain(name, *arguments)}?from={KEEP}"

    def plain(self, name: str, *arguments: object) -> str:
        return reverse(f"improvement:{name}", args=[self.contract, self.plan, *arguments])


def keep_page(
    participant: Participant, plan: Plan, priorities: Sequence[Priority], owners: Sequence[Owner]
) -> KeepPage:
    addresses = Addresses(participant.contract.code, plan.code)
    rows = [row for priority in priorities for row in priority.recommendations.all()]
    actions = sum(len(row.actions.all()) for row in rows)
    return KeepPage(
        plan=plan,
        parents=[(plan.name, addresses.plain("overview"))],
        summary=", ".join(
            [
                count_words(len(priorities), "priority", "priorities"),
                count_words(len(rows), "recommendation"),
                count_words(actions, "action"),
            ]
        ),
        facts=_facts(participant, plan),
        edit_url=addresses.of("edit-plan"),
        add_priority_url=addresses.of("add-priority"),
        add_owner_url=addresses.of("add-owner"),
        priorities=[_priority(addresses, priority) for priority in priorities],
        folded=len(rows) > FEW,
        owners=[
            Line(
                owner.role,
                "",
                ", ".join(part for part in (owner.get_side_display(), _account(owner)) if part),
                addresses.of("edit-owner", owner.pk),
            )
            for owner in owners
        ],
    )


def _facts(participant: Participant, plan: Plan) -> list[tuple[str, str]]:
    first, last = plan.months
    contract = participant.contract
    keeper = contract.provider if plan.kept_by == PROVIDER else contract.commissioner
    return [
        ("Kind", str(plan.get_kind_display())),
        ("Months", f"{first.label} to {last.label}"),
        ("Reviewed", cadence_words(plan)),
        ("Answered for by", plan.owner or "Nobody is named"),
        ("Kept by", keeper.name),
        ("Document", ", ".join(part for part in (plan.document, plan.place) if part) or "None is named"),
    ]


def cadence_words(plan: Plan) -> str:
    """ "Every month", "Every 4 months"."""
    if plan.cadence_every is None:
        return "Not said"
    if plan.cadence_every == 1:
        return f"Every {plan.cadence_unit}"
    return f"Every {count_words(plan.cadence_every, plan.cadence_unit)}"


def _priority(addresses: Addresses, priority: Priority) -> PriorityPart:
    rows = priority.recommendations.all()
    return PriorityPart(
        anchor=f"priority-{priority.number}",
        number=priority.number,
        name=priority.name,
        lead=priority.lead,
        edit_url=addresses.of("edit-priority", priority.number),
        add_url=addresses.of("add-recommendation", priority.number),
        counts=", ".join(
            [
                count_words(len(rows), "recommendation"),
                count_words(sum(len(row.actions.all()) for row in rows), "action"),
                count_words(sum(len(row.measures.all()) for row in rows), "measure"),
            ]
        ),
        rows=[_row(addresses, row) for row in rows],
    )


def _row(addresses: Addresses, row: Recommendation) -> RowPart:
    in_order = sorted(row.references.all(), key=lambda reference: reference.in_row)
    others = [reference.code for reference in in_order if reference.code != row.code]
    return RowPart(
        anchor=f"row-{row.code}",
        code=row.code,
        others=", ".join(others),
        title=row.title,
        edit_url=addresses.of("edit-recommendation", row.code),
        state_url=addresses.of("state", row.code),
        add_action_url=addresses.of("add-action", row.code),
        add_measure_url=addresses.of("add-measure", row.code),
        actions=[_action(addresses, row, action) for action in row.actions.all()],
        measures=[
            Line(
                f"Measure {measure.number}",
                measure.title,
                "",
                addresses.of("edit-measure", row.code, measure.number),
                addresses.plain("measure", row.code, measure.number),
            )
            for measure in row.measures.all()
        ],
    )


def _action(addresses: Addresses, row: Recommendation, action: Action) -> Line:
    owners = ", ".join(ownership.owner.role for ownership in action.ownerships.all()) or "nobody"
    return Line(
        f"Action {action.number}",
        action.title,
        f"{target_words(action)}, {owners}",
        addresses.of("edit-action", row.code, action.number),
        addresses.plain("action", row.code, action.number),
    )


def _account(owner: Owner) -> str:
    if owner.organisation is None:
        return "nobody has an account"
    return (
        f"{owner.person.display_name}, {owner.organisation.name}" if owner.person else owner.organisation.name
    )
