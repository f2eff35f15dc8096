"""Words, lines and owners are changed by form: by the plan's keeper alone, never over somebody else's change."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from improvement.actions import settling as steps
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.updating import Report, update_action
from improvement.keeping.refusals import PlanRefused
from improvement.keeping.services import OwnerWords, add_owner, change
from improvement.models import Action, Measure, Owner, Plan, Priority, Recommendation, Reference
from improvement.rules.status import Status
from parties.participants import participant_for
from tests.improvement.conftest import TODAY
from tests.improvement.keeping.conftest import fields_of, form_on, opened
from tests.pages import words

pytestmark = pytest.mark.django_db
PLAN = "/contracts/sandwell/plans/small/"
POLICE = "Police representative"
DIRECTOR = "Director of Operations"


def addresses():
    owner = Owner.objects.get(role=POLICE).pk
    return [
        f"{PLAN}{part}"
        for part in (
            "edit/", "owners/add/", f"owners/{owner}/edit/", "priorities/add/", "priorities/1/edit/",
            "priorities/1/add-recommendation/", "recommendations/OR1/edit/", "recommendations/OR1/state/",
            "recommendations/OR1/add-action/", "recommendations/OR1/add-measure/",
            "recommendations/OR1/measures/1/edit/", "actions/OR1/1/edit/",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("trust_manager", 200), ("client_officer", 403), ("board_reader", 403), ("action_owner", 403),
     ("other_trust_manager", 404)],
)  # fmt: skip
def test_only_the_keeper_writes(request, signed_in, plan, who, status):
    client = signed_in(request.getfixturevalue(who))
    before = AuditEvent.objects.count()

    for address in addresses():
        assert client.get(address).status_code == status, address
        assert client.post(address, {"title": "", "name": "", "role": ""}).status_code in (status, 409), (
            address
        )
    assert client.get(f"{PLAN}keep/").status_code == status
    assert AuditEvent.objects.count() == before


def test_the_councils_plan_is_the_councils(request, signed_in, plan):
    Plan.objects.update(kept_by="commissioner")
    trust, officer = (signed_in(request.getfixturevalue(who)) for who in ("trust_manager", "client_officer"))

    for address in addresses():
        assert (trust.get(address).status_code, officer.get(address).status_code) == (403, 200)
    assert "Keep this plan" in words(officer.get(PLAN))
    assert "Keep this plan" not in words(trust.get(PLAN))
    assert "Edit this action" not in words(trust.get(f"{PLAN}actions/OR1/1/"))


def test_words_are_changed_and_the_trail_says_from_what(signed_in, trust_manager, plan, fill):
    client = signed_in(trust_manager)
    fill(client, f"{PLAN}edit/", name="A better plan", ends_on="2022-03", cadence_every="", cadence_unit="")
    fill(client, f"{PLAN}priorities/1/edit/", name="Leading", why="It matters", good="One\nTwo")
    fill(client, f"{PLAN}recommendations/OR1/edit/", title="See more", wording="In full", success="Seen")
    fill(client, f"{PLAN}recommendations/OR1/measures/1/edit/", title="Less of it", wording="In full")
    saved = fill(client, f"{PLAN}actions/OR1/1/edit/", title="Train all leaders", wording="In full")

    assert saved.request["PATH_INFO"] == f"{PLAN}actions/OR1/1/"
    found = Plan.objects.get()
    assert (found.name, str(found.ends_on), found.cadence_every) == ("A better plan", "2022-03-01", None)
    priority = Priority.objects.get()
    assert (priority.name, priority.why, priority.good) == ("Leading", "It matters", ["One", "Two"])
    assert priority.blocks.get().name == "Leading"
    row = Recommendation.objects.get(code="OR1")
    assert (row.title, row.wording, row.success) == ("See more", "In full", ["Seen"])
    assert Measure.objects.get(recommendation=row).title == "Less of it"
    entry = AuditEvent.objects.get(action="plan.action_changed")
    assert entry.changes == {"title": ["Train the leaders", "Train all leaders"], "wording": ["", "In full"]}


def test_the_overview_keeps_what_its_document_calls_a_row(signed_in, trust_manager, plan, fill):
    fill(signed_in(trust_manager), f"{PLAN}recommendations/OR1/edit/", title="See more")
    assert Reference.objects.get(code="OR1").title == "Oversight"
    entry = AuditEvent.objects.get(action="plan.recommendation_changed")
    assert entry.changes == {"title": ["Row of OR1", "See more"]}


def test_what_is_saved_as_it_stood_leaves_no_entry(signed_in, trust_manager, plan, fill):
    before = AuditEvent.objects.count()
    answer = fill(signed_in(trust_manager), f"{PLAN}recommendations/OR1/edit/")
    assert "reads so already" in words(answer)
    assert AuditEvent.objects.count() == before


def test_a_form_leads_back_to_where_it_was_opened(signed_in, trust_manager, plan, fill):
    client = signed_in(trust_manager)
    from_keep = fill(client, f"{PLAN}recommendations/OR1/edit/?from=keep", title="One")
    from_its_page = fill(client, f"{PLAN}recommendations/OR1/edit/", title="Two")
    assert from_keep.request["PATH_INFO"] == f"{PLAN}keep/"
    assert from_its_page.request["PATH_INFO"] == f"{PLAN}recommendations/OR1/"


def test_two_people_one_wins_and_the_other_sees_both(signed_in, trust_manager, plan, fill):
    client, address = signed_in(trust_manager), f"{PLAN}priorities/1/edit/"
    second = opened(client, address)
    fill(client, address, name="First come", good="A line")

    answer = client.post(address, second | {"name": "Second come"})

    assert answer.status_code == 409
    said = words(answer)
    assert "was changed by somebody else" in said
    assert "First come" in said
    assert "Second come" in answer.content.decode()
    assert Priority.objects.get().name == "First come"
    # Whoever has seen both may save theirs.
    client.post(address, fields_of(form_on(answer)))
    assert Priority.objects.get().name == "Second come"


def test_a_form_that_lost_its_mark_is_not_saved_blindly(signed_in, trust_manager, plan):
    client, address = signed_in(trust_manager), f"{PLAN}recommendations/OR1/edit/"
    assert client.post(address, opened(client, address) | {"seen": "", "title": "Blind"}).status_code == 409
    assert Recommendation.objects.get(code="OR1").title == "Row of OR1"


def test_owners_are_changed_in_their_order(signed_in, trust_manager, plan, action, fill):
    client = signed_in(trust_manager)
    fill(client, f"{PLAN}actions/OR1/1/edit/", owners=[POLICE, "Health representative", DIRECTOR])
    assert [held.owner.role for held in action("OR1", 1).ownerships.order_by("position")] == [
        DIRECTOR, "Health representative", POLICE,
    ]  # fmt: skip
    fill(client, f"{PLAN}actions/OR1/1/edit/", owners=[POLICE])
    assert [held.owner.role for held in action("OR1", 1).ownerships.all()] == [POLICE]
    entry = AuditEvent.objects.filter(action="plan.action_changed").latest("sequence")
    assert entry.changes["owners"] == [[DIRECTOR, "Health representative", POLICE], [POLICE]]
    fill(client, f"{PLAN}actions/OR1/1/edit/", owners=[])
    assert not action("OR1", 1).ownerships.exists()


def _waits(action, turn, trust_manager, client_officer):
    steps.propose_end(turn(trust_manager, action("OR1", 1)), words="No longer needed", superseded_by=None)


def _ended(action, turn, trust_manager, client_officer):
    _waits(action, turn, trust_manager, client_officer)
    steps.agree_end(turn(client_officer, action("OR1", 1)), words="We agree")


def _confirmed(action, turn, trust_manager, client_officer):
    found = update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "All are trained")]
    )
    shown = Found("survey", "They know more", TODAY, date(2020, 10, 1))
    found = add_evidence(turn(trust_manager, found), found=shown).action
    found = steps.ask_confirmation(turn(trust_manager, found), words="It is better")
    steps.confirm(turn(client_officer, found), words="We see it")


@pytest.mark.parametrize(
    ("comes", "why"),
    [(_waits, "waits for an answer"), (_ended, "has ended"), (_confirmed, "is completed in Phase 2")],
)
def test_words_and_owners_stay_once_the_other_party_is_asked(
    signed_in, trust_manager, client_officer, plan, action, turn, fill, comes, why
):
    comes(action, turn, trust_manager, client_officer)
    client, address = signed_in(trust_manager), f"{PLAN}actions/OR1/1/edit/"
    director = f"{PLAN}owners/{Owner.objects.get(role=DIRECTOR).pk}/edit/"

    for given in ({"owners": [POLICE]}, {"title": "Another promise"}, {"wording": "Another promise"}):
        assert f"Action 1 of OR1 {why}" in words(fill(client, address, **given))
    assert f"Action 1 of OR1 {why}" in words(fill(client, director, side="council", organisation=""))
    assert "reads so already" in words(fill(client, address))
    assert "is saved" in words(fill(client, director, role="Head of Operations"))

    found = action("OR1", 1)
    assert (found.title, found.wording) == ("Train the leaders", "")
    assert [(one.role, one.side) for one in found.owners.all()] == [("Head of Operations", "trust")]


def test_trust_and_council_sit_in_their_own_organisation(
    signed_in, trust_manager, plan, police, contract, fill
):
    client = signed_in(trust_manager)
    address = f"{PLAN}owners/add/"
    assert "whoever keeps this plan writes" in words(client.get(address))
    assert "Choose the side" in words(fill(client, address, role="Head of nobody"))

    fill(client, address, role="Head of Schools", side="council")
    fill(client, address, role="Head of Care", side="trust")
    fill(client, address, role="Head of a hospital", side="health")
    other = fill(client, address, role="Ghost", side="council", organisation=str(police.pk))

    assert "The Police doesn’t stand on this side" in words(other)
    council, trust = contract.commissioner, contract.provider
    found = {owner.role: owner.organisation for owner in Owner.objects.filter(role__startswith="Head")}
    assert found == {"Head of Schools": council, "Head of Care": trust, "Head of a hospital": None}
    # So nobody asks and answers for the council in its place.
    fill(client, f"{PLAN}actions/OR1/1/edit/", owners=["Head of Schools"])
    report = {"version": "1", "phase1": "completed", "phase2": "on_track", "words": "All is done"}
    assert "doesn’t allow this from you" in words(client.post(f"{PLAN}actions/OR1/1/update/", report))
    hospital = f"{PLAN}owners/{Owner.objects.get(role='Head of a hospital').pk}/edit/"
    assert "is saved" in words(fill(client, hospital, side="council"))
    assert "reads so already" in words(fill(client, hospital, organisation=""))
    assert Owner.objects.get(role="Head of a hospital").organisation == council


def test_a_service_without_a_form_seats_an_owner_as_well(plan, contract, trust_manager):
    by = participant_for(trust_manager, contract.code)
    owner = add_owner(by=by, plan=plan, words=OwnerWords("Head of Schools", "council"))
    assert owner.organisation == contract.commissioner
    change(by=by, row=owner, given={"side": "trust", "organisation": None})
    assert owner.organisation == contract.provider


def test_nothing_of_a_form_moves_a_target_or_a_status(signed_in, trust_manager, plan, action, fill):
    was = action("OR1", 1)
    fill(
        signed_in(trust_manager),
        f"{PLAN}actions/OR1/1/edit/",
        title="Slips in",
        target="2030-01",
        target_words="Some day",
        phase1="completed",
        number="9",
    )
    now = Action.objects.get(title="Slips in")
    assert (now.target, now.target_words, now.phase1, now.number) == (was.target, "", Status.ON_TRACK, 1)


def test_a_person_is_named_to_an_owner(
    signed_in, trust_manager, action_owner, client_officer, police, plan, fill
):
    client = signed_in(trust_manager)
    address = f"{PLAN}owners/{Owner.objects.get(role=POLICE).pk}/edit/"

    saved = fill(client, address, person=str(action_owner.pk))
    assert "is saved" in words(saved)
    assert Owner.objects.get(role=POLICE).person == action_owner
    stranger = fill(client, address, person=str(client_officer.pk))
    assert "can’t update actions of The Police" in words(stranger)
    none = fill(client, address, organisation="", person=str(action_owner.pk))
    assert "Choose the organisation of the person as well" in words(none)
    wrong = fill(client, address, side="council")
    assert "doesn’t stand on this side" in words(wrong)
    assert Owner.objects.get(role=POLICE).person == action_owner
    for page in (address, f"{PLAN}owners/add/"):
        for person in (action_owner, client_officer):
            assert person.username not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("role", "why"),
    [
        (POLICE, "stands among the owners already"),
        ("POLICE  representative", "Police representative stands among the owners already"),
        ("Head; of all", "A role has no semicolon"),
    ],
)
def test_roles_are_told_apart_in_files_too(signed_in, trust_manager, plan, fill, role, why):
    client = signed_in(trust_manager)
    health = f"{PLAN}owners/{Owner.objects.get(role='Health representative').pk}/edit/"

    assert why in words(fill(client, f"{PLAN}owners/add/", role=role, side="police"))
    assert why in words(fill(client, health, role=role))
    assert Owner.objects.count() == 4


def test_an_owner_is_somebody_who_updates_actions(
    signed_in, trust_manager, client_officer, board_reader, scrutiny_member, council, plan, fill
):
    client, address = signed_in(trust_manager), f"{PLAN}owners/add/"
    offered = form_on(client.get(address)).select("[name=person] option")
    people = {str(one["value"]) for one in offered}
    assert str(client_officer.pk) in people
    assert not people & {str(board_reader.pk), str(scrutiny_member.pk)}

    fill(client, address, role="Head", side="council", person=str(client_officer.pk))
    assert Owner.objects.get(role="Head").person == client_officer
    for nobody in (board_reader, scrutiny_member):
        fill(client, address, role="Other", side="council", person=str(nobody.pk))
        with pytest.raises(PlanRefused, match="can’t update actions"):
            add_owner(
                by=participant_for(trust_manager, "sandwell"),
                plan=plan,
                words=OwnerWords("Other", "council", council, nobody),
            )
    assert not Owner.objects.filter(role="Other").exists()


def test_who_left_stays_named_until_somebody_else_is(
    signed_in, trust_manager, action_owner, police, plan, fill
):
    owner = Owner.objects.get(role=POLICE)
    client, address = signed_in(trust_manager), f"{PLAN}owners/{owner.pk}/edit/"
    fill(client, address, person=str(action_owner.pk))
    action_owner.is_active = False
    action_owner.save()
    police.partnerships.all().delete()

    assert "update actions any more" in words(client.get(address))
    assert "update actions any more" not in words(client.get(f"{PLAN}owners/add/"))
    assert "is saved" in words(fill(client, address, role="Chief inspector"))

    owner.refresh_from_db()
    assert (owner.role, owner.organisation, owner.person) == ("Chief inspector", police, action_owner)
    assert "is saved" in words(fill(client, address, person=""))
    assert "update actions any more" not in words(client.get(address))


def test_what_somebody_else_chose_is_shown_in_words(signed_in, trust_manager, police, plan, fill):
    client, address = signed_in(trust_manager), f"{PLAN}owners/{Owner.objects.get(role=POLICE).pk}/edit/"
    mine = opened(client, address)
    fill(client, address, side="other")

    answer = client.post(address, mine | {"organisation": "", "side": "health"})

    assert answer.status_code == 409
    assert "On whose side Other partner Organisation The Police What you typed" in words(answer)


def test_addresses_that_lead_nowhere(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    for part in (
        "priorities/9/edit/", "priorities/9/add-recommendation/", "recommendations/OR9/edit/",
        "recommendations/OR9/state/", "recommendations/OR1/measures/9/edit/", "actions/OR1/9/edit/",
        f"actions/OR1/{9**20}/edit/", "owners/0/edit/", f"owners/{9**20}/edit/",
    ):  # fmt: skip
        assert client.get(f"{PLAN}{part}").status_code == 404, part


def test_the_keeping_page_costs_the_same_whatever_the_plan_holds(
    signed_in, trust_manager, plan, fill, django_assert_max_num_queries
):
    client = signed_in(trust_manager)
    for number in range(3, 9):
        fill(client, f"{PLAN}recommendations/OR1/add-action/", number=str(number), title=f"Number {number}")
    with django_assert_max_num_queries(15):
        page = words(client.get(f"{PLAN}keep/"))
    assert "1 priority, 2 recommendations, 10 actions" in page
    assert "Action 1 House the homeless See impact workbook, Housing representative" in page


def test_the_keeping_page_leads_to_each_priority_and_to_the_pages_of_actions(
    signed_in, trust_manager, plan, fill
):
    client = signed_in(trust_manager)
    assert not BeautifulSoup(client.get(f"{PLAN}keep/").content, "lxml").select(".jump a")
    fill(client, f"{PLAN}priorities/add/", name="Workforce")

    page = BeautifulSoup(client.get(f"{PLAN}keep/").content, "lxml")

    jumps = [one["href"] for one in page.select(".jump a")]
    assert jumps == ["#priority-1", "#priority-2"]
    assert all(page.select_one(one) for one in jumps)
    led = {one.text: one["href"] for one in page.select(".kept__lines a")}
    assert client.get(led["Train the leaders"]).request["PATH_INFO"] == f"{PLAN}actions/OR1/1/"
    assert "Measure 1 of OR2" in words(client.get(led["More of it"]))
