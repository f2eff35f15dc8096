"""Adds to a plan what a file brings: each kind of thing in one statement, in the order in which they rest on others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from core import clock
from core.values.months import Month
from improvement.imports.comparing import Part
from improvement.imports.gathered import ACTION, MEASURE, OWNER, PRIORITY, RECOMMENDATION
from improvement.imports.kept import KeptPlan
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
)
from improvement.models.event import Kind, Provenance
from improvement.plans.origins import origin_of
from improvement.plans.selectors import sits_in
from improvement.rules.status import Status


class Adding:
    """The new things of one file, in the transaction of its caller."""

    def __init__(self, kept: KeptPlan, parts: Sequence[Part]) -> None:
        self.kept, self.plan, self.parts = kept, kept.plan, parts
        self.priorities = dict(kept.priorities)
        self.rows = dict(kept.rows)
        self.owners = dict(kept.owners)
        self.given: dict[Action, list[Owner]] = {}  # whose the new actions are
        # A file that makes the plan says what was printed all along; what comes later wasn't there before.
        self.added_on = clock.today() if kept.actions else None

    def write(self) -> None:
        self._priorities()
        self._owners()
        self._rows()
        self._measures()
        self._actions()

    def _of(self, noun: str) -> Iterator[tuple[list[Any], Mapping[str, Any]]]:
        return ((part.key, part.after) for part in self.parts if part.noun == noun)

    def _priorities(self) -> None:
        made = Priority.objects.bulk_create(
            Priority(plan=self.plan, number=key[0], name=said["name"], lead=said["lead"])
            for key, said in self._of(PRIORITY)
        )
        self.priorities |= {one.number: one for one in made}

    def _owners(self) -> None:
        """Whoever stands on a party's side is of that party, as in a plan that is loaded whole."""
        seats = sits_in(self.plan.contract)
        made = Owner.objects.bulk_create(
            Owner(plan=self.plan, role=key[0], side=said["side"], organisation=seats.get(said["side"]))
            for key, said in self._of(OWNER)
        )
        self.owners |= {one.role.lower(): one for one in made}

    def _rows(self) -> None:
        """The rows behind those of their priority, and their references behind those of its last block."""
        new = list(self._of(RECOMMENDATION))
        last = Counter(dict.fromkeys(self.priorities, -1))
        for row in self.kept.rows.values():
            last[row.priority.number] = max(last[row.priority.number], row.position)
        rows = []
        for key, said in new:
            last[said["priority"]] += 1
            rows.append(
                Recommendation(
                    priority=self.priorities[said["priority"]],
                    position=last[said["priority"]],
                    code=key[0],
                    title=said["title"],
                    wording=said["wording"],
                    success=said["success"],
                    added_on=self.added_on,
                )
            )
        self.rows |= {row.code: row for row in Recommendation.objects.bulk_create(rows)}
        if new:
            self._references(new)

    def _references(self, new: Sequence[tuple[list[Any], Mapping[str, Any]]]) -> None:
        blocks = self._blocks({said["priority"] for _, said in new})
        places = _places(self.plan)
        made, found = [], []
        for key, said in new:
            block = blocks[said["priority"]]
            for in_row, code in enumerate(said["references"]):
                reference = self.kept.references.get(code)
                if reference is None:
                    origin = origin_of(self.plan, code)
                    reference = Reference(plan=self.plan, code=code, title=said["title"], origin=origin)
                    made.append(reference)
                else:
                    found.append(reference)
                reference.recommendation, reference.in_row = self.rows[key[0]], in_row
                if reference.block is None:
                    places[block.pk] += 1
                    reference.block, reference.in_block = block, places[block.pk] - 1
        Reference.objects.bulk_create(made)
        Reference.objects.bulk_update(found, ["recommendation", "in_row", "block", "in_block"])

    def _blocks(self, numbers: set[int]) -> dict[int, Block]:
        """The last part of the overview in each priority; one of its own name where it has none."""
        there = Block.objects.filter(priority__plan=self.plan).select_related("priority").order_by("position")
        blocks = {block.priority.number: block for block in there}
        made = Block.objects.bulk_create(
            Block(priority=self.priorities[number], position=0, name=self.priorities[number].name)
            for number in sorted(numbers - set(blocks))
        )
        return blocks | {block.priority.number: block for block in made}

    def _measures(self) -> None:
        Measure.objects.bulk_create(
            Measure(
                plan=self.plan,
                recommendation=self.rows[key[0]],
                number=key[1],
                title=said["title"],
                wording=said["wording"],
            )
            for key, said in self._of(MEASURE)
        )

    def _actions(self) -> None:
        new = list(self._of(ACTION))
        made = Action.objects.bulk_create(self._action(key, said) for key, said in new)
        self.given = {
            action: [self.owners[role.lower()] for role in said["owners"]]
            for action, (_, said) in zip(made, new, strict=True)
        }
        Ownership.objects.bulk_create(
            Ownership(action=action, owner=owner, position=position)
            for action, owners in self.given.items()
            for position, owner in enumerate(owners)
        )
        Event.objects.bulk_create(
            event for action, (_, said) in zip(made, new, strict=True) for event in self._events(action, said)
        )

    def _action(self, key: Sequence[Any], said: Mapping[str, Any]) -> Action:
        target = Month.parse(said["target"]).first_day if said["target"] else None
        statuses = {name: said[name] for name in ("phase1", "phase2") if name in said}
        return Action(
            recommendation=self.rows[key[0]],
            number=key[1],
            title=said["title"],
            wording=said["wording"],
            first_target=target,
            target=target,
            target_words=said["target_words"],
            added_on=self.added_on,
            version=len(statuses),
            **statuses,
        )

    def _events(self, action: Action, said: Mapping[str, Any]) -> Iterator[Event]:
        """What the file says of an action's statuses is what a document says: nobody here took it."""
        given = [(phase, said[f"phase{phase}"]) for phase in (1, 2) if f"phase{phase}" in said]
        for number, (phase, status) in enumerate(given, start=1):
            yield Event(
                action=action,
                number=number,
                kind=Kind.STATUS,
                phase=phase,
                was=Status.UNKNOWN,
                now=status,
                day=date.fromisoformat(said["day"]),
                provenance=Provenance.PUBLISHED,
                taken_as=self.plan.document or self.plan.name,
            )


def _places(plan: Plan) -> Counter[int]:
    """The next place in each part of the overview."""
    last = Reference.objects.filter(plan=plan, block__isnull=False).values("block").order_by("block")
    rows = last.annotate(last=Max("in_block")).values_list("block", "last")
    return Counter({block: place + 1 for block, place in rows})
