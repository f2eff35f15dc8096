"""The page of what deserves a look."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.actions.updating import Report, update_action
from improvement.models import Plan
from improvement.rules.status import Status
from tests.pages import text, words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/plans/small/exceptions/"


def anchors(answer):
    return [heading["id"] for heading in BeautifulSoup(answer.content, "lxml").select("main h2")]


def test_exceptions_come_worst_first_with_their_rule(
    signed_in, board_reader, plan, django_assert_max_num_queries
):
    client = signed_in(board_reader)
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        answer = client.get(PAGE)

    assert anchors(answer) == ["overdue", "done-without-impact", "no-word"]
    assert words(answer).count("Train the leaders") == 1
    assert "Train the leaders Also: On track, yet overdue; no word since the last review" in words(answer)
    assert reasons(answer) == {
        "Overdue": 1,
        "On track, yet overdue": 1,
        "Done, and Phase 2 not moving": 1,
        "No word since the last review": 3,
        "No date": 1,
    }
    assert "1 action is overdue and 1 action is done without Phase 2 moving." in words(answer)
    assert "nothing was said of it for 1 month" in words(answer)


def reasons(answer):
    links = BeautifulSoup(answer.content, "lxml").select(".jump li:has(strong)")
    return {text(one.a): int(text(one.strong)) for one in links}


def test_the_actions_of_one_reason_are_shown_alone(signed_in, board_reader, plan):
    client = signed_in(board_reader)
    alone, all_of_them = client.get(f"{PAGE}?why=no-word"), client.get(PAGE)

    assert anchors(alone) == ["no-word"]
    assert len(BeautifulSoup(alone.content, "lxml").select("tbody tr")) == 3
    assert "Train the leaders Also: Overdue; on track, yet overdue" in words(alone)
    assert reasons(alone) == reasons(all_of_them)
    assert anchors(client.get(f"{PAGE}?why=moved-often")) == anchors(all_of_them)


def test_what_is_done_late_silent_or_at_risk_is_told(
    signed_in, turn, action, trust_manager, client_officer, plan
):
    late = Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[late])
    done = [Report(1, Status.COMPLETED, "Done"), Report(2, Status.ON_TRACK, "Soon")]
    update_action(turn(trust_manager, action("OR2", 2), day=date(2019, 9, 30)), reports=done)

    answer = signed_in(client_officer).get(PAGE)

    assert anchors(answer) == ["overdue", "done-without-impact", "no-word"]
    assert reasons(answer)["Risk without a mitigation"] == 1


def test_a_plan_without_a_cadence_misses_no_word(signed_in, client_officer, plan):
    Plan.objects.update(cadence_every=None, cadence_unit="")

    assert "no-word" not in anchors(signed_in(client_officer).get(PAGE))
    Plan.objects.update(cadence_every=12, cadence_unit="week")
    assert "for 12 weeks" in words(signed_in(client_officer).get(PAGE))


def test_of_a_plan_that_does_not_run_nothing_is_told(signed_in, client_officer, plan):
    client = signed_in(client_officer)
    for months, said in (
        ((date(2018, 4, 1), date(2020, 3, 1)), "This plan ran from April 2018 to March 2020."),
        ((date(2020, 5, 1), date(2021, 3, 1)), "This plan begins in May 2020."),
    ):
        Plan.objects.update(starts_on=months[0], ends_on=months[1])
        answer = client.get(PAGE)
        assert anchors(answer) == []
        assert said in words(answer)
