"""What a file says becomes the plan's: wordings, actions, recommendations; all of it or nothing."""

import pytest

from audit.models import AuditEvent
from improvement.keeping.services import change
from improvement.models import Action, Event, Measure, Owner, Plan, Priority, Recommendation, Reference
from improvement.overview.grid import grid_of
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.improvement.imports.conftest import ADDRESS, book_of, csv_of, page
from tests.improvement.keeping.conftest import fill as fill
from tests.improvement.keeping.conftest import opened
from tests.pages import words
from uploads.models import Upload

pytestmark = pytest.mark.django_db

FULL = "Every leader is trained, by name,\nand again each year."
CHANGES = [
    {"priority": "1", "lead": "Chair of the board", "reference": "OR1", "recommendation": "Leaders watch over the work",
     "recommendation wording": "", "success": "Calmer\nFaster", "action number": 1, "action": "",
     "action wording": FULL},
    {"reference": "", "action number": 3, "action": "Visit the schools", "target": "Jun-20",
     "owners": "Police representative; Head of a school", "side": "council",
     "measure number": 1, "measure wording": "Counted each month"},
    {"reference": "ORS", "action": "Open a refuge", "measure": "Fewer return"},
    {"priority": "2 Workforce", "lead": "Head of people", "reference": "W1, W2", "recommendation": "Staff stay",
     "success": "They stay", "action number": "", "action": "Ask who leaves"},
]  # fmt: skip


def test_the_preview_lists_each_change_before_and_after(plan, hand_in):
    upload = hand_in("small", csv_of(*CHANGES))

    shown = hand_in.shown(upload)

    assert "Of 4 rows, 3 new, 1 changed." in shown
    for group in (
        "5 wordings change", "1 priority is new", "1 recommendation is new", "3 actions are new", "1 measure is new",
        "1 owner is new",
    ):  # fmt: skip
        assert group in shown
    assert "Recommendation OR1 recommendation 2 Row of OR1 Leaders watch over the work" in shown
    assert "Recommendation OR1 success 2 It is better Calmer Faster" in shown
    assert "Action 3 of OR1 3 Visit the schools Target: June 2020" in shown
    assert "Save these 4 as changes" in shown
    assert not Priority.objects.filter(number=2).exists()


def test_saving_writes_all_of_it_once_with_its_entries(plan, hand_in):
    upload = hand_in("small", csv_of(*CHANGES))

    assert "4 changes saved." in hand_in.save(upload)
    assert "That was saved already." in hand_in.save(upload)

    row = Recommendation.objects.get(code="OR1")
    assert (row.title, row.wording, row.success) == ("Leaders watch over the work", "", ["Calmer", "Faster"])
    trained = Action.objects.get(recommendation=row, number=1)
    assert (trained.title, trained.wording, trained.version) == ("Train the leaders", FULL, 1)
    visit = Action.objects.get(recommendation=row, number=3)
    assert (str(visit.target_month), visit.first_target, visit.phase1) == ("2020-06", visit.target, "unknown")
    assert [held.owner.role for held in visit.ownerships.all()] == [
        "Police representative",
        "Head of a school",
    ]
    head = Owner.objects.get(role="Head of a school")
    assert head.organisation == plan.contract.commissioner
    assert Measure.objects.get(recommendation=row, number=1).wording == "Counted each month"
    refuge = Action.objects.get(title="Open a refuge")
    assert (str(refuge), refuge.target, refuge.target_words) == ("OR2.3", None, "")
    assert Measure.objects.get(title="Fewer return").number == 2
    assert Priority.objects.get(number=1).lead == "Chair of the board"
    assert Priority.objects.get(number=2).lead == "Head of people"
    loaded = AuditEvent.objects.get(action="upload.plan.taken_over")
    assert loaded.summary == (
        "Small plan: 5 wordings change; 1 priority, 1 recommendation, 3 actions, 1 measure and 1 owner are new,"
        " from a file."
    )
    assert loaded.changes["Recommendation OR1, title"] == {
        "old": "Row of OR1",
        "new": "Leaders watch over the work",
    }
    assert "Action 3 of OR1" in loaded.changes["new"]
    assert not AuditEvent.objects.filter(action__startswith="plan.", pk__gt=loaded.pk - 2).exists()
    assert "Look at the plan : Action 1 of OR1, Action 3 of OR1" in hand_in.shown(upload)


def test_what_is_new_stands_in_the_overview_behind_what_was_there(plan, hand_in):
    hand_in.save(
        hand_in("small", csv_of(*CHANGES, {"priority": "1", "reference": "OR3", "recommendation": "Found"}))
    )

    blocks = [(block.name, [row.code for row in block.rows]) for block in grid_of(plan, TODAY, TODAY).blocks]

    assert blocks == [("Leadership", ["OR1", "OR2", "OR3"]), ("Workforce", ["W1", "W2"])]
    assert [row.position for row in Recommendation.objects.filter(priority__number=1)] == [0, 1, 2]
    # What stood in no row has one now, and is called as it was.
    found = Reference.objects.get(code="OR3")
    assert (found.title, found.recommendation.title) == ("In no row", "Found")
    assert Reference.objects.get(code="W2").in_row == 1


def test_a_title_is_followed_by_the_references_that_bore_it(plan, hand_in):
    Reference.objects.filter(code="OR1").update(title="Row of OR1")
    rows = [{"reference": code, "recommendation": f"New words of {code}"} for code in ("OR1", "OR2")]

    hand_in.save(hand_in("small", csv_of(*rows)))

    titles = dict(Reference.objects.values_list("code", "title"))
    assert (titles["OR1"], titles["OR2"]) == ("New words of OR1", "Missing children")
    entry = AuditEvent.objects.get(summary__endswith="from a file.")
    assert entry.changes["so called in the overview"] == "OR1"


def test_a_title_changed_by_form_and_then_by_file_is_the_overviews(empty_plan, council_hands_in):
    row = {"priority": "1 Early help", "reference": "EH1, OR1", "recommendation": "Offer help"}
    council_hands_in.save(council_hands_in("childcare", csv_of(row)))
    client, address = council_hands_in.client, f"{ADDRESS}plans/childcare/"
    sent = opened(client, f"{address}recommendations/EH1/edit/") | {"title": "Offer help sooner"}
    client.post(f"{address}recommendations/EH1/edit/", sent)

    council_hands_in.save(council_hands_in("childcare", csv_of(row | {"recommendation": "Help at once"})))

    assert words(client.get(address)).count("Help at once") == 2


def test_somebody_else_was_quicker(plan, hand_in):
    upload = hand_in("small", csv_of(*CHANGES))
    Action.objects.filter(recommendation__code="OR1", number=1).update(wording="Shorter")
    before = AuditEvent.objects.count()

    told = hand_in.save(upload)

    assert "Action 1 of OR1 changed since these rows were read, so nothing was saved" in told
    assert "Shorter" in hand_in.shown(upload)
    assert not Priority.objects.filter(number=2).exists()
    assert AuditEvent.objects.count() == before
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert "4 changes saved." in hand_in.save(upload)


def test_somebody_else_added_the_same(plan, hand_in):
    upload = hand_in("small", csv_of(*CHANGES))
    row = Recommendation.objects.get(code="OR1")
    Action.objects.create(recommendation=row, number=3, title="Theirs")

    told = hand_in.save(upload)

    assert "Action 3 of OR1 changed since these rows were read" in told
    upload.refresh_from_db()
    assert upload.state == Upload.State.FAULTY
    assert not Owner.objects.filter(role="Head of a school").exists()


def test_an_owner_got_another_name_meanwhile(plan, hand_in, trust_manager):
    row = {"reference": "OR1", "action number": 3, "action": "Visit", "owners": "Director of Operations"}
    upload = hand_in("small", csv_of(row))
    by, owner = participant_for(trust_manager, "sandwell"), Owner.objects.get(role="Director of Operations")
    change(by=by, row=owner, given={"role": "Chief of Operations"})

    told = hand_in.save(upload)

    assert "Action 3 of OR1 changed since these rows were read, so nothing was saved" in told
    assert "“Director of Operations” is no owner of this plan" in hand_in.shown(upload)
    assert not Action.objects.filter(title="Visit").exists()


def test_lines_of_a_file_can_be_saved_again_by_form(plan, hand_in, trust_manager, signed_in, fill):
    lines = ["y" * 200, "-5% a year", "* a star"]
    hand_in.save(
        hand_in("small", csv_of({"reference": "OR1", "success": "\n".join(["- " + lines[0], *lines[1:]])}))
    )

    saved = fill(signed_in(trust_manager), f"{ADDRESS}plans/small/recommendations/OR1/edit/", title="Another")

    assert "is saved" in words(saved)
    row = Recommendation.objects.get(code="OR1")
    assert (row.title, row.success) == ("Another", ["y" * 200, "-5% a year", "a star"])


BOOK = [
    ["Childcare sufficiency: what is recommended", None, None, None, None, None, None, None, None, None],
    ["Priority area", "Ref", "Recommendation", "No.", "Action", "Target date", "Responsible", "Side", "Phase 1",
     "Review date"],
    ["1 Places", "CS1", "Enough places", 1, "Count the places", "Mar 2020", "Early years manager", "Council",
     "On track", "2019-09-23"],
    [None, None, None, 2, "Count the places", "Apr 2020", "early years manager", None, "Not on track", None],
    [None, "CS2", "Good places", 1, "Visit those graded low", "see the school calendar", "Trust nurse", "trust", None,
     None],
    ["Costs", "CS3", "Families know what help there is", None, None, None, None, None, None, None],
]  # fmt: skip


def test_a_plan_of_another_kind_comes_from_a_workbook_with_merged_cells(empty_plan, council_hands_in):
    content = book_of(BOOK, "A3:A5", "B3:B4", "C3:C4", "A1:J1")

    upload = council_hands_in("childcare", content, name="childcare.xlsx")

    assert upload.problems == []
    assert "The table begins in row 2" in upload.notes[0]
    council_hands_in.save(upload)
    rows = Recommendation.objects.order_by("priority__number", "position")
    assert [(str(row.priority), row.code, row.actions.count()) for row in rows] == [
        ("Priority 1, Places", "CS1", 2), ("Priority 1, Places", "CS2", 1), ("Priority 2, Costs", "CS3", 0),
    ]  # fmt: skip
    assert {owner.role: owner.side for owner in empty_plan.owners.all()} == {
        "Early years manager": "council", "Trust nurse": "trust",
    }  # fmt: skip
    # The same text with two dates is two actions.
    assert [str(action.target_month) for action in Action.objects.filter(title="Count the places")] == [
        "2020-03", "2020-04",
    ]  # fmt: skip
    assert Action.objects.get(title="Visit those graded low").target_words == "the school calendar"
    told = Event.objects.order_by("pk").values_list("now", "provenance", "taken_as", "taken_by")
    assert list(told) == [
        ("on_track", "published", "Childcare report", None),
        ("not_on_track_delayed", "published", "Childcare report", None),
    ]
    client = council_hands_in.client
    assert "Enough places" in words(client.get("/contracts/sandwell/plans/childcare/"))
    again = council_hands_in("childcare", client.get(f"{page('childcare')}plan.xlsx").content)
    assert ({change["kind"] for change in again.changes}, again.problems) == ({"same"}, [])


def test_a_heading_names_its_priority_for_the_rows_below(empty_plan, council_hands_in):
    rows = [
        ["priority", "reference", "recommendation", "action"],
        ["Priority 4: Places", None, None, None],
        [None, "CS1", "Enough places", "Count the places"],
        ["4", None, None, None],
    ]

    upload = council_hands_in("childcare", book_of(rows), name="plan.xlsx")

    assert [change["kind"] for change in upload.changes] == ["new", "new", "left_out"]
    council_hands_in.save(upload)
    assert Recommendation.objects.get(code="CS1").priority.number == 4


def test_loading_costs_as_many_queries_for_one_row_as_for_many(
    empty_plan, council_hands_in, django_assert_max_num_queries
):
    rows = [
        {"priority": f"{1 + at % 5} Area {1 + at % 5}", "reference": f"Q{1 + at % 200}",
         "recommendation": f"R{at % 200}", "action number": 1 + at // 200, "action": f"Do {at}", "target": "2020-05",
         "owners": f"Role {at % 9}", "side": "council", "phase 1": "On track", "review day": "2020-01-31"}
        for at in range(600)
    ]  # fmt: skip
    with django_assert_max_num_queries(60):
        upload = council_hands_in("childcare", csv_of(*rows))
    assert upload.problems == []
    with django_assert_max_num_queries(15):
        council_hands_in.client.get(council_hands_in.address(upload))

    with django_assert_max_num_queries(80):
        council_hands_in.save(upload)

    assert Action.objects.filter(recommendation__priority__plan=empty_plan, version=1).count() == 600
    assert Plan.objects.get().references.count() == 200
