"""What an exception rests on: which words count, and since when."""

from datetime import date

import pytest

from core.values.months import Month
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_anew, ask_confirmation, confirm
from improvement.actions.updating import Move, Report, update_action
from improvement.exceptions.presenter import bounds_of
from improvement.exceptions.selectors import examined_actions
from improvement.rules.exceptions import Why, exceptions_of
from improvement.rules.status import Status
from parties.participants import participant_for
from tests.improvement.conftest import TODAY

pytestmark = pytest.mark.django_db
DONE = Report(1, Status.COMPLETED, "In place")
LATE = Report(2, Status.DELAYED, "Later than hoped", "A post is vacant", "", "Director")


@pytest.fixture
def whys(plan, trust_manager, contract):
    """whys(action): for what it deserves a look on a day."""
    by = participant_for(trust_manager, contract.code)

    def of(action, day=TODAY):
        facts = next(one.facts for one in examined_actions(by, plan) if one.action.pk == action.pk)
        return exceptions_of(facts, day, bounds_of(plan, day))

    return of


@pytest.fixture
def done(turn, action, trust_manager):
    """Done on 1 October 2019, more than six months before the day."""
    return update_action(turn(trust_manager, action("OR1", 1), day=date(2019, 10, 1)), reports=[DONE, LATE])


@pytest.mark.parametrize("said", [Report(1, Status.COMPLETED, "Still in place"), LATE])
def test_a_word_that_moves_no_status_moves_no_impact(done, whys, turn, trust_manager, said):
    told = update_action(turn(trust_manager, done, day=date(2020, 4, 1)), reports=[said])

    assert Why.NO_IMPACT in whys(told)


def test_another_status_moves_the_impact(done, whys, turn, trust_manager):
    said = Report(2, Status.ON_TRACK, "The post is filled")
    told = update_action(turn(trust_manager, done, day=date(2020, 4, 1)), reports=[said])

    assert Why.NO_IMPACT not in whys(told)


def test_what_was_found_undone_and_is_done_again_counts_from_then(done, whys, turn, trust_manager):
    undone = Report(1, Status.ON_TRACK, "Two leaders left")
    told = update_action(turn(trust_manager, done, day=date(2020, 2, 1)), reports=[undone])
    told = update_action(turn(trust_manager, told, day=date(2020, 3, 1)), reports=[DONE])

    assert Why.NO_IMPACT not in whys(told)
    assert Why.NO_IMPACT in whys(told, date(2020, 9, 2))


def test_what_is_printed_as_done_was_done_by_the_review(action, whys):
    printed = action("OR2", 1)

    assert Why.NO_IMPACT not in whys(printed, date(2020, 3, 23))
    assert Why.NO_IMPACT in whys(printed, date(2020, 3, 24))


def test_a_phase_that_is_on_track_again_carries_no_risk(done, whys, turn, trust_manager, client_officer):
    assert Why.UNMITIGATED in whys(done)
    fields = {"sample": 20, "looked_by": "Reviewers", "independent": True}
    found = Found("audit", "18 of 20 cases", TODAY, date(2020, 10, 1), fields)
    shown = add_evidence(turn(trust_manager, done), found=found).action
    asked = ask_confirmation(turn(trust_manager, shown), words="Leaders stay longer")
    confirmed = confirm(turn(client_officer, asked), words="The sample shows it")

    anew = ask_anew(turn(client_officer, confirmed), words="The sample was too small")

    assert whys(anew) == (Why.TO_SHOW_ANEW,)


def test_only_moves_to_a_later_month_are_counted(turn, action, whys, trust_manager):
    moved = action("OR1", 1)
    for number in (9, 8, 10, 7):
        assert Why.MOVED_OFTEN not in whys(moved)
        move = Move(Month(2020, number), "The trainer is away", "The board")
        moved = update_action(turn(trust_manager, moved), move=move)
    assert Why.MOVED_OFTEN not in whys(moved)

    last = Move(Month(2020, 11), "The trainer is ill", "The board")
    assert Why.MOVED_OFTEN in whys(update_action(turn(trust_manager, moved), move=last))
