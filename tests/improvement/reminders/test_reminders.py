"""Whoever answers for actions is told what is due, late or not reviewed; and their calendar shows the same days."""

from datetime import date

import pytest

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_confirmation, comment, confirm, send_back
from improvement.actions.updating import Report, update_action
from improvement.rules.status import Status
from notices.falling_due import tell_what_falls_due
from notices.models import Notice
from tests.improvement.conftest import TODAY
from tests.pages import words

pytestmark = pytest.mark.django_db


def told(user):
    return [notice.words for notice in Notice.objects.filter(user=user).order_by("pk")]


def of_the_plan(user):
    return [said for said in told(user) if said.startswith(("Small plan", "Evidence"))]


def test_each_organisation_is_told_once_of_its_own(
    plan, trust_manager, client_officer, action_owner, board_reader
):
    tell_what_falls_due(today=TODAY)
    tell_what_falls_due(today=TODAY)

    # The Trust answers for health too, of whom nobody has an account.
    assert of_the_plan(trust_manager) == [
        "Small plan: 1 action of yours is overdue, the oldest since the end of February 2020.",
        "Small plan: nothing was said of 2 actions of yours since the last review; a word is due each month.",
    ]
    assert of_the_plan(action_owner) == [
        "Small plan: 1 action of yours is due in April 2020.",
        "Small plan: nothing was said of 1 action of yours since the last review; a word is due each month.",
    ]
    assert of_the_plan(client_officer) == []
    assert told(board_reader) == []


def test_the_next_month_is_told_anew_while_it_is_still_true(plan, action_owner):
    tell_what_falls_due(today=TODAY)
    tell_what_falls_due(today=date(2020, 5, 4))

    assert of_the_plan(action_owner)[-2:] == [
        "Small plan: 1 action of yours is overdue, the oldest since the end of April 2020.",
        "Small plan: nothing was said of 1 action of yours since the last review; a word is due each month.",
    ]


def test_what_waits_for_the_other_party_reminds_nobody(plan, turn, action, action_owner, client_officer):
    report = Report(1, Status.COMPLETED, "Asked and answered")
    update_action(turn(action_owner, action("OR1", 2)), reports=[report])

    tell_what_falls_due(today=TODAY)

    assert of_the_plan(action_owner) == []


def test_question_answer_and_comment_reach_whom_they_concern(
    plan, turn, action, trust_manager, client_officer, second_officer, action_owner
):
    done = update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "In place")]
    )
    sample = {"sample": 20, "looked_by": "Reviewers", "independent": True}
    shown = add_evidence(
        turn(trust_manager, done), found=Found("audit", "18 of 20", TODAY, date(2020, 5, 10), sample)
    )
    asked = ask_confirmation(turn(trust_manager, shown.action), words="Leaders stay: secret words")
    back = send_back(turn(client_officer, asked), words="How many?")
    again = ask_confirmation(turn(trust_manager, back), words="Twenty")
    comment(turn(second_officer, again), words="I read it")
    confirm(turn(client_officer, action("OR1", 1)), words="The sample shows it")
    tell_what_falls_due(today=TODAY)

    assert (
        told(client_officer)[:2]
        == [
            "Trust manager of Sandwell Children's Trust asks you to confirm that action 1 of OR1 made a difference."
        ]
        * 2
    )
    assert [said for said in told(trust_manager) if "OR1" in said] == [
        "Client officer of Sandwell Council sent action 1 of OR1 back.",
        "Second officer of Sandwell Council wrote about action 1 of OR1.",
        "Client officer of Sandwell Council confirmed that action 1 of OR1 made a difference.",
        "Action 1 of OR1: its evidence is to be looked at again by 10 May 2020.",
    ]
    assert not any("secret" in said for said in told(client_officer))
    assert not Notice.objects.filter(user=action_owner, words__contains="OR1").exists()


def test_evidence_to_be_looked_at_again_names_its_action_however_late(
    plan, turn, action, trust_manager, client_officer, signed_in
):
    done = update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")])
    found = Found("document", "A list", TODAY, date(2020, 10, 1), {"link": "https://example.org/list"})
    shown = add_evidence(turn(trust_manager, done), found=found)
    ask_confirmation(turn(trust_manager, shown.action), words="Leaders stay")
    confirm(turn(client_officer, action("OR1", 1)), words="The list shows it")

    page = words(signed_in(trust_manager).get("/contracts/sandwell/calendar/"))

    later = page.partition("Later, for a year")[2]
    assert "Thu 1 Evidence to be looked at again Action 1 of OR1" in later


def test_the_calendar_shows_ones_own_by_month(plan, signed_in, action_owner, trust_manager, board_reader):
    def shown(user):
        return words(signed_in(user).get("/contracts/sandwell/calendar/"))

    assert "1 action of the plan for you to finish" in shown(action_owner)
    assert "Small plan" in shown(trust_manager)
    assert "1 action of the plan due" in shown(board_reader)
