"""What the measures' pages show besides: a second manager, evidence, and the small plan beside real figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.turns import Turn
from improvement.actions.updating import Report, update_action
from improvement.models import Action, Measure, MeasureLink, Plan
from improvement.plans.loading import load_plan
from improvement.rules.status import Status
from parties.models import Organisation
from parties.participants import participant_for
from parties.services import add_partner, create_organisation
from tests.cast import BY
from tests.conftest import _person
from tests.improvement.conftest import TODAY, folder


@pytest.fixture
def second_manager(contract: Any) -> Any:
    return _person("second-manager", contract.provider, "trust_manager")


@pytest.fixture
def shown_to_work(plan: Plan, action: Any, turn: Any, trust_manager: Any) -> None:
    """Action 1 of OR1 is done, and a document shows it."""
    update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "All are trained")]
    )
    found = Found(
        "document",
        "All leaders are trained",
        date(2020, 4, 20),
        date(2020, 10, 1),
        {"link": "https://example.org/list"},
    )
    add_evidence(turn(trust_manager, action("OR1", 1)), found=found)


@pytest.fixture
def plan_of_demonstration(demonstration: Any) -> Plan:
    """The small plan in the contract of the demonstration, whose PI9 shows the measure of OR1."""
    assert load_plan(by=BY, contract=demonstration, folder=folder())
    MeasureLink.objects.create(
        measure=Measure.objects.get(recommendation__code="OR1"),
        indicator=demonstration.indicators.get(code="PI9"),
        strength="same",
        words="Both count it",
    )
    return Plan.objects.get(code="small")


@pytest.fixture
def owner_there(demonstration: Any) -> Any:
    """An action owner of a partner of the demonstration's contract, who reads plans and no figures."""
    fire = Organisation.objects.filter(code="fire").first() or create_organisation(
        kind="partner", code="fire", name="The Fire Service", short_name="the fire service", by=BY
    )
    add_partner(contract=demonstration, organisation=fire, by=BY)
    return _person("fire-officer", fire, "action_owner")


@pytest.fixture
def action_there(plan_of_demonstration: Plan) -> Any:
    """action_there(1): action 1 of OR1 of the small plan, as it stands now."""

    def find(number: int) -> Action:
        return Action.objects.get(
            recommendation__priority__plan=plan_of_demonstration, recommendation__code="OR1", number=number
        )

    return find


@pytest.fixture
def turn_there(persona: Any) -> Any:
    """turn_there(action): the turn of the demonstration's Trust manager, who writes for all of the plan's owners."""

    def begin(action: Action, day: date = TODAY) -> Turn:
        return Turn(participant_for(persona("trust-manager"), "sandwell"), action, action.version, day)

    return begin
