"""The page of what deserves a look."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.actions.updating import Report, update_action
from improvement.models import Plan
from improvement.rules.status import Status
from tests.pages import words

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

    assert anchors(answer) == ["overdue", "on-track-but-past", "no-word", "no-date"]
    assert words(answer).count("Train the leaders") == 3
    assert "1 action is overdue." in words(answer)
    assert "nothing was said of it for 1 month" in words(answer)


def test_what_is_done_late_silent_or_at_risk_is_told(
    signed_in, turn, action, trust_manager, client_officer, plan
):
    late = Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[late])
    done = [Report(1, Status.COMPLETED, "Done"), Report(2, Status.ON_TRACK, "Soon")]
    update_action(turn(trust_manager, action("OR2", 2), day=date(2019, 9, 30)), reports=done)

    found = anchors(signed_in(client_officer).get(PAGE))

    assert found == ["overdue", "risk-without-mitigation", "done-without-impact", "no-word"]


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
