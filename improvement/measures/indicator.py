"""What the plans add to the page of an indicator: the actions meant to move it, with their months for its chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from improvement.models import Action, Event, MeasureLink, Recommendation
from improvement.models.event import PHASES, Kind, Provenance
from improvement.plans.as_at import STANDING
from improvement.plans.became import completes_here
from improvement.plans.names import named
from improvement.rules.dates import past_target
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from kpis.charts.line import Dated
from kpis.indicator_page.parts import Addition
from parties.participants import Participant

TEMPLATE = "improvement/measures/_actions_meant.html"
PLAN, ROW, ACTION = "measure__plan__", "measure__recommendation__", "measure__recommendation__actions__"
IN_ORDER = (
    f"-{PLAN}starts_on", f"{ROW}priority__number", f"{ROW}position", "measure__number", f"{ACTION}number",
)  # fmt: skip
# What is read of each link and action, by the name under which it comes.
READ = {
    "plan_code": F(f"{PLAN}code"),
    "plan": F(f"{PLAN}name"),
    "measure_title": F("measure__title"),
    "row_key": F(f"{ROW}pk"),
    "action_key": F(f"{ACTION}pk"),
    "row_code": F(f"{ROW}code"),
    "row_title": F(f"{ROW}title"),
} | {
    name: F(f"{ACTION}{name}")
    for name in ("number", "title", "target", "target_words", "phase1", "phase2", "outcome")
}
# Events that tell where an action stands, and what those tell that are of no phase.
OF_KIND: dict[str, str] = {Kind.MOVED: "moved", Kind.ENDED: "ended"}
TELLING = (*STANDING, *OF_KIND)


@dataclass(frozen=True)
class MeantAction:
    """``done_on`` is the month in which it was done, as far as somebody said so here; of print nobody knows when.

    What is made up of it was last said by an illustrative event: its status in these phases, when it was done or is to
    be, or that it ended.
    """

    called: str  # its name where its row isn't said: "Action 3 of OR1"
    name: str
    title: str
    url: str
    due: Month | None
    target: str
    done_on: Month | None
    late: bool
    phase1: Status
    phase2: Status
    outcome: str
    made_up: Sequence[int] = ()
    done_made_up: bool = False
    target_made_up: bool = False
    outcome_made_up: bool = False

    @property
    def is_due(self) -> bool:
        """Whether it is still to be done, by a month."""
        return self.due is not None and self.phase1 != Status.COMPLETED and not self.outcome


@dataclass
class _Row:
    """A recommendation with the measures by which the indicator shows it, as they are found."""

    plan: str
    code: str
    title: str
    url: str
    measures: dict[str, str] = field(default_factory=dict)
    actions: dict[int, MeantAction] = field(default_factory=dict)


@dataclass(frozen=True)
class MeantRow:
    anchor: str
    plan: str
    code: str
    title: str
    url: str
    measures: Sequence[tuple[str, str]]  # title, strength
    actions: Sequence[MeantAction]


@dataclass(frozen=True)
class Meant:
    """``illustrative``: something that is told of these actions is made up."""

    summary: str
    rows: Sequence[MeantRow]
    illustrative: bool


def actions_meant_to_move(participant: Participant, code: str, today: date) -> Addition | None:
    """The actions of each recommendation with a measure that the indicator shows; None without one. Two queries."""
    rows = _rows(participant, _found(participant, code), today)
    actions = [action for row in rows for action in row.actions]
    if not rows:
        return None
    return Addition(
        anchor="actions-meant",
        template=TEMPLATE,
        content=Meant(_summary(actions), rows, any(_is_made_up(action) for action in actions)),
        dated=tuple(_dated(actions)),
        done=_words("actions done", [one.done_made_up for one in actions if one.done_on]),
        due=_words("actions due", [one.target_made_up for one in actions if one.is_due]),
    )


def _found(participant: Participant, code: str) -> list[dict[str, Any]]:
    """A row for each link and action, in the order of the plans, the latest first, with what was told of the action.

    Not one query with what is told as subqueries: to put them together takes longer than to ask twice, on each visit.
    """
    links: list[Any] = list(
        MeasureLink.objects.filter(
            indicator__code=code,
            indicator__contract=participant.contract,
            measure__plan__contract=participant.contract,
            measure__recommendation__isnull=False,
        )
        .order_by(*IN_ORDER)
        .values("strength", **READ)
    )
    told = _told({one["action_key"] for one in links} - {None})
    return [one | told.get(one["action_key"], {}) for one in links]


def _told(actions: set[int]) -> dict[int, dict[str, Any]]:
    """When each action was done, and where what is told of it comes from: the last event that says so."""
    events = Event.objects.filter(action__in=actions, kind__in=TELLING).order_by("number") if actions else ()
    told: dict[int, dict[str, Any]] = {}
    for event in events:
        said = told.setdefault(event.action_id, {})
        said[f"{OF_KIND.get(event.kind, f'phase{event.phase}')}_from"] = event.provenance
        if completes_here(event):
            said |= {"done_from": event.provenance, "done_on": event.day}
    return told


def _rows(participant: Participant, found: Iterable[Mapping[str, Any]], today: date) -> list[MeantRow]:
    rows: dict[int, _Row] = {}
    contract = participant.contract.code
    for one in found:
        address = [contract, one["plan_code"], one["row_code"]]
        url = reverse("improvement:recommendation", args=address)
        row = rows.setdefault(one["row_key"], _Row(one["plan"], one["row_code"], one["row_title"], url))
        row.measures[one["measure_title"]] = MeasureLink.Strength(one["strength"]).label.lower()
        if one["number"] is not None:
            row.actions[one["number"]] = _action(one, address, today)
    return [
        MeantRow(
            anchor=f"meant-{number}",
            plan=row.plan,
            code=row.code,
            title=row.title,
            url=row.url,
            measures=tuple(row.measures.items()),
            actions=tuple(row.actions.values()),
        )
        for number, row in enumerate(rows.values(), start=1)
    ]


def _action(one: Mapping[str, Any], address: list[str], today: date) -> MeantAction:
    due = Month.of(one["target"]) if one["target"] else None
    outcome, phase1 = Outcome(one["outcome"]), Status(one["phase1"])
    finished = phase1 == Status.COMPLETED or outcome != Outcome.OPEN
    instead = f"See {one['target_words']}" if one["target_words"] else "No date"
    done_on = Month.of(one["done_on"]) if "done_on" in one and phase1 == Status.COMPLETED else None

    def made_up(what: str) -> bool:
        return one.get(f"{what}_from") == Provenance.ILLUSTRATIVE

    return MeantAction(
        called=named(Action(number=one["number"], recommendation=Recommendation(code=one["row_code"]))),
        name=str(one["number"]),
        title=one["title"],
        url=reverse("improvement:action", args=[*address, one["number"]]),
        due=due,
        target=due.label if due else instead,
        done_on=done_on,
        late=not finished and past_target(due, today),
        phase1=phase1,
        phase2=Status(one["phase2"]),
        outcome="" if outcome == Outcome.OPEN else outcome.label,
        made_up=tuple(phase for phase in PHASES if outcome == Outcome.OPEN and made_up(f"phase{phase}")),
        done_made_up=done_on is not None and made_up("done"),
        target_made_up=made_up("moved"),
        outcome_made_up=made_up("ended"),
    )


def _is_made_up(action: MeantAction) -> bool:
    return any((action.made_up, action.done_made_up, action.target_made_up, action.outcome_made_up))


def _words(what: str, made_up: Sequence[bool]) -> str:
    """What the marks of a kind are in the chart; they say so where anything they tell is made up."""
    if not any(made_up):
        return what
    return f"{what} (illustrative)" if all(made_up) else f"{what} (some illustrative)"


def _summary(actions: Sequence[MeantAction]) -> str:
    """ "30 actions: 17 done, 9 of them with their difference confirmed; 4 overdue." """
    if not actions:
        return "Recommendations that it is to show, without an action of their own."
    done = sum(action.phase1 == Status.COMPLETED for action in actions)
    confirmed = sum(action.phase2 == Status.COMPLETED for action in actions)
    late = sum(action.late for action in actions)
    parts = [f"{done} done"]
    parts += [f"{confirmed} confirmed to have made a difference"] if confirmed else []
    parts += [f"{late} overdue"] if late else []
    return f"{count_words(len(actions), 'action')}: {listed(parts)}."


def _dated(actions: Sequence[MeantAction]) -> Iterable[Dated]:
    """When each was done; of one that is open, when it is due."""
    for action in actions:
        name = f"{action.called}, {action.title}"
        if action.done_on:
            remark = " (illustrative)" if action.done_made_up else ""
            yield Dated(action.done_on, done=True, words=f"done: {name}{remark}")
        elif action.due and action.is_due:
            remark = " (illustrative)" if action.target_made_up else ""
            yield Dated(action.due, done=False, words=f"due: {name}{remark}")
