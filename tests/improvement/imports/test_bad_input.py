"""What no file may say of a plan: all of it is listed, and nothing is written."""

import pytest

from improvement.actions.settling import propose_end
from improvement.models import Action, Owner, Plan
from tests.improvement.imports.conftest import book_of, csv_of
from uploads.models import Upload

pytestmark = pytest.mark.django_db
NEW = {"reference": "OR1", "action number": 3, "action": "Visit the schools"}


def test_everything_wrong_is_listed_at_once_and_nothing_is_written(plan, hand_in):
    found = hand_in.problems(
        "small",
        NEW | {"reference": "Oversight 1"},
        NEW | {"target": "2020-13"},
        NEW | {"action number": "third"},
        NEW | {"action number": 4, "owners": "Nobody we know"},
        {"reference": "OR9", "priority": "7", "recommendation": "New", "action": "", "action number": ""},
        NEW | {"action number": 5, "phase 1": "almost done"},
        {"reference": "OR1", "action number": 6, "action": "x" * 201},
    )

    assert [(row, column) for row, column, _ in found] == [
        (2, "reference"), (3, "target"), (4, "action number"), (5, "owners"), (6, "priority"), (7, "phase 1"),
        (8, "action"),
    ]  # fmt: skip
    said = [message for _, _, message in found]
    assert "“Oversight 1” is no reference" in said[0]
    assert "2020-13" in said[1]
    assert "no number from 1 to 999" in said[2]
    assert "There are: Director of Operations; Health representative; Housing" in said[3]
    more = [NEW | {"owners": "One"}, NEW | {"action number": 4, "owners": "Another"}]
    assert "stand with row 2" in hand_in.problems("small", *more)[1][2]
    assert "Priority 7 is new: give its name" in said[4]
    assert "They are “Not started”, “On track”" in said[5]
    assert "longer than 200 characters (201). Put the full text under its wording" in said[6]
    assert Action.objects.count() == 4


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([NEW, NEW | {"action": "Visit the homes"}], "Action 3 of OR1 stands in row 2 with another action"),
        ([NEW | {"target": "2020-05"}, NEW | {"target": "2020-06"}], "with another target"),
        ([NEW | {"action number": ""}, NEW | {"action number": ""}], "no number tells them apart"),
        ([NEW, NEW | {"action number": ""}], "no number tells them apart"),
        ([{"reference": "OR1", "action number": "", "target": "2020-05"}], "Give its number, or its title"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(plan, hand_in, rows, words):
    (problem,) = hand_in.problems("small", *rows)

    assert words in problem[2]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"target": "2020-05"},
            "Action 1 of OR1 has the target “2020-02” in the plan. A target moves on",
        ),
        ({"target": "see the workbook"}, "A target moves on the action’s page, with a reason."),
        ({"owners": "Health representative"}, "Whose an action is changes on its page."),
        ({"phase 1": "Completed", "review day": "2020-01-31"}, "change by events on their pages"),
        ({"priority": "2 Workforce"}, "OR1 stands in priority 1, Leadership. A file moves nothing."),
        ({"priority": "1 Workforce"}, "Priority 1 is “Leadership”."),
        ({"reference": "OR1, OR2"}, "two recommendations of the plan"),
        ({"reference": "OR1, OR44"}, "A file adds no reference to a row."),
    ],
)
def test_what_stands_is_changed_on_its_page(plan, hand_in, said, words):
    found = hand_in.problems("small", {"priority": "", "reference": "OR1", "action number": 1} | said)

    assert words in found[0][2]
    assert len(found) == 1


def test_a_letter_is_taken_for_no_other(plan, hand_in):
    assert "“ß1” is no reference" in hand_in.problems("small", NEW | {"reference": "ß1"})[0][2]


def test_words_in_a_months_place_have_their_length(plan, hand_in):
    assert hand_in("small", csv_of(NEW | {"target": "see " + "x" * 200})).state == Upload.State.CHECKED

    (problem,) = hand_in.problems("small", NEW | {"target": "see " + "x" * 201})

    assert problem[:2] == (2, "target")
    assert "at most 200 characters (201)" in problem[2]


@pytest.mark.parametrize(
    ("success", "why"),
    [("Calm\n" + "x" * 201, "Line 2 has 201 characters"), ("a\n" * 41, "There is room for 40 lines")],
)
def test_lines_have_the_length_that_forms_give_them(plan, hand_in, success, why):
    (problem,) = hand_in.problems("small", {"reference": "OR1", "success": success})

    assert problem[:2] == (2, "success")
    assert why in problem[2]


def test_words_stay_while_an_answer_is_waited_for(plan, hand_in, action, turn, trust_manager):
    row = {"reference": "OR1", "action number": 1, "action": "Another promise", "action wording": "All of it"}
    upload = hand_in("small", csv_of(row))
    propose_end(turn(trust_manager, action("OR1", 1)), words="No longer needed", superseded_by=None)

    told = hand_in.save(upload)

    assert "Action 1 of OR1 changed since these rows were read, so nothing was saved" in told
    upload.refresh_from_db()
    assert [(row, column) for row, column, _, _ in upload.problems] == [(2, "action"), (2, "action wording")]
    assert "Action 1 of OR1 waits for an answer" in upload.problems[0][2]
    assert action("OR1", 1).title == "Train the leaders"


def test_what_agrees_with_the_plan_is_no_problem(plan, hand_in):
    row = {
        "priority": "Leadership",
        "reference": "or1",
        "action number": "Action 1",
        "target": "Feb 2020",
        "owners": "director of operations",
        "phase 1": "On track",
        "review day": "23 September 2019",
    }

    upload = hand_in("small", csv_of(row))

    assert (upload.problems, [change["kind"] for change in upload.changes]) == ([], ["same"])


def test_a_new_action_of_a_running_plan_takes_no_status(plan, hand_in):
    (problem,) = hand_in.problems("small", NEW | {"phase 1": "Completed", "review day": "2020-01-31"})

    assert "takes no statuses from a file" in problem[2]


def test_statuses_need_their_day_and_no_file_confirms(empty_plan, council_hands_in):
    row = {"priority": "1 Places", "reference": "CS1", "recommendation": "Places", "action": "Count"}
    late = row | {"phase 1": "Completed", "review day": "2031-01-01"}
    days = row | {"phase 1": "Completed", "review day": "31 January 2020"}

    assert (
        "give the review day" in council_hands_in.problems("childcare", row | {"phase 1": "Completed"})[0][2]
    )
    assert "is still to come" in council_hands_in.problems("childcare", late)[0][2]
    (confirmed,) = council_hands_in.problems("childcare", days | {"phase 2": "Completed"})
    assert "completed where the other party confirms it" in confirmed[2]
    (other,) = council_hands_in.problems(
        "childcare", days, row | {"action": "Sum up", "phase 1": "On track", "review day": "2020-02-29"}
    )
    assert "all statuses of a file stand for one day" in other[2]
    (nonsense,) = council_hands_in.problems(
        "childcare", days, row | {"action": "Go on", "review day": "soon"}
    )
    assert "is no day" in nonsense[2]


def test_new_things_need_a_priority_a_title_and_a_side(plan, empty_plan, hand_in, council_hands_in):
    assert (
        "Recommendation OR9 is new: give its title."
        in hand_in.problems("small", {"reference": "OR9", "success": "More"})[0][2]
    )
    found = council_hands_in.problems("childcare", {"reference": "CS1", "recommendation": "Places"})
    assert found == [(2, "priority", "CS1 is new: say in which priority it stands.")]
    bad_side = NEW | {"owners": "Head of a school", "side": "School"}
    sides = [message for _, _, message in hand_in.problems("small", bad_side)]
    assert any("“School” is no side. They are Trust, Council" in message for message in sides)
    two = [
        NEW | {"owners": "Head of a school", "side": "Council"},
        NEW | {"action number": 4, "owners": "head of a school", "side": "Health"},
    ]
    assert "stands on another side in a row above" in hand_in.problems("small", *two)[0][2]
    assert not Owner.objects.filter(role__icontains="school").exists()


def test_a_reference_is_filled_down_from_its_own_priority_alone(plan, hand_in):
    rows = [
        {"priority": "1", "reference": "", "action": "Nothing above"},
        {"priority": "1", "reference": "OR1", "action": "Something"},
        {"priority": "2 Workforce", "reference": "", "action": "Another priority"},
    ]

    found = hand_in.problems("small", *rows)

    assert [(row, column) for row, column, _ in found] == [(2, "reference"), (4, "reference")]
    assert "no reference stands here, nor above it in this priority" in found[0][2]


def test_columns_that_nobody_knows_stand_twice_or_are_missing(plan, hand_in):
    upload = hand_in("small", b"Ref,reference,colour,action\nOR1,OR1,red,Go\n")
    assert [(row, column) for row, column, _, _ in upload.problems] == [(1, "reference"), (1, "colour")]
    assert "Unknown column" in upload.problems[1][2]

    upload = hand_in("small", b"recommendation,action\nOversight,Go\n")
    assert [problem[2] for problem in upload.problems] == ["This column is missing: it tells the rows apart."]

    upload = hand_in("small", b"name,colour\nOversight,red\n")
    assert "No row names the columns" in upload.problems[0][2]

    upload = hand_in("small", b"reference,action\n")
    assert "no rows under the header" in upload.problems[0][2]


def test_a_merged_cell_of_an_action_is_no_shared_word(plan, hand_in):
    rows = [["reference", "action", "target"], ["OR1", "One", "2020-05"], ["OR1", "Two", None]]

    upload = hand_in("small", book_of(rows, "C2:C3"), name="plan.xlsx")

    ((row, column, message, cell),) = upload.problems
    assert (row, column, cell) == (3, "target", "C3")
    assert "Unmerge them" in message


def test_what_stands_beside_the_table_or_cannot_be_kept_is_told(plan, hand_in):
    upload = hand_in("small", b"reference,action\nOR1,Visit,beside\n")
    assert "stands beside the table" in upload.problems[0][2]


def test_pasted_rows_are_put_right_in_their_box(plan, hand_in):
    upload = hand_in("small", rows="reference\taction\ttarget\nOR1\tVisit the schools\tsoon\n")
    assert upload.state == Upload.State.FAULTY
    assert "Where something else says when, write “see” and what." in hand_in.shown(upload)

    with hand_in.committed(execute=True):
        hand_in.client.post(
            f"{hand_in.address(upload)}rows/",
            {"rows": "reference\taction\ttarget\nOR1\tVisit the schools\tsee the plan of visits\n"},
        )

    again = Upload.objects.latest("pk")
    assert (again.state, again.given_for) == (Upload.State.CHECKED, str(Plan.objects.get(code="small").pk))
    assert "See the plan of visits" in hand_in.shown(again)
