"""What a file says of a plan beside what is kept: what is new, which wordings change, and what no file may change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from improvement.imports.gathered import (
    ACTION,
    MEASURE,
    OWNER,
    PRIORITY,
    RECOMMENDATION,
    Gathering,
    Thing,
    alike,
)
from improvement.imports.kept import KeptPlan
from improvement.imports.said import Reader, Said, read_rows
from improvement.imports.written import Target, target_kept
from improvement.models import Action, Measure, Priority, Recommendation
from improvement.plans.settled import why_it_stays
from improvement.rules.status import Status
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME
from uploads.tables.problem import Problem
from uploads.tables.table import Row

Kept = Priority | Recommendation | Action | Measure
# What a file changes of what is there.
WORDS = {
    PRIORITY: ("lead",),
    RECOMMENDATION: ("title", "wording", "success"),
    ACTION: ("title", "wording"),
    MEASURE: ("title", "wording"),
}
MOVES = "A target moves on the action’s page, with a reason."
OWNED = "Whose an action is changes on its page."
BY_EVENTS = "Statuses of actions that are there change by events on their pages."
NO_STATUSES = (
    "A plan that has actions takes no statuses from a file: they change by events on the actions’ pages."
)
CONFIRMED = "Phase 2 is completed where the other party confirms it, on the action’s page."
NO_DAY = "Say on which day the statuses stood: give the review day, like 2019-09-23."


@dataclass(frozen=True)
class Part:
    """One thing that a row adds, or whose wordings it changes: ``before`` and ``after`` by field."""

    noun: str
    key: list[Any]
    kind: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def compared(
    kept: KeptPlan, rows: Sequence[Row], today: date, progress: Callable[[int], None]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Each row as the upload keeps it, but for those with a problem; and every problem, in the rows' order."""
    said, reader = read_rows(kept, rows, today, progress)
    gathering = Gathering(kept)
    gathering.take(said)
    comparing = _Comparing(kept, reader)
    parts = comparing.parts(list(gathering.things.values()))
    problems = [*reader.problems, *gathering.problems, *comparing.problems]
    wrong = {problem.row for problem in problems}
    records = [
        _record(kept, row, gathering.about.get(row.number, ""), parts.get(row.number, []))
        for row in said
        if row.number not in wrong
    ]
    return records, sorted(dict.fromkeys(problems), key=lambda problem: problem.row)


def _record(kept: KeptPlan, row: Said, name: str, parts: Sequence[Part]) -> dict[str, Any]:
    kinds = {part.kind for part in parts}
    kind = NEW if NEW in kinds else CHANGED if kinds else SAME if row.row else LEFT_OUT
    return {
        "row": row.number,
        "kind": kind,
        "name": name or f"row {row.number}",
        "plan": kept.plan.pk,
        "parts": [asdict(part) for part in parts],
    }


class _Comparing:
    def __init__(self, kept: KeptPlan, reader: Reader) -> None:
        self.kept, self.reader = kept, reader
        self.problems: list[Problem] = []
        self.unread = {problem.row for problem in reader.problems}
        self.owners: set[str] = set()

    def parts(self, things: Sequence[Thing]) -> dict[int, list[Part]]:
        """What changes, by the row in which it stands first."""
        found: dict[int, list[Part]] = defaultdict(list)
        for thing in things:
            there = self._there(thing)
            if there is None:
                for part in self._new(thing):
                    found[thing.row].append(part)
            else:
                for row, part in self._changed(thing, there):
                    found[row].append(part)
        return found

    def _there(self, thing: Thing) -> Kept | None:
        match thing.noun:
            case "priority":
                return self.kept.priorities.get(thing.key[0])
            case "recommendation":
                return self.kept.rows.get(thing.key[0])
            case "action":
                return self.kept.actions.get((thing.key[0], thing.key[1]))
        return self.kept.measures.get((thing.key[0], thing.key[1]))

    def _changed(self, thing: Thing, there: Kept) -> Iterator[tuple[int, Part]]:
        """Each wording that changes, in the row that says so."""
        if isinstance(there, Action):
            self._refuse_changes(thing, there)
        for name in WORDS[thing.noun]:
            was = getattr(there, name)
            if name in thing.said and not alike(was, thing.said[name]):
                if isinstance(there, Action) and (why := why_it_stays(there)):
                    self._say(thing, name, f"{thing.name} {why}")
                    continue
                part = Part(thing.noun, list(thing.key), CHANGED, {name: was}, {name: thing.said[name]})
                yield thing.rows[name], part

    def _refuse_changes(self, thing: Thing, action: Action) -> None:
        """What of an action changes by a step with its own page alone."""
        target = target_kept(action)
        said = thing.said.get("target")
        if said is not None and not _same_target(said, target):
            self._say(thing, "target", f"{thing.name} has {_target_words(target)} in the plan. {MOVES}")
        owners = [held.owner.role for held in action.ownerships.all()]
        if thing.said.get("owners", owners) != owners:
            self._say(
                thing, "owners", f"{thing.name} is owned by {_owners_words(owners)} in the plan. {OWNED}"
            )
        for name in ("phase1", "phase2"):
            if thing.said.get(name, getattr(action, name)) != getattr(action, name):
                self._say(thing, name, BY_EVENTS)

    def _new(self, thing: Thing) -> Iterator[Part]:
        match thing.noun:
            case "priority":
                name = self.reader.placing.names[thing.key[0]]
                yield self._added(thing, name=name, lead=thing.said.get("lead", ""))
            case "recommendation":
                yield from self._new_row(thing)
            case "action":
                yield from self._new_action(thing)
            case _:
                self._needs_title(thing)
                yield self._added(thing, **self._words(thing, MEASURE))

    def _new_row(self, thing: Thing) -> Iterator[Part]:
        code = thing.key[0]
        self._needs_title(thing)
        yield self._added(
            thing,
            priority=self.reader.placing.priority_of(code),
            references=self.reader.placing.new_references(code),
            success=thing.said.get("success", []),
            **self._words(thing, RECOMMENDATION),
        )

    def _new_action(self, thing: Thing) -> Iterator[Part]:
        self._needs_title(thing)
        self._check_statuses(thing)
        owners = thing.said.get("owners", [])
        for role in owners:
            if role in self.reader.sides and role not in self.owners:
                self.owners.add(role)
                yield Part(OWNER, [role], NEW, {}, {"side": self.reader.sides[role]})
        target = thing.said.get("target", Target())
        statuses = {name: thing.said[name] for name in ("phase1", "phase2") if name in thing.said}
        day = {"day": self.reader.day.isoformat()} if statuses and self.reader.day else {}
        yield self._added(
            thing,
            target=target.month,
            target_words=target.words,
            owners=owners,
            **self._words(thing, ACTION),
            **statuses,
            **day,
        )

    def _check_statuses(self, thing: Thing) -> None:
        given = [name for name in ("phase1", "phase2") if name in thing.said]
        if given and self.kept.actions:
            self._say(thing, given[0], NO_STATUSES)
        elif given and self.reader.day is None:
            self._say(thing, given[0], NO_DAY)
        if thing.said.get("phase2") == Status.COMPLETED:
            self._say(thing, "phase2", CONFIRMED)

    def _needs_title(self, thing: Thing) -> None:
        if not thing.said.get("title") and thing.row not in self.unread:
            self._say(thing, "title", f"{thing.name} is new: give its title.")

    @staticmethod
    def _words(thing: Thing, noun: str) -> dict[str, Any]:
        return {name: thing.said.get(name, "") for name in WORDS[noun] if name != "success"}

    @staticmethod
    def _added(thing: Thing, **after: Any) -> Part:
        return Part(thing.noun, list(thing.key), NEW, {}, after)

    def _say(self, thing: Thing, name: str, words: str) -> None:
        self.problems.append(thing.fault(name, words))


def _same_target(said: Target, kept: Target) -> bool:
    return said.month == kept.month and alike(said.words.lower(), kept.words.lower())


def _target_words(target: Target) -> str:
    return f"the target “{target.shown}”" if target.shown else "no target"


def _owners_words(owners: Sequence[str]) -> str:
    return f"“{'; '.join(owners)}”" if owners else "nobody"
