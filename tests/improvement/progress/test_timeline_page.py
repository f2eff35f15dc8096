"""The page of actions by target month and priority; on the small plan."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.updating import Move, Report, update_action
from improvement.plans.files import PlanFile, PlanFolder, PriorityFile
from improvement.plans.loading import load_plan
from improvement.progress.timeline import months_shown
from improvement.rules.status import Status
from tests.cast import BY
from tests.improvement.conftest import PLAN, PRIORITY
from tests.pages import text, words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/plans/small/timeline/"


def table(answer):
    return BeautifulSoup(answer.content, "lxml").select_one("table.timeline__table")


def heads(answer):
    return [text(head) for head in table(answer).select("thead tr:last-child th")]


def marks(answer):
    """By column head: what its marks say."""
    cells = table(answer).select("tbody tr td")
    found = zip(heads(answer)[1:], cells, strict=True)
    return {head: [text(mark) for mark in cell.select("a")] for head, cell in found}


def test_actions_stand_by_month_and_priority(signed_in, board_reader, plan, django_assert_max_num_queries):
    client = signed_in(board_reader)
    client.get(PAGE)
    with django_assert_max_num_queries(9):
        answer = client.get(PAGE)

    assert marks(answer) == {
        "Feb 2020": ["T Action 1 of OR1, Train the leaders: on track, overdue"],
        "Mar 2020": [],
        "Today Apr 2020": ["? Action 2 of OR1, Ask the police: not recorded"],
        "No month": [
            "C Action 1 of OR2, House the homeless: completed",
            "? Action 2 of OR2, Find a nurse: not recorded",
        ],
    }
    assert (
        words(answer).count("1 action is overdue, 1 more is due in April 2020. 2 of 4 actions have no target")
        == 1
    )
    assert table(answer).select_one("tbody a")["href"] == "/contracts/sandwell/plans/small/actions/OR1/1/"
    assert "Months left of the line are over." in words(answer)


def test_each_month_has_its_list_to_which_its_name_leads(signed_in, board_reader, plan):
    answer = signed_in(board_reader).get(PAGE)
    soup = BeautifulSoup(answer.content, "lxml")

    assert [link["href"] for link in table(answer).select("thead a")] == [
        "#m2020-02",
        "#m2020-04",
        "#no-month",
    ]
    february = soup.find(id="m2020-02")
    assert "Action 1 of OR1 Train the leaders" in text(february)
    assert "1 overdue" in text(february.find_parent("details").summary)
    assert soup.find(id="m2020-03") is None
    assert "impact workbook" in text(soup.find(id="no-month")).lower()


def test_a_moved_target_stands_at_its_month_of_now(
    signed_in, board_reader, plan, turn, action, trust_manager
):
    move = Move(Month(2020, 6), "The trainer was ill", "Client officer")
    update_action(turn(trust_manager, action("OR1", 1), day=date(2020, 3, 10)), move=move)

    answer = signed_in(board_reader).get(PAGE)

    assert heads(answer) == ["Priority", "Today Apr 2020", "May 2020", "Jun 2020", "No month"]
    assert "Nothing is overdue, 1 is due in April 2020." in words(answer)


def test_what_is_finished_is_never_past_and_what_ended_is_in_no_status(
    signed_in, board_reader, plan, turn, action, trust_manager, action_owner
):
    done = Report(1, Status.COMPLETED, "Done")
    update_action(turn(trust_manager, action("OR1", 1), day=date(2020, 4, 14)), reports=[done])
    for person, row in ((action_owner, "OR1"), (trust_manager, "OR2")):
        move = Move(Month(2020, 3), "It is ready sooner", "Client officer")
        update_action(turn(person, action(row, 2), day=date(2020, 2, 10)), move=move)

    answer = signed_in(board_reader).get(PAGE)

    assert marks(answer)["Feb 2020"] == ["C Action 1 of OR1, Train the leaders: completed"]
    assert "2 actions are overdue, none more is due in April 2020. 1 of 4 actions has no" in words(answer)
    assert heads(answer)[-1] == "Today No month"


@pytest.mark.parametrize(
    ("kept", "summary", "columns"),
    [
        (
            2,
            "Nothing is overdue, none is due in April 2020. 2 of 2 actions have no target month.",
            ["No month"],
        ),
        (0, "This plan has no actions.", None),
    ],
)
def test_a_plan_without_months_or_actions_draws_no_empty_picture(
    signed_in, board_reader, contract, kept, summary, columns
):
    rows = [
        row | {"actions": row["actions"][:kept] if row["ref"] == "OR2" else []} for row in PRIORITY["rows"]
    ]
    bare = PlanFolder(PlanFile(**PLAN), [PriorityFile(**PRIORITY | {"rows": rows})])
    load_plan(by=BY, contract=contract, folder=bare)

    answer = signed_in(board_reader).get(PAGE)

    assert summary in words(answer)
    assert table(answer) is None if columns is None else heads(answer) == ["Priority", *columns]


def test_months_between_are_shown_unless_there_would_be_too_many():
    assert months_shown([]) == []
    assert len(months_shown([Month(2019, 1), Month(2021, 12)])) == 36
    assert months_shown([Month(2022, 1), Month(2019, 1)]) == [Month(2019, 1), Month(2022, 1)]
