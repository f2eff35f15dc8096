"""The actions meant to move an indicator, on its own page: for whom, when, and never older than the plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.settling import agree_end, propose_end
from improvement.actions.updating import Move, Report, update_action
from improvement.models import Measure, MeasureLink
from improvement.models.event import Provenance
from improvement.rules.status import Status
from kpis.indicator_page.parts import additions
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.pages import text, words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/indicators/PI9/"


@pytest.fixture
def done_in_january(plan_of_demonstration, turn_there, action_there):
    """Action 1 of OR1 was done in January 2020; action 2 is due in March."""
    update_action(
        turn_there(action_there(1), date(2020, 1, 14)),
        reports=[Report(1, Status.COMPLETED, "All are trained")],
    )
    move = Move(Month(2020, 3), "Earlier", "The board")
    asked = Report(1, Status.ON_TRACK, "Asked")
    update_action(turn_there(action_there(2), date(2020, 3, 2)), reports=[asked], move=move)


def illustratively(turn):
    return replace(turn, provenance=Provenance.ILLUSTRATIVE)


def section(client):
    return BeautifulSoup(client.get(PAGE).content, "lxml").find(
        "section", attrs={"aria-labelledby": "actions-meant"}
    )


def test_each_action_stands_with_its_target_and_both_phases(officer, done_in_january):
    found = section(officer)

    assert "2 actions: 1 done and 1 overdue." in text(found)
    assert "made up" not in text(found)
    assert "Impact measure: More of it (same quantity)." in text(found)
    done, due = (text(row) for row in found.select("tbody tr"))
    assert done == "1 Train the leaders February 2020 January 2020 C Completed ? Not recorded"
    assert due == "2 Ask the police March 2020 overdue T On track ? Not recorded"
    assert (
        found.find("a", string="Ask the police")["href"] == "/contracts/sandwell/plans/small/actions/OR1/2/"
    )


def test_their_months_are_marked_above_the_chart_and_told_in_words(officer, done_in_january):
    page = BeautifulSoup(officer.get(PAGE).content, "lxml")

    marks = page.select(".chart__drawing--wide .point--dated")
    assert [text(mark.title) for mark in marks] == [
        "January 2020: done: Action 1 of OR1, Train the leaders",
        "March 2020: due: Action 2 of OR1, Ask the police",
    ]
    assert ["point--hollow" in mark["class"] for mark in marks] == [False, True]
    said = text(page.select_one(".chart__drawing--wide desc"))
    assert "Marked above: actions done in January 2020; actions due in March 2020." in said
    key = text(page.find("ul", attrs={"aria-label": "What the points mean"}))
    assert "actions done" in key
    assert "actions due" in key
    drawn = json.loads(page.find(id="chart-figure").string)["data"]
    assert drawn[1]["x"] == ["2020-01-01", "2020-03-01"]


def test_what_is_made_up_of_them_is_marked(officer, plan_of_demonstration, turn_there, action_there):
    made_up = illustratively(turn_there(action_there(1), date(2020, 1, 14)))
    update_action(made_up, reports=[Report(1, Status.COMPLETED, "All are trained")])

    page = BeautifulSoup(officer.get(PAGE).content, "lxml")
    done, due = section(officer).select("tbody tr")
    assert [text(cell) for cell in done.select(".plan-cell--made-up")] == ["C Completed"]
    assert text(done.i) == "January 2020"
    assert not due.select(".plan-cell--made-up, i")
    assert "made up, to show how a plan lives on" in text(section(officer))
    mark, *_ = page.select(".chart__drawing--wide .point--dated")
    assert text(mark.title) == "January 2020: done: Action 1 of OR1, Train the leaders (illustrative)"
    key = text(page.find("ul", attrs={"aria-label": "What the points mean"}))
    assert "actions done (illustrative)" in key


def test_to_say_again_that_it_is_done_moves_no_month(
    officer, plan_of_demonstration, turn_there, action_there
):
    """Action 1 was done in January, made up; in March somebody says in earnest that it still is."""
    for turn, said in (
        (illustratively(turn_there(action_there(1), date(2020, 1, 14))), "All are trained"),
        (turn_there(action_there(1), date(2020, 3, 9)), "They still are"),
    ):
        update_action(replace(turn, version=None), reports=[Report(1, Status.COMPLETED, said)])

    page = BeautifulSoup(officer.get(PAGE).content, "lxml")
    done, _ = section(officer).select("tbody tr")
    assert text(done.i) == "January 2020"
    assert not done.select(".plan-cell--made-up")
    assert "made up, to show how a plan lives on" in text(section(officer))
    assert [text(mark.title) for mark in page.select(".chart__drawing--wide .point--dated")] == [
        "January 2020: done: Action 1 of OR1, Train the leaders (illustrative)"
    ]


def test_a_target_and_an_end_that_are_made_up_are_marked(
    officer, plan_of_demonstration, turn_there, action_there, persona
):
    """The target of action 1 was moved to a month of the chart, that of action 2 to a later one."""
    for number, target in ((1, Month(2020, 3)), (2, Month(2020, 6))):
        update_action(
            illustratively(turn_there(action_there(number), date(2020, 2, 3))),
            reports=[Report(1, Status.ON_TRACK, "In hand")] if number == 1 else [],
            move=Move(target, "Staff left", "The board"),
        )
    update_action(turn_there(action_there(1)), reports=[Report(1, Status.ON_TRACK, "Nearly there")])

    page = BeautifulSoup(officer.get(PAGE).content, "lxml")
    first, second = section(officer).select("tbody tr")
    assert [text(row.i) for row in (first, second)] == ["March 2020", "June 2020"]
    assert not section(officer).select(".plan-cell--made-up")
    assert "made up, to show how a plan lives on" in text(section(officer))
    assert [text(mark.title) for mark in page.select(".chart__drawing--wide .point--dated")] == [
        "March 2020: due: Action 1 of OR1, Train the leaders (illustrative)"
    ]
    assert "actions due (illustrative)" in text(page.find("ul", attrs={"aria-label": "What the points mean"}))

    move = Move(Month(2020, 5), "In earnest", "The board")
    update_action(turn_there(action_there(2)), move=move)
    page = BeautifulSoup(officer.get(PAGE).content, "lxml")
    assert "actions due (some illustrative)" in text(
        page.find("ul", attrs={"aria-label": "What the points mean"})
    )

    propose_end(turn_there(action_there(1)), words="No longer needed")
    council = replace(turn_there(action_there(1)), by=participant_for(persona("client-officer"), "sandwell"))
    agree_end(illustratively(council), words="Agreed")
    ended, moved = section(officer).select("tbody tr")
    assert [text(cell) for cell in ended.select(".plan-cell--made-up")] == ["E Closed without being done"]
    assert not moved.select(".plan-cell--made-up, i")


def test_what_lies_beyond_the_months_or_has_no_month_is_not_marked(officer, plan_of_demonstration):
    """The target of action 2 is April 2020, a month after the last; nobody knows when what is printed was done."""
    page = BeautifulSoup(officer.get(PAGE).content, "lxml")

    assert [text(mark.title) for mark in page.select(".chart__drawing--wide .point--dated")] == [
        "February 2020: due: Action 1 of OR1, Train the leaders"
    ]
    assert "actions done" not in text(page.find("ul", attrs={"aria-label": "What the points mean"}))


def test_the_kept_page_is_never_older_than_the_plan(officer, plan_of_demonstration, turn_there, action_there):
    before = officer.get(PAGE)
    assert officer.get(PAGE, headers={"If-None-Match": before["ETag"]}).status_code == 304

    update_action(turn_there(action_there(1)), reports=[Report(1, Status.COMPLETED, "Done")])
    after = officer.get(PAGE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "April 2020" in text(section(officer).select_one("tbody tr"))

    propose_end(turn_there(action_there(2)), words="The police do it themselves")
    Measure.objects.filter(recommendation__code="OR1").update(title="More of all")
    assert "Impact measure: More of all" in text(section(officer))

    MeasureLink.objects.create(
        measure=Measure.objects.get(recommendation__code="OR2"),
        indicator=MeasureLink.objects.get().indicator,
        strength="overlaps",
        words="A part",
    )
    assert "House the homeless" in text(section(officer))


def test_an_indicator_of_no_measure_and_a_past_day_show_none(officer, plan_of_demonstration):
    assert "Actions meant to move it" not in words(officer.get("/contracts/sandwell/indicators/PI8/"))
    assert "Actions meant to move it" not in words(officer.get(f"{PAGE}?known=2020-03-01"))
    assert "Actions meant to move it" in words(officer.get(f"{PAGE}?month=2019-03"))


def test_who_reads_no_plans_is_told_of_none(persona, plan_of_demonstration):
    """No role reads indicators and no plans today, so it is asked of one that reads neither."""
    reads, reads_not = (
        participant_for(persona(who), "sandwell") for who in ("client-officer", "scrutiny-member")
    )

    assert [one.anchor for one in additions(reads, "PI9", TODAY)] == ["actions-meant"]
    assert additions(reads_not, "PI9", TODAY) == ()


def test_a_kept_page_costs_two_queries_more_than_its_reader(
    officer, plan_of_demonstration, django_assert_num_queries
):
    officer.get(PAGE)

    with django_assert_num_queries(6):
        officer.get(PAGE)
