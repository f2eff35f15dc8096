"""A small plan of the contract, loaded as any other: actions of OR1 and OR2, of Trust, police, council and health."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from improvement.actions.turns import Turn
from improvement.models import Action, Owner, Plan
from improvement.plans.files import PlanFile, PlanFolder, PriorityFile
from improvement.plans.loading import load_plan
from parties.participants import participant_for
from parties.services import add_partner, create_organisation
from tests.cast import BY
from tests.conftest import _person

TODAY = date(2020, 4, 20)
PLAN: dict[str, Any] = {
    "code": "small", "name": "Small plan", "from": "2019-04", "to": "2021-03",
    "cadence": {"every": 1, "unit": "month"}, "owner": "Trust chief executive",
    "versions": [], "approvals": [], "agreed": None, "reviewed": date(2019, 9, 23),
    "aims": [], "approach": [], "governance": [], "informed_by": [],
    "origins": {"OR": {"name": "Ofsted"}},
    "blocks": [
        {"name": "Leadership", "priority": 1, "refs": [
            {"ref": "OR1", "phase1": "on_track", "phase2": "on_track"},
            {"ref": "OR2", "phase1": "completed", "phase2": "not_started"},
        ]},
    ],
    "references": [
        {"ref": "OR1", "title": "Oversight", "origin": "OR", "in_grid": True},
        {"ref": "OR2", "title": "Missing children", "origin": "OR", "in_grid": True},
        {"ref": "OR3", "title": "In no row", "origin": "OR", "in_grid": False, "note": "Stands in no row"},
    ],
    "aliases": [{"printed": "ORS", "means": "OR2"}],
    "owners": [
        {"role": "Director of Operations", "side": "trust"},
        {"role": "Police representative", "side": "police"},
        {"role": "Housing representative", "side": "council"},
        {"role": "Health representative", "side": "health"},
    ],
    "document": {"title": "A plan", "source": "A pack"}, "place": "Appendix 1", "notes": [],
}  # fmt: skip


def _row(ref: str, actions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ref": ref, "refs": [ref], "title": f"Row of {ref}", "see": [], "success": ["It is better"],
        "measures": [{"number": 1, "title": "More of it"}], "note": "", "actions": actions,
    }  # fmt: skip


PRIORITY: dict[str, Any] = {
    "number": 1, "name": "Leadership", "lead": "Trust chief executive", "why": "Because", "what": [], "how": [],
    "good": [], "place": "Priority 1",
    "rows": [
        _row("OR1", [
            {"number": 1, "title": "Train the leaders", "target": "2020-02", "owners": ["Director of Operations"],
             "phase1": "on_track"},
            {"number": 2, "title": "Ask the police", "target": "2020-04", "owners": ["Police representative"]},
        ]),
        _row("OR2", [
            {"number": 1, "title": "House the homeless", "target": "impact workbook",
             "owners": ["Housing representative"], "phase1": "completed"},
            {"number": 2, "title": "Find a nurse", "target": None, "owners": ["Health representative"]},
        ]),
    ],
}  # fmt: skip


def folder(**changes: Any) -> PlanFolder:
    return PlanFolder(PlanFile(**(PLAN | changes)), [PriorityFile(**PRIORITY)])


@pytest.fixture
def police(contract: Any) -> Any:
    found = create_organisation(
        kind="partner", code="police", name="The Police", short_name="the police", by=BY
    )
    add_partner(contract=contract, organisation=found, by=BY)
    return found


@pytest.fixture
def plan(contract: Any, police: Any) -> Plan:
    assert load_plan(by=BY, contract=contract, folder=folder())
    Owner.objects.filter(side="police").update(organisation=police)
    return Plan.objects.get(code="small")


@pytest.fixture
def board_reader(contract: Any) -> Any:
    return _person("board-reader", contract.commissioner, "board_reader")


@pytest.fixture
def action_owner(contract: Any, police: Any) -> Any:
    return _person("action-owner", police, "action_owner")


@pytest.fixture
def second_officer(contract: Any) -> Any:
    return _person("second-officer", contract.commissioner, "client_officer")


@pytest.fixture
def action(plan: Plan) -> Any:
    """action("OR1", 1), as it stands now."""

    def find(row: str, number: int) -> Action:
        return Action.objects.get(
            recommendation__priority__plan=plan, recommendation__code=row, number=number
        )

    return find


@pytest.fixture
def turn(contract: Any) -> Any:
    """turn(trust_manager, action("OR1", 1)): the person's turn with the action as they see it now."""

    def begin(user: Any, action: Action, version: int | None = None, day: date = TODAY) -> Turn:
        return Turn(
            participant_for(user, contract.code), action, action.version if version is None else version, day
        )

    return begin
