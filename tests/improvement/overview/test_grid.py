"""The overview as at any day: on the page, and by command."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from improvement.actions.updating import Move, Report, update_action
from improvement.models import Plan, Statement
from improvement.overview.grid import grid_of
from improvement.plans.stating import state_as_computed
from improvement.rules.status import Status
from tests.improvement.conftest import TODAY
from tests.pages import words

pytestmark = pytest.mark.django_db
REVIEW = date(2019, 9, 23)


def cells(plan, day):
    return {
        row.code: tuple(cell.status.value for cell in row.cells)
        for block in grid_of(plan, day, TODAY).blocks
        for row in block.rows
    }


@pytest.fixture
def lived_on(plan, turn, action, trust_manager, action_owner):
    """Both actions of OR1 are done in April 2020, and it is stated so."""
    for person, number in ((trust_manager, 1), (action_owner, 2)):
        reports = [
            Report(phase, status, "Done") for phase, status in ((1, Status.COMPLETED), (2, Status.ON_TRACK))
        ]
        update_action(turn(person, action("OR1", number), day=date(2020, 4, 14)), reports=reports)
    written = {"provenance": "illustrative", "taken_as": "Example"}
    assert state_as_computed(plan=plan, day=date(2020, 4, 14), written=written) == 1
    return plan


def test_a_past_day_stands_as_it_stood(lived_on):
    assert cells(lived_on, REVIEW) == {"OR1": ("on_track", "on_track"), "OR2": ("completed", "not_started")}
    assert cells(lived_on, date(2020, 4, 13)) == cells(lived_on, REVIEW)
    assert cells(lived_on, TODAY) == {"OR1": ("completed", "on_track"), "OR2": ("completed", "not_started")}
    assert cells(lived_on, date(2019, 9, 22)) == {
        "OR1": ("unknown", "unknown"),
        "OR2": ("unknown", "unknown"),
    }


def test_what_the_actions_come_to_stands_beside_what_was_stated(
    plan, turn, action, trust_manager, action_owner
):
    late = Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[late])

    (stated, _) = grid_of(plan, TODAY, TODAY).blocks[0].rows[0].cells

    assert (stated.status, stated.computed, stated.differs) == (Status.ON_TRACK, Status.DELAYED, True)


@pytest.mark.parametrize("day", [REVIEW, TODAY])
def test_any_day_takes_three_queries(lived_on, django_assert_num_queries, day):
    with django_assert_num_queries(3):
        grid_of(lived_on, day, TODAY)


def test_totals_are_counts(plan):
    grid = grid_of(plan, REVIEW, TODAY)

    assert grid.references == 2
    assert grid.totals[1] == {Status.ON_TRACK: 1, Status.COMPLETED: 1}


def test_the_command_prints_the_grid(plan, capsys):
    call_command("improvement_grid", "--as-at", "2019-09-23", "--format", "json")
    assert json.loads(capsys.readouterr().out) == [
        {"priority": 1, "ref": "OR1", "phase1": "on_track", "phase2": "on_track"},
        {"priority": 1, "ref": "OR2", "phase1": "completed", "phase2": "not_started"},
    ]
    call_command("improvement_grid", "--format", "csv")
    assert capsys.readouterr().out.splitlines()[0] == "priority,ref,phase1,phase2"
    call_command("improvement_grid")
    assert "On track" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2020-02-29", []),
        ("2020-03-01", [("OR1", 1, "no")]),
        ("2020-05-01", [("OR1", 1, "yes"), ("OR1", 2, "no")]),
    ],
)
def test_the_command_prints_what_is_past_its_target(plan, turn, action, trust_manager, capsys, day, rows):
    update_action(
        turn(trust_manager, action("OR1", 1), day=date(2020, 4, 14)),
        reports=[Report(1, Status.COMPLETED, "Done")],
    )

    call_command("overdue_actions", "--as-at", day, "--format", "json")

    printed = json.loads(capsys.readouterr().out)
    assert [(row["ref"], row["action"], row["finished"]) for row in printed] == rows
    call_command("overdue_actions", "--as-at", day, "--open", "--format", "json")
    assert json.loads(capsys.readouterr().out) == [row for row in printed if row["finished"] == "no"]


def test_what_is_past_its_target_today_is_asked_without_a_day(plan, capsys):
    call_command("overdue_actions", "--open")
    printed = capsys.readouterr().out
    assert "past target and not finished on 20 April 2020, 1 action " in printed
    assert "Train the leaders" in printed


def test_a_moved_target_is_past_as_it_stood_then(plan, turn, action, trust_manager, capsys):
    move = Move(date_month(2020, 6), "The trainer was ill", "Client officer")
    update_action(turn(trust_manager, action("OR1", 1), day=date(2020, 3, 10)), move=move)

    for day, number in (("2020-03-05", 1), ("2020-03-12", 0)):
        call_command("overdue_actions", "--as-at", day, "--format", "json")
        assert len(json.loads(capsys.readouterr().out)) == number


def date_month(year, month):
    from core.values.months import Month

    return Month(year, month)


def test_commands_say_which_plans_there_are(plan):
    with pytest.raises(CommandError, match="Known: small"):
        call_command("improvement_grid", "--plan", "other")
    with pytest.raises(CommandError, match="is not a day"):
        call_command("overdue_actions", "--as-at", "yesterday")
    Plan.objects.update(code="renamed")
    with pytest.raises(CommandError, match="no plan"):
        call_command("improvement_grid", "--contract", "elsewhere")


def test_the_page_shows_the_grid_and_its_day(signed_in, board_reader, plan, django_assert_max_num_queries):
    client = signed_in(board_reader)
    client.get("/contracts/sandwell/plans/small/")
    with django_assert_max_num_queries(8):
        today = client.get("/contracts/sandwell/plans/small/")
    then = client.get("/contracts/sandwell/plans/small/?as-at=2019-09-23")

    assert today.status_code == then.status_code == 200
    assert "As it stood at the end of 23 September 2019" in then.content.decode()
    for wrong, said in (("2019-13-01", "no day"), ("yesterday", "no day"), ("0001-01-01", "out of reach")):
        for page in ("", "recommendations/OR1/"):
            answer = client.get(f"/contracts/sandwell/plans/small/{page}?as-at={wrong}")
            assert answer.status_code == 404
            assert said in words(answer)
    assert client.get("/contracts/sandwell/plan/")["Location"] == "/contracts/sandwell/plans/small/"
    assert client.get("/contracts/sandwell/plans/other/").status_code == 404


def test_without_a_plan_the_page_says_how_one_comes(signed_in, trust_manager, contract):
    client = signed_in(trust_manager)

    for page in ("plan", "actions"):
        assert "no plan yet" in client.get(f"/contracts/sandwell/{page}/").content.decode()


def test_a_recommendation_is_shown_as_it_stood(signed_in, board_reader, lived_on):
    client = signed_in(board_reader)
    overview = client.get("/contracts/sandwell/plans/small/?as-at=2019-09-23").content.decode()
    address = "/contracts/sandwell/plans/small/recommendations/OR1/"
    assert f'href="{address}?as-at=2019-09-23"' in overview

    then, now = client.get(f"{address}?as-at=2019-09-23"), client.get(address)
    assert "As it stood at the end of 23 September 2019" in words(then)
    assert "As it stood on 20 April 2020" in words(now)
    assert "Completed" in words(now)
    assert "Completed" not in words(then)
    assert "/plans/small/?as-at=2019-09-23" in then.content.decode()


def test_a_day_ahead_says_that_today_is_shown(signed_in, board_reader, plan):
    page = words(signed_in(board_reader).get("/contracts/sandwell/plans/small/?as-at=2031-01-01"))

    assert "That day is still to come. This is how it stands today." in page


def test_what_is_stated_otherwise_is_listed_with_its_reason(signed_in, trust_manager, plan, turn, action):
    late = Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[late])
    client = signed_in(trust_manager)
    listed = "OR1 , Phase 1: stated on track; its actions come to not on track"

    page = client.get("/contracts/sandwell/plans/small/")
    assert f"{listed}, stated before the last update" in words(page)
    assert 'recommendations/OR1/state/"' in page.content.decode()

    reference = plan.references.get(code="OR1")
    written = {"provenance": "illustrative", "taken_as": "Example", "day": TODAY}
    Statement.objects.create(
        reference=reference, phase=1, status="on_track", computed="not_on_track_delayed",
        words="The board expects it in May", **written,
    )  # fmt: skip
    assert f"{listed}: The board expects it in May" in words(client.get("/contracts/sandwell/plans/small/"))


def test_an_overview_of_nothing_leads_to_the_priorities(signed_in, trust_manager, plan):
    plan.references.update(block=None)
    page = signed_in(trust_manager).get("/contracts/sandwell/plans/small/")

    assert "states no status of its recommendations in one overview" in words(page)
    assert "Its priorities" in words(page)
