"""What is added to a plan today wasn't there on the days before."""

from datetime import date

import pytest
from django.core.management import call_command

from core.values.months import Month
from improvement.keeping import services
from improvement.models import Action, Priority, Recommendation
from improvement.overview.grid import grid_of
from improvement.plans.as_at import actions_as_at
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.pages import words as said_on

pytestmark = pytest.mark.django_db
YESTERDAY = date(2020, 4, 19)
ROWS = "/contracts/sandwell/plans/small/recommendations/"


def test_a_row_and_an_action_that_are_added_leave_the_past_as_it_was(plan, trust_manager, contract, capsys):
    by = participant_for(trust_manager, contract.code)
    before = grid_of(plan, YESTERDAY, TODAY)
    call_command("overdue_actions", "--as-at", "2020-04-19", "--format", "csv")
    overdue = capsys.readouterr().out
    words = services.RecommendationWords(references=("OR9",), title="A new row")
    row = services.add_recommendation(by=by, priority=Priority.objects.get(plan=plan), words=words)
    services.add_action(
        by=by, recommendation=row, words=services.ActionWords(title="A late one", target=Month(2019, 10))
    )

    assert grid_of(plan, YESTERDAY, TODAY) == before
    call_command("overdue_actions", "--as-at", "2020-04-19", "--format", "csv")
    assert capsys.readouterr().out == overdue
    assert len(actions_as_at(plan, YESTERDAY, TODAY)) == Action.objects.count() - 1
    assert len(actions_as_at(plan, TODAY, TODAY)) == Action.objects.count()


def test_a_row_is_shown_as_it_stood_before_an_action_was_added(
    plan, trust_manager, contract, signed_in, board_reader
):
    services.add_action(
        by=participant_for(trust_manager, contract.code),
        recommendation=Recommendation.objects.get(code="OR1"),
        words=services.ActionWords(title="A late one"),
    )
    client = signed_in(board_reader)

    assert "A late one" not in said_on(client.get(f"{ROWS}OR1/?as-at={YESTERDAY}"))
    assert "A late one" in said_on(client.get(f"{ROWS}OR1/?as-at={TODAY}"))


def test_a_row_that_was_added_later_says_when(plan, trust_manager, contract, signed_in, board_reader):
    services.add_recommendation(
        by=participant_for(trust_manager, contract.code),
        priority=Priority.objects.get(plan=plan),
        words=services.RecommendationWords(references=("OR9",), title="A new row"),
    )
    client = signed_in(board_reader)

    refused = client.get(f"{ROWS}OR9/?as-at={YESTERDAY}")

    assert refused.status_code == 404
    assert "Recommendation OR9 was added on 20 April 2020." in said_on(refused)
    assert "A new row" not in said_on(refused)
    assert client.get(f"{ROWS}OR9/?as-at={TODAY}").status_code == 200
