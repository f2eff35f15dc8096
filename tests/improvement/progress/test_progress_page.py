"""The page of progress over time, its file, and how far targets slipped; on the small plan."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.settling import agree_end, propose_end
from improvement.actions.updating import Move, Report, update_action
from improvement.keeping import services
from improvement.models import Event, Plan, Recommendation
from improvement.progress.over_time import counts_of, over_time
from improvement.progress.selectors import Dated, first_day, story_of
from improvement.progress.slips import slips
from improvement.rules.progress import Counted
from improvement.rules.slips import slip_of
from improvement.rules.status import Status
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.improvement.progress.agreeing import assert_agrees
from tests.pages import text, words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/plans/small/progress/"


@pytest.fixture
def lived(plan, turn, action, trust_manager, client_officer, action_owner):
    """OR1: one done in November after two moves, the other late. OR2: one ends undone in January."""

    def on(person, row, number, day):
        return turn(person, action(row, number), day=day)

    for month, day in ((Month(2020, 4), date(2019, 10, 1)), (Month(2020, 6), date(2019, 10, 31))):
        update_action(
            on(trust_manager, "OR1", 1, day), move=Move(month, "The trainer was ill", "Client officer")
        )
    done = [Report(1, Status.COMPLETED, "Done"), Report(2, Status.ON_TRACK, "Soon")]
    update_action(on(trust_manager, "OR1", 1, date(2019, 11, 30)), reports=done)
    late = Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")
    update_action(on(action_owner, "OR1", 2, date(2019, 12, 1)), reports=[late])
    propose_end(on(trust_manager, "OR2", 2, date(2019, 12, 31)), words="No longer needed")
    agree_end(on(client_officer, "OR2", 2, date(2020, 1, 31)), words="Agreed")
    return plan


def rows(answer, labelled_by):
    table = BeautifulSoup(answer.content, "lxml").find("table", attrs={"aria-labelledby": labelled_by})
    found = {}
    for row in table.select("tbody tr, tfoot tr"):
        head, *cells = (text(cell) for cell in row.find_all(["th", "td"]))
        found[head] = [int(cell) for cell in cells]
    return found


def test_each_month_end_is_counted_as_it_stood(signed_in, board_reader, lived, django_assert_max_num_queries):
    client = signed_in(board_reader)
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        answer = client.get(PAGE)

    # Completed, on track, not on track with mitigations, not on track, not started, not recorded, ended.
    assert rows(answer, "phase-1") == {
        "30 September 2019": [1, 1, 0, 0, 0, 2, 0],
        "31 October 2019": [1, 1, 0, 0, 0, 2, 0],
        "30 November 2019": [2, 0, 0, 0, 0, 2, 0],
        "31 December 2019": [2, 0, 0, 1, 0, 1, 0],
        "31 January 2020": [2, 0, 0, 1, 0, 0, 1],
        "29 February 2020": [2, 0, 0, 1, 0, 0, 1],
        "31 March 2020": [2, 0, 0, 1, 0, 0, 1],
        "20 April 2020": [2, 0, 0, 1, 0, 0, 1],
    }
    assert rows(answer, "phase-2")["20 April 2020"] == [0, 1, 0, 0, 0, 2, 1]
    assert (
        "1 of 4 actions is not on track and 1 ended without being done; 2 are completed, as many as"
        in words(answer)
    )


def test_the_counts_are_those_of_each_day_told_by_itself(lived, board_reader):
    assert_agrees(lived, participant_for(board_reader, "sandwell"), TODAY)


def test_two_queries_tell_the_story_however_long_it_is(lived, board_reader, django_assert_num_queries):
    participant = participant_for(board_reader, "sandwell")
    with django_assert_num_queries(2):
        story = story_of(participant, lived)
    assert len(counts_of(story, first_day(lived, story.told), date(2024, 4, 20))) == 56


def test_what_is_made_up_is_marked_where_it_is_counted(
    signed_in, board_reader, plan, turn, action, trust_manager
):
    example = turn(trust_manager, action("OR1", 1), day=date(2020, 3, 10))
    update_action(
        type(example)(example.by, example.action, example.version, example.today, "illustrative"),
        reports=[Report(1, Status.COMPLETED, "Done")],
    )

    answer = signed_in(board_reader).get(PAGE)

    marked = {head: cells[-1] for head, cells in rows(answer, "phase-1").items()}
    assert marked["29 February 2020"] == 0
    assert marked["31 March 2020 illustrative"] == 1
    assert "Of these illustrative" not in text(
        BeautifulSoup(answer.content, "lxml").find(id="phase-2").parent
    )


def test_the_file_holds_the_same_counts(signed_in, client_officer, lived):
    answer = signed_in(client_officer).get(PAGE.removesuffix("/") + ".csv")

    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == 16
    assert found[0] == {
        "day": "2019-09-30", "phase": "1", "completed": "1", "on_track": "1", "not_on_track_mitigated": "0",
        "not_on_track_delayed": "0", "not_started": "0", "unknown": "2", "ended": "0", "actions": "4",
        "illustrative": "0",
    }  # fmt: skip
    assert 'filename="sandwell-small-progress.csv"' in answer["Content-Disposition"]


def test_the_file_counts_the_actions_that_were_there_on_the_day(
    signed_in, board_reader, lived, trust_manager, contract
):
    services.add_action(
        by=participant_for(trust_manager, contract.code),
        recommendation=Recommendation.objects.get(code="OR1"),
        words=services.ActionWords(title="A late one"),
    )

    answer = signed_in(board_reader).get(PAGE.removesuffix("/") + ".csv")

    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["day"], row["actions"]) for row in found if row["phase"] == "1"][-2:] == [
        ("2020-03-31", "4"), ("2020-04-20", "5"),
    ]  # fmt: skip


def test_slips_are_told_with_the_actions_that_moved_furthest(signed_in, board_reader, lived):
    answer = signed_in(board_reader).get(PAGE)

    assert "1 of 2 dated actions has a later target than at first, by 4 months." in words(answer)
    # Finished, open, all.
    assert rows(answer, "by-moves") == {
        "Never": [0, 1, 1], "Once": [0, 0, 0], "Twice": [1, 0, 1], "Three times and more": [0, 0, 0],
        "With a target": [1, 1, 2],
    }  # fmt: skip
    assert rows(answer, "by-months")["4 months"] == [1, 0, 1]
    moved = BeautifulSoup(answer.content, "lxml").select("ol.moved li")
    assert [text(one) for one in moved] == [
        "4 months Action 1 of OR1 Train the leaders Feb 2020 → Apr 2020 → Jun 2020 (2 moves; finished)"
    ]
    assert moved[0].a["href"] == "/contracts/sandwell/plans/small/actions/OR1/1/"


def test_several_slips_have_a_span_and_a_median_and_earlier_is_no_slip(
    signed_in, board_reader, plan, turn, action, trust_manager, action_owner
):
    for person, row, number, targets in (
        (trust_manager, "OR1", 1, [(2020, 3), (2020, 4), (2020, 5)]),
        (action_owner, "OR1", 2, [(2020, 6)]),
        (trust_manager, "OR2", 2, [(2020, 9), (2020, 8)]),
    ):
        for target in targets:
            update_action(
                turn(person, action(row, number), day=date(2020, 3, 2)),
                move=Move(Month(*target), "It takes longer", "Client officer"),
            )

    answer = signed_in(board_reader).get(PAGE)

    assert "2 of 3 dated actions have a later target than at first, by 2 to 3 months; median 2.5." in words(
        answer
    )
    assert "1 moved three times or more." in words(answer)
    assert rows(answer, "by-months")["Brought forward"] == [0, 1, 1]


def test_before_anything_is_said_the_page_says_so(signed_in, board_reader, plan):
    Plan.objects.update(about=plan.about | {"reviewed": "2021-01-01"})
    assert "Nothing has been said of this plan’s actions yet." in words(signed_in(board_reader).get(PAGE))

    Plan.objects.update(about=plan.about | {"reviewed": None})
    assert next(iter(rows(signed_in(board_reader).get(PAGE), "phase-1"))) == "30 September 2019"
    assert Event.objects.exists()


def test_another_plan_is_not_found(signed_in, board_reader, plan):
    client = signed_in(board_reader)

    for page in ("progress/", "progress.csv", "timeline/"):
        assert client.get(f"/contracts/sandwell/plans/other/{page}").status_code == 404


@pytest.mark.parametrize(
    ("status", "ended", "said"),
    [
        (Status.DELAYED, 0, "The one action is not on track."),
        (Status.MITIGATED, 0, "The one action is not on track with mitigations."),
        (Status.COMPLETED, 0, "The one action is completed."),
        (Status.UNKNOWN, 0, "Nothing is recorded of the one action."),
        (None, 1, "The one action ended without being done."),
    ],
)
def test_of_a_single_action_it_is_said_how_it_stands(status, ended, said):
    numbers = {status: 1} if status else {}
    counted = Counted(TODAY, {1: numbers, 2: numbers}, ended, {1: 0, 2: 0})

    assert over_time([counted], 1).summary == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({Status.DELAYED: 3, Status.MITIGATED: 9, Status.COMPLETED: 1, Status.ON_TRACK: 7},
         "3 of 20 actions are not on track and 9 are not on track with mitigations; 1 is completed."),
        ({Status.MITIGATED: 1, Status.COMPLETED: 19},
         "1 of 20 actions is not on track with mitigations; 19 are completed."),
        ({Status.ON_TRACK: 1, Status.UNKNOWN: 19},
         "Of 20 actions none is known to be off track and nothing is recorded of 19; none is completed."),
        ({Status.COMPLETED: 20}, "Of 20 actions none is off track; 20 are completed."),
    ],
)  # fmt: skip
def test_what_is_off_track_is_told_first(numbers, said):
    counted = Counted(TODAY, {1: numbers, 2: numbers}, 0, {1: 0, 2: 0})

    assert over_time([counted], 20).summary == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Month(2020, 4), "The target of the one dated action now lies 2 months later than at first."),
        (Month(2020, 2), "The target of the one dated action isn’t later than at first."),
    ],
)
def test_of_a_single_dated_action_it_is_said_how_far_it_slipped(plan, action, now, said):
    targets = [Month(2020, 2), now]
    dated = Dated(action("OR1", 1), targets, slip_of(targets, finished=False))

    assert slips("sandwell", plan, [dated]).summary == said
