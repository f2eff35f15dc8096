"""A plan that is loaded from its files, and the one that is printed."""

from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from core.definition_files import DefinitionsRefused
from improvement.models import Action, Event, Measure, Plan, Reference, Statement
from improvement.plans.files import read_plan
from improvement.plans.links import load_links
from improvement.plans.loading import load_plan
from tests.cast import BY
from tests.improvement.conftest import folder

pytestmark = pytest.mark.django_db
PLANS = Path(__file__).resolve().parents[3] / "fixtures" / "plans"


def test_what_is_printed_becomes_events_and_statements(plan):
    printed = Event.objects.get(action__recommendation__code="OR1", action__number=1)

    assert (printed.was, printed.now, printed.provenance, str(printed.day)) == (
        "unknown", "on_track", "published", "2019-09-23",
    )  # fmt: skip
    assert printed.taken_by is None
    assert {
        (row.reference.code, row.phase): (row.status, row.computed) for row in Statement.objects.all()
    } == {
        ("OR1", 1): ("on_track", "unknown"),
        ("OR1", 2): ("on_track", "unknown"),
        ("OR2", 1): ("completed", "unknown"),
        ("OR2", 2): ("not_started", "unknown"),
    }


def test_odd_references_are_kept(plan):
    assert Reference.objects.get(code="OR2").aliases == ["ORS"]
    alone = Reference.objects.get(code="OR3")
    assert (alone.recommendation, alone.block, alone.note) == (None, None, "Stands in no row")
    homeless = Action.objects.get(title="House the homeless")
    assert (homeless.target, homeless.target_words) == (None, "impact workbook")


def test_two_rows_of_one_code_are_refused(tmp_path):
    """Though neither stands among the references, which are told apart by themselves."""
    source = PLANS / "2018"
    for file in source.iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace("ref: P3", "ref: P2"))

    with pytest.raises(DefinitionsRefused, match="row P2 stands twice"):
        read_plan(tmp_path)


def test_a_plan_is_loaded_once(plan, contract):
    assert load_plan(by=BY, contract=contract, folder=folder()) is None


def test_every_plan_of_the_documents_can_be_loaded(contract):
    loaded = {
        path.name: load_plan(by=BY, contract=contract, folder=read_plan(path))
        for path in PLANS.iterdir()
        if path.is_dir()
    }

    assert {name: (found.rows, found.actions, found.measures) for name, found in loaded.items()} == {
        "2018": (8, 1, 0),
        "2019-22": (45, 148, 139),
        "2021-24": (12, 58, 24),
        "childcare-2019-20": (9, 0, 0),
    }
    assert dict(Plan.objects.values_list("code", "kept_by")) == {
        "2018": "provider", "2019-22": "provider", "2021-24": "provider", "childcare-2019-20": "commissioner",
    }  # fmt: skip
    assert Reference.objects.filter(plan__code="2019-22").count() == 59
    # Of the nine rows whose colours are all printed, one stands by judgement, and says so.
    judged = Statement.objects.exclude(words="")
    assert [(row.reference.code, row.phase, row.status, row.computed) for row in judged] == [
        ("S9", 1, "on_track", "not_on_track_mitigated")
    ]


def test_links_lead_to_indicators(contract):
    call_command("load_contract", contract=contract.code)
    for name in ("2018", "2019-22", "2021-24"):
        load_plan(by=BY, contract=contract, folder=read_plan(PLANS / name))

    assert load_links(by=BY, contract=contract, file=PLANS / "measure_links.yaml") == 23
    assert load_links(by=BY, contract=contract, file=PLANS / "measure_links.yaml") == 0
    assert Measure.objects.filter(links__isnull=False).distinct().count() <= 23


def test_links_that_lead_nowhere_are_all_named(tmp_path, contract, plan):
    call_command("load_contract", contract=contract.code)
    link = {
        "plan": "small",
        "ref": "OR1",
        "measure": 1,
        "indicator": "PI4",
        "strength": "same",
        "why": "It is",
    }
    links = [link, link | {"measure": 9}, link | {"indicator": "PI99"}]
    file = tmp_path / "links.yaml"
    file.write_text(yaml.safe_dump({"links": links, "indicators_without_link": ["PI4", "PI98"]}))

    with pytest.raises(DefinitionsRefused) as refused:
        load_links(by=BY, contract=contract, file=file)

    assert refused.value.faults == [
        "links.yaml: small, OR1, measure 9: no such measure",
        "links.yaml: no indicator PI99",
        "links.yaml: no indicator PI98",
        "links.yaml: PI4 has a link, and is said to have none",
    ]


def test_a_bad_folder_is_refused_with_every_fault(tmp_path, contract):
    for file in (PLANS / "2019-22").iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "priority-1.yaml":
            text = text.replace("number: 2\n", "number: 1\n", 1).replace("2019-07", "2019-13", 1)
        if file.name == "plan.yaml":
            text = text.replace("phase1: completed", "phase1: complete", 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionsRefused) as refused:
        read_plan(tmp_path)

    faults = "\n".join(refused.value.faults)
    assert "2019-13" in faults
    assert "plan.yaml: blocks" in faults
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_plan", str(tmp_path), contract=contract.code)
    assert not Plan.objects.exists()


def test_the_command_loads_a_plan_once(contract, capsys):
    call_command("load_plan", str(PLANS / "2018"), contract=contract.code)
    call_command("load_plan", str(PLANS / "2018"), contract=contract.code)

    said = capsys.readouterr().out
    assert "8 rows, 1 actions" in said
    assert "already; nothing was changed" in said
