"""A recommendation and a priority tell what happened to their actions as one timeline."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.settling import comment
from improvement.actions.updating import Move, Report, update_action
from improvement.models import Recommendation
from improvement.plans.stating import Said, state
from improvement.rules.status import Status
from parties.participants import participant_for
from tests.pages import text

pytestmark = pytest.mark.django_db

PLAN = "/contracts/sandwell/plans/small/"
ROW, PRIORITY = f"{PLAN}recommendations/OR1/", f"{PLAN}priorities/1/"
RISK = {"risk": "A post is vacant", "mitigation": "Cover", "risk_owner": "Director of Operations"}


@pytest.fixture
def told(signed_in, board_reader):
    """told(ROW): the entries of a page's timeline, newest first."""

    def entries(address):
        page = BeautifulSoup(signed_in(board_reader).get(address).content, "lxml")
        return [text(entry) for entry in page.select(".told__entries > li")]

    return entries


@pytest.fixture
def lived(plan, turn, action, trust_manager, client_officer, action_owner):
    """The first action of OR1 is slower and then done; the second is moved; both are asked about."""

    def update(day, **said):
        update_action(turn(trust_manager, action("OR1", 1), day=day), **said)

    update(date(2020, 2, 3), reports=[Report(1, Status.MITIGATED, "Slower", **RISK)])
    for number in (1, 2):
        comment(turn(client_officer, action("OR1", number), day=date(2020, 2, 10)), words="By when?")
    update(date(2020, 3, 9), reports=[Report(1, Status.COMPLETED, "Everybody is trained")])
    update_action(
        turn(action_owner, action("OR1", 2), day=date(2020, 4, 6)),
        move=Move(Month(2020, 6), "The police need time", "The board"),
    )
    return plan


def stated(plan, trust_manager, status, words, day):
    row = Recommendation.objects.get(code="OR1")
    by = participant_for(trust_manager, "sandwell")
    return state(by=by, references=list(row.references.all()), said={1: Said(status, words)}, day=day)


def test_a_recommendation_tells_its_actions_newest_first_and_together_what_is_alike(lived, told):
    moved, done, asked, slower, *printed = told(ROW)

    assert moved.startswith("6 April 2020 Action 2 : Target moved from April 2020 to June 2020")
    assert "The police need time" in moved
    assert done.startswith("9 March 2020 Action 1 : Phase 1: C Completed")
    assert asked == "10 February 2020 Action 1 , Action 2 : Comment By when? Client officer"
    assert "Risk: A post is vacant" in slower
    assert all(entry.startswith("23 September 2019") for entry in printed)
    assert len(printed) == 3


def test_a_statement_stands_among_them_once_until_it_changes(lived, told, trust_manager):
    for day in (14, 15):
        stated(lived, trust_manager, Status.DELAYED, "Too slow", date(2020, 4, day))
    stated(lived, trust_manager, Status.DELAYED, "Far too slow", date(2020, 4, 16))

    assert [entry.partition(":")[0] for entry in told(ROW)][:3] == [
        "16 April 2020 OR1",
        "14 April 2020 OR1",
        "6 April 2020 Action 2 ",
    ]
    assert told(PRIORITY)[0].startswith("OR1 : Phase 1 stated: D Not on track")
    assert sum("OR1 : Phase 1 stated" in entry for entry in told(PRIORITY)) == 2  # printed, then changed


def test_a_priority_tells_what_became_of_its_actions_and_leaves_words_to_their_pages(
    lived, told, turn, action, trust_manager
):
    comment(turn(trust_manager, action("OR2", 2)), words="Still looking")

    assert [entry for entry in told(PRIORITY) if "stated" not in entry] == [
        "Action 2 of OR1 : Target moved",
        "Action 1 of OR1 : Phase 1: C Completed",
        "Action 1 of OR2 : Phase 1: C Completed",
    ]


def test_a_first_target_is_set_and_moves_nothing(plan, told, turn, action, trust_manager):
    for target in (Month(2020, 6), Month(2020, 7)):
        update_action(
            turn(trust_manager, action("OR2", 2)), move=Move(target, "A nurse is found", "The board")
        )

    assert [entry for entry in told(PRIORITY) if "Action 2 of OR2" in entry] == [
        "Action 2 of OR2 : Target moved",
        "Action 2 of OR2 : Target set",
    ]
    assert [entry.partition("A nurse")[0] for entry in told(f"{PLAN}recommendations/OR2/")][:2] == [
        "20 April 2020 Action 2 : Target moved from June 2020 to July 2020 ",
        "20 April 2020 Action 2 : Target set to June 2020 ",
    ]


def test_a_priority_of_a_past_day_leads_to_its_recommendations_as_at_that_day(lived, signed_in, board_reader):
    """The pages of actions are of today alone, as the number of measures is; the page says so."""

    def led_to(address):
        page = BeautifulSoup(signed_in(board_reader).get(address).content, "lxml")
        return {link["href"] for link in page.select(".told__entries a")}, text(page.main)

    links, said = led_to(f"{PRIORITY}?as-at=2020-03-31")
    assert links == {
        f"{PLAN}recommendations/OR1/?as-at=2020-03-31",
        f"{PLAN}recommendations/OR2/?as-at=2020-03-31",
        f"{PLAN}actions/OR1/1/",
        f"{PLAN}actions/OR2/1/",
    }
    assert "Measures are counted as they are today" in said
    links, said = led_to(PRIORITY)
    assert f"{PLAN}recommendations/OR1/" in links
    assert "Measures are counted" not in said


def test_a_past_day_tells_nothing_that_came_later(lived, told):
    assert len(told(f"{ROW}?as-at=2020-03-08")) == 5


def test_a_long_story_folds_what_is_older(plan, signed_in, board_reader, turn, action, trust_manager):
    for month in (1, 2, 4):
        for day in range(1, 13):
            comment(turn(trust_manager, action("OR1", 1), day=date(2020, month, day)), words=f"Day {day}")

    page = BeautifulSoup(signed_in(board_reader).get(ROW).content, "lxml")
    assert [text(month) for month in page.select("section > .told .told__label")] == [
        "April 2020",
        "February 2020",
    ]
    assert text(page.select_one(".told__fold summary")) == "September 2019 to January 2020"
    assert len(page.select(".told__fold .told__entries > li")) == 15
