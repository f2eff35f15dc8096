"""The golden thread: what leads where, what is derived, and where it breaks."""

import pytest
import yaml
from bs4 import BeautifulSoup

from core.definition_files import DefinitionsRefused
from improvement.document.thread_picture import picture_of
from improvement.plans.files import read_plan
from tests.improvement.document.conftest import PLANS
from tests.pages import text

pytestmark = pytest.mark.django_db
THREAD = PLANS / "2019-22" / "golden_thread.yaml"


def strands(page):
    return page.select(".strand")


def test_a_strand_leads_from_ambitions_to_indicators(read, linked):
    first = strands(read("2019-22", "thread"))[0]

    assert [text(one) for one in first.select(".strand__from li > p")] == [
        "Ambition 5 Safe communities that look after each other",
        "Ambition 1 High aspirations, equal chances and resilience",
    ]
    assert text(first.h3) == "Priority 1 Aspiring services that keep children safe"
    reached = first.select(".reached")
    assert [text(one.select_one(".reached__name")) for one in reached][:2] == [
        "Priority 1, Leadership",
        "Priority 2, Workforce",
    ]
    (row,) = reached[1].select(".reached__rows > li")
    assert text(row).startswith(
        "C1 Manageable caseloads through recruitment and retention derived Shared words: employer of choice, through"
        " “An employer of choice”"
    )
    assert row.a["href"] == "/contracts/sandwell/plans/2019-22/recommendations/C1/"


def test_every_link_says_whether_it_is_derived_and_how(read, linked):
    kept = yaml.safe_load(THREAD.read_text(encoding="utf-8"))
    page = read("2019-22", "thread")

    ties = page.select(".strand .tie")
    assert len(ties) == len(kept["ambitions_to_priorities"]) + len(kept["priorities_to_plans"])
    assert all(text(tie).startswith("derived Shared") or "successor" in text(tie) for tie in ties)
    assert len(page.select("#printed ~ ul li")) == 4


def test_where_it_breaks_is_told_before_the_strands(read, linked):
    page = read("2019-22", "thread")

    assert (
        "From 5 of 10 ambitions the thread leads to all 8 priorities of the plan, and from 7 of these on to 10"
        in text(page)
    )
    gaps = {text(term): text(term.find_next("dd")) for term in page.select("#breaks ~ dl dt")}
    assert gaps["Ambitions that no priority serves"].count(";") == 4
    assert (
        gaps["Priorities that lead to nothing in this plan"] == "Best start in life and readiness for school"
    )
    assert "Priorities of this plan that nothing leads to" not in gaps


def test_indicators_are_led_to_for_those_who_may_open_them(linked, signed_in, client_officer, action_owner):
    for person, led in ((client_officer, True), (action_owner, False)):
        answer = signed_in(person).get("/contracts/sandwell/plans/2019-22/thread/")
        found = BeautifulSoup(answer.content, "lxml").select(".reached__indicators > li")
        assert found
        assert {bool(one.a) for one in found} == {led}


def test_other_plans_are_led_to_where_the_contract_has_them(read, linked, contract):
    from improvement.models import Plan

    childcare = strands(read("2019-22", "thread"))[3]
    assert "It leads to nothing in this plan." in text(childcare)
    assert (
        childcare.select("details a")[0]["href"]
        == "/contracts/sandwell/plans/childcare-2019-20/recommendations/CS6/"
    )

    Plan.objects.filter(code="childcare-2019-20").update(code="renamed")

    childcare = strands(read("2019-22", "thread"))[3]
    assert not childcare.select("details a")
    assert "Plan childcare-2019-20: CS6" in text(childcare)


def test_the_picture_draws_each_link_once(read, linked):
    picture = read("2019-22", "thread").select_one("svg[role=img]")

    assert len(picture.select("rect.thread-picture__box--loose")) == 5
    assert len(picture.select("path")) == len({path["d"] for path in picture.select("path")})


def test_columns_stand_in_the_middle_of_the_tallest():
    picture = picture_of(
        heads=("From", "To"),
        columns=(
            {"a": "One", "b": "Two", "c": "Three"},
            {"x": "A box of words so long that they take two lines"},
        ),
        links=[("a", "x", True), ("a", "x", True), ("b", "x", False)],
    )

    assert [(box.x, box.y, box.tied) for box in picture.boxes] == [
        ("0", "46", True),
        ("0", "98", True),
        ("0", "150", False),
        ("960", "98", True),
    ]
    assert [line.words for line in picture.boxes[-1].lines] == [
        "A box of words so long that",
        "they take two lines",
    ]
    assert [(curve.path, curve.derived) for curve in picture.curves] == [
        ("M220 67C590 67 590 119 960 119", True),
        ("M220 119C590 119 590 119 960 119", False),
    ]


def test_a_plan_without_one_has_no_such_page(signed_in, client_officer, plans):
    client = signed_in(client_officer)

    assert client.get("/contracts/sandwell/plans/2018/thread/").status_code == 404
    assert client.get("/contracts/sandwell/plans/nothing/thread/").status_code == 404


def test_links_that_lead_nowhere_are_refused_with_every_fault(tmp_path):
    folder = tmp_path / "2019-22"
    folder.mkdir()
    for file in (PLANS / "2019-22").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    thread = yaml.safe_load(THREAD.read_text(encoding="utf-8"))
    thread["ambitions_to_priorities"][0] |= {"ambition": 11, "priority": 8}
    thread["ambitions_without_priority"] = [1, 7, 8, 9, 10]
    thread["directorate_plan"]["priorities"][0]["commitments"][0]["same_as"] = ["4.9"]
    thread["priorities_to_plans"][0]["priority"] = 9
    thread["priorities_to_plans"][1]["commitment"] = 99
    thread["priorities_to_plans"][3]["ref"] = "OR1"
    thread["priorities_to_plans"][5]["to_priority"] = 12
    (folder / "golden_thread.yaml").write_text(yaml.safe_dump(thread), encoding="utf-8")

    with pytest.raises(DefinitionsRefused) as refused:
        read_plan(folder)

    assert refused.value.faults == [
        "golden_thread.yaml: there is no commitment 4.9",
        "golden_thread.yaml: there is no ambition 11",
        "golden_thread.yaml: ambition 1 has a priority, and has none",
        "golden_thread.yaml: ambition 6 has no priority, and isn't said to have none",
        "golden_thread.yaml: Children's Services Directorate Business Plan 2018 to 2021 has no priority 8",
        "golden_thread.yaml: there is no priority 9 to lead from",
        "golden_thread.yaml: priority 1 has no commitment 99",
        "golden_thread.yaml: OR1 stands in no row of priority 2",
        "golden_thread.yaml: the plan has no priority 12",
    ]


def test_what_is_only_read_is_checked_too(tmp_path):
    folder = tmp_path / "2021-24"
    folder.mkdir()
    for file in (PLANS / "2021-24").iterdir():
        words = file.read_text(encoding="utf-8").replace("priorities: [11]", "priorities: [13]")
        (folder / file.name).write_text(words, encoding="utf-8")
    with pytest.raises(DefinitionsRefused) as refused:
        read_plan(folder)
    assert refused.value.faults == ["plan.yaml: groups: Partnerships: there is no priority 13"]

    (folder / "milestones.yaml").write_text(
        "title: Empty\nplace: Nowhere\nperiods: [{by: '2018-13'}]\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionsRefused) as refused:
        read_plan(folder)
    assert any(
        "milestones.yaml: periods.0.by" in fault and "2018-13" in fault for fault in refused.value.faults
    )
