"""Every fault of a plan's files is named with its place before anything is written."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
import yaml
from django.core.management import CommandError, call_command

from improvement.models import Owner, Plan
from tests.improvement.conftest import PLAN, PRIORITY

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(tmp_path, contract, capsys):
    """refused(plan, priority): the faults that the command names, having written nothing."""

    def load(plan, priority):
        for name, content in (("plan.yaml", plan), ("priority-1.yaml", priority)):
            (tmp_path / name).write_text(yaml.safe_dump(content), encoding="utf-8")
        with pytest.raises(CommandError, match="Nothing was loaded"):
            call_command("load_plan", str(tmp_path), contract=contract.code)
        assert not Plan.objects.exists()
        assert not Owner.objects.exists()
        return capsys.readouterr().err.splitlines()

    return load


def row(priority):
    return priority["rows"][0]


def action(priority):
    return row(priority)["actions"][0]


# What is changed in plan.yaml or in priority-1.yaml, and the words that name the fault.
OF_ONE_FIELD = [
    (lambda plan, _: plan.update(code="new"), "plan.yaml: code: “new” is the address of another page"),
    (lambda plan, _: plan.update(to="2018-01"), "plan.yaml: to: 2018-01 comes before the first month, 2019-04"),
    (lambda plan, _: plan.update(reviewed=date(2020, 4, 21)), "plan.yaml: reviewed: 2020-04-21 is still to come"),
    (lambda plan, _: plan.update(owner="x" * 201), "plan.yaml: owner: "),
    (lambda plan, _: plan.update(document={"source": "x" * 201}), "plan.yaml: document.source: "),
    (lambda _, file: file.update(lead="x" * 201), "priority-1.yaml: lead: "),
    (lambda _, file: file.update(group="x" * 201), "priority-1.yaml: group: "),
    (lambda _, file: file.update(place="x" * 179), "priority-1.yaml: place: "),
    (lambda _, file: row(file).update(ref="OR1 (also refer to OR2)"), "priority-1.yaml: rows.0.ref: "),
    (lambda _, file: row(file)["measures"][0].update(number=32768), "priority-1.yaml: rows.0.measures.0.number: "),
    (lambda _, file: action(file).update(number=32768), "priority-1.yaml: rows.0.actions.0.number: "),
    (
        lambda _, file: action(file).update(owners=["Director of Operations"] * 2),
        "priority-1.yaml: rows.0.actions.0.owners: Director of Operations stands twice",
    ),
    (
        lambda _, file: action(file).update(phase2="completed"),
        "priority-1.yaml: rows.0.actions.0.phase2: Phase 2 is completed by evidence",
    ),
]  # fmt: skip
OF_SEVERAL = [
    (
        lambda plan, _: plan.update(aliases=[{"printed": "XX9", "means": "OR99"}]),
        "plan.yaml: aliases: XX9 means OR99, which is no reference of the plan",
    ),
    (
        lambda plan, _: plan["blocks"][0].update(priority=7),
        "plan.yaml: blocks: Leadership: there is no priority 7",
    ),
    (
        lambda plan, _: plan["references"][0].update(in_grid=False),
        "plan.yaml: references: OR1 is not in_grid, and stands in a block",
    ),
    (
        lambda plan, _: plan["references"][2].update(in_grid=True),
        "plan.yaml: references: OR3 is in_grid, and stands in no block",
    ),
]


@pytest.mark.parametrize("faults", [OF_ONE_FIELD, OF_SEVERAL], ids=["of one field", "of several"])
def test_every_fault_is_named(refused, faults):
    plan, priority = deepcopy(PLAN), deepcopy(PRIORITY)
    for change, _ in faults:
        change(plan, priority)

    named = refused(plan, priority)

    assert len(named) == len(faults)
    assert [words for _, words in faults if not any(fault.startswith(words) for fault in named)] == []


def test_what_is_as_long_and_as_large_as_it_may_be_is_kept(tmp_path, contract):
    plan, priority = deepcopy(PLAN), deepcopy(PRIORITY)
    plan |= {"code": "x" * 50, "owner": "x" * 200, "reviewed": date(2020, 4, 20), "to": plan["from"]}
    priority |= {"lead": "x" * 200, "place": "x" * 178}
    row(priority).update(ref="OR1, also refer to 2")
    action(priority).update(number=32767)
    for name, content in (("plan.yaml", plan), ("priority-1.yaml", priority)):
        (tmp_path / name).write_text(yaml.safe_dump(content), encoding="utf-8")

    call_command("load_plan", str(tmp_path), contract=contract.code)

    assert Plan.objects.get().months[1] == Plan.objects.get().months[0]
