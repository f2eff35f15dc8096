"""A large improvement plan for the contract that is looked at: loaded as any other, then lived on by plain rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from improvement.models import Action, Event, Plan
from improvement.models.event import Kind, Provenance
from improvement.plans.files import PlanFile, PlanFolder, PriorityFile
from improvement.plans.loading import load_plan
from parties.models import Contract

CODE = "large"
ACTIONS, ROWS, PRIORITIES = 2_000, 50, 5
STATUSES = ("completed", "on_track", "not_on_track_mitigated", "not_on_track_delayed", "not_started")
FIRST_REVIEW, SECOND_REVIEW = date(2019, 9, 23), date(2020, 2, 14)


def fill_plan(contract_code: str) -> None:
    """2,000 actions in 50 rows, each with two statuses of a first review and two of a second one."""
    contract = Contract.objects.get(code=contract_code)
    load_plan(
        by="benchmark",
        contract=contract,
        folder=PlanFolder(_plan(), [_priority(n) for n in range(PRIORITIES)]),
    )
    actions = list(Action.objects.filter(recommendation__priority__plan__code=CODE).order_by("pk"))
    Event.objects.bulk_create(
        [event for number, action in enumerate(actions) for event in _events(action, number)], batch_size=1000
    )
    assert len(actions) == ACTIONS
    assert Plan.objects.get(code=CODE).contract == contract


def _events(action: Action, number: int) -> list[Event]:
    now = STATUSES[number % 4 + 1]
    return [
        Event(
            action=action,
            number=action.version + phase,
            kind=Kind.STATUS,
            phase=phase,
            was=STATUSES[number % 5] if phase == 1 else "unknown",
            now=now,
            words="On its way",
            risk="A post is vacant",
            mitigation="Cover from another team",
            risk_owner="Director",
            day=SECOND_REVIEW,
            provenance=Provenance.ILLUSTRATIVE,
            taken_as="Benchmark",
        )
        for phase in (1, 2)
    ]


def _plan() -> PlanFile:
    names = ("versions", "approvals", "aims", "approach", "governance", "informed_by", "notes", "aliases")
    nothing: dict[str, Any] = {name: [] for name in names}
    return PlanFile(
        **nothing,
        **{
            "code": CODE, "name": "Large plan", "from": "2019-04", "to": "2022-03",
            "cadence": {"every": 1, "unit": "month"}, "owner": "Chief executive", "agreed": None,
            "reviewed": FIRST_REVIEW, "origins": {"R": {"name": "Benchmark"}},
            "blocks": [
                {"name": f"Block {number + 1}", "priority": number + 1, "refs": [
                    {"ref": f"R{row}", "phase1": STATUSES[row % 5], "phase2": STATUSES[(row + 1) % 5]}
                    for row in _rows(number)
                ]}
                for number in range(PRIORITIES)
            ],
            "references": [], "owners": [{"role": "Director", "side": "trust"}],
            "document": {"title": "Benchmark"}, "place": "Benchmark",
        },
    )  # fmt: skip


def _priority(number: int) -> PriorityFile:
    return PriorityFile(
        number=number + 1, name=f"Priority {number + 1}", lead="Director", why="", what=[], how=[], good=[],
        place="Benchmark", rows=[_row(row) for row in _rows(number)],
    )  # fmt: skip


def _rows(priority: int) -> range:
    return range(priority * ROWS // PRIORITIES + 1, (priority + 1) * ROWS // PRIORITIES + 1)


def _row(row: int) -> dict[str, Any]:
    return {
        "ref": f"R{row}", "refs": [f"R{row}"], "title": f"Recommendation {row}", "see": [], "success": [],
        "measures": [], "note": "",
        "actions": [
            {"number": number, "title": f"Action {number} of R{row}", "target": "2020-03", "owners": ["Director"],
             "phase1": STATUSES[number % 5]}
            for number in range(1, ACTIONS // ROWS + 1)
        ],
    }  # fmt: skip
