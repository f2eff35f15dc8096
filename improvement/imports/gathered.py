"""What the rows of a file say together of each priority, recommendation, action and measure, without contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from improvement.imports.kept import KeptPlan
from improvement.imports.said import Said
from improvement.plans.names import name_of
from uploads.tables.problem import Problem

PRIORITY, RECOMMENDATION, ACTION, MEASURE, OWNER = "priority", "recommendation", "action", "measure", "owner"
# The column from which each field comes.
COLUMN = {
    (PRIORITY, "lead"): "lead",
    (RECOMMENDATION, "title"): "recommendation",
    (RECOMMENDATION, "wording"): "recommendation wording",
    (RECOMMENDATION, "success"): "success",
    (ACTION, "number"): "action number",
    (ACTION, "title"): "action",
    (ACTION, "wording"): "action wording",
    (ACTION, "target"): "target",
    (ACTION, "owners"): "owners",
    (ACTION, "phase1"): "phase 1",
    (ACTION, "phase2"): "phase 2",
    (MEASURE, "number"): "measure number",
    (MEASURE, "title"): "measure",
    (MEASURE, "wording"): "measure wording",
}
Key = tuple[str, int]


@dataclass
class Thing:
    """One thing of which the file speaks: ``row`` is where it stands first, ``rows`` where each field was said."""

    noun: str
    key: tuple[Any, ...]
    row: int
    said: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return thing_name(self.noun, self.key)

    def fault(self, name: str, words: str) -> Problem:
        """What is wrong with a field, where that was said; with the thing, where it stands first."""
        return Problem(self.rows.get(name, self.row), COLUMN[self.noun, name], words)


def thing_name(noun: str, key: Sequence[Any]) -> str:
    """As people know it; an owner is known by the role."""
    return str(key[0]) if noun == OWNER else name_of(noun, key)


class Gathering:
    """Takes what the rows say, one after the other; ``problems`` are what can't be true together."""

    def __init__(self, kept: KeptPlan) -> None:
        self.things: dict[tuple[str, tuple[Any, ...]], Thing] = {}
        self.problems: list[Problem] = []
        # What a row of the file is about, by its number: the action, where it is about several things.
        self.about: dict[int, str] = {}
        self._numbers: dict[str, _Numbers] = {
            ACTION: _Numbers((key, one.title) for key, one in kept.actions.items()),
            MEASURE: _Numbers((key, one.title) for key, one in kept.measures.items()),
        }

    def take(self, rows: Sequence[Said]) -> None:
        for noun, numbers in self._numbers.items():
            for row in rows:
                said = _of(row, noun)
                if row.row and (number := said.get("number")):
                    numbers.give((row.row, number), said.get("title", ""))
        for row in rows:
            if row.priority is not None:
                self._say(PRIORITY, (row.priority,), row.number, row.of_priority)
            if row.row:
                self._say(RECOMMENDATION, (row.row,), row.number, row.of_row)
                for noun in (MEASURE, ACTION):
                    self._say_numbered(noun, row.row, row)

    def _say_numbered(self, noun: str, code: str, row: Said) -> None:
        said = _of(row, noun)
        if not said:
            return
        number = said.get("number")
        if number is None:
            try:
                number = self._numbers[noun].found(code, said.get("title", ""), noun)
            except ValueError as error:
                column = COLUMN[noun, "title" if said.get("title") else "number"]
                self.problems.append(Problem(row.number, column, str(error)))
                return
        self._say(noun, (code, number), row.number, said)

    def _say(self, noun: str, key: tuple[Any, ...], row: int, said: Mapping[str, Any]) -> None:
        """The first row that says a field is believed; another that says otherwise is a problem."""
        thing = self.things.setdefault((noun, key), Thing(noun, key, row))
        self.about[row] = thing.name
        for name, value in said.items():
            if name == "number":
                continue
            if name not in thing.said:
                thing.said[name], thing.rows[name] = value, row
            elif not alike(thing.said[name], value):
                self.problems.append(Problem(row, COLUMN[noun, name], _contradiction(thing, name)))


class _Numbers:
    """Which numbers are taken in each row, and by what; finds one for what has none."""

    def __init__(self, kept: Iterable[tuple[Key, str]]) -> None:
        self.kept: dict[str, dict[int, str]] = defaultdict(dict)
        self.given: dict[str, dict[int, str]] = defaultdict(dict)
        self.without: dict[str, set[str]] = defaultdict(set)
        for (code, number), title in kept:
            self.kept[code][number] = _text(title)

    def give(self, key: Key, title: str) -> None:
        self.given[key[0]].setdefault(key[1], _text(title))

    def found(self, code: str, title: str, noun: str) -> int:
        """The number of what the plan has under this title, else the next. ValueError where it can't be told."""
        text = _text(title)
        if not text:
            raise ValueError(f"Which {noun} of {code} is this? Give its number, or its title.")
        given = self.given[code]
        if text in self.without[code] or text in given.values():
            raise ValueError(
                f"{code} has this {noun} twice in the file, and no number tells them apart. Give each its number."
            )
        there = [number for number, other in self.kept[code].items() if other == text]
        if len(there) > 1:
            raise ValueError(
                f"{code} has {len(there)} {noun}s of this title. Say by its number which is meant."
            )
        self.without[code].add(text)
        if there:
            return there[0]
        number = max([0, *self.kept[code], *given]) + 1
        given[number] = ""
        return number


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: blanks and line breaks make no difference."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    if isinstance(one, list) and isinstance(other, list):
        return [line.split() for line in one] == [line.split() for line in other]
    return bool(one == other)


def _of(row: Said, noun: str) -> Mapping[str, Any]:
    return row.of_action if noun == ACTION else row.of_measure


def _text(title: str) -> str:
    return " ".join(title.lower().split())


def _contradiction(thing: Thing, name: str) -> str:
    column, row = COLUMN[thing.noun, name], thing.rows[name]
    if thing.noun in (ACTION, MEASURE):
        return (
            f"{thing.name} stands in row {row} with another {column}, so the two can’t be told apart. Give one of them"
            " another number."
        )
    remedy = "" if thing.noun == PRIORITY else " If this row is about another one, give its reference."
    return f"{thing.name} has another {column} in row {row}.{remedy}"
