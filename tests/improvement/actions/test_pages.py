"""The pages of recommendations and actions, and the steps that are taken there."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.models import Action, Event, Evidence
from tests.improvement.sending import ACTION, BASE, send, typed
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_a_recommendation_tells_what_is_done_about_it(signed_in, client_officer, plan):
    page = words(signed_in(client_officer).get(f"{BASE}/plans/small/recommendations/OR1/"))

    assert "Train the leaders" in page
    assert "Director of Operations" in page
    assert "More of it" in page
    assert signed_in(client_officer).get(f"{BASE}/plans/small/recommendations/OR9/").status_code == 404


def test_the_whole_way_from_done_to_confirmed(signed_in, trust_manager, client_officer, board_reader, plan):
    lead, officer = signed_in(trust_manager), signed_in(client_officer)

    assert "the update is saved" in words(send(lead, "update", phase1="completed", words="All are trained"))
    evidence = {
        "kind": "audit",
        "shows": "18 of 20 are good",
        "seen_on": "2020-04-20",
        "again_on": "2020-10-01",
    }
    assert "the evidence is kept" in words(
        send(lead, "add-evidence", **evidence, sample="20", looked_by="Reviewers", independent="yes")
    )
    send(lead, "ask", words="Leaders stay")
    assert "It waits for" in words(officer.get(ACTION))
    send(officer, "send-back", words="How many?")
    send(lead, "ask", words="Twenty")
    assert "Phase 2 is confirmed" in words(send(officer, "confirm", words="Convinced"))

    reader = words(signed_in(board_reader).get(ACTION))
    assert "Phase 2 confirmed" in reader
    assert "What you can do" not in reader
    assert Action.objects.get(pk=Evidence.objects.get().action_id).phase2 == "completed"


def test_what_is_refused_keeps_what_was_typed(signed_in, trust_manager, plan):
    answer = send(signed_in(trust_manager), "update", phase1="on_track", words="")

    assert answer.status_code == 200
    assert "February 2020, is past" in words(answer)
    assert not Event.objects.filter(provenance="returned").exists()


def test_a_form_that_is_incomplete_names_its_fields(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    send(client, "update", phase1="completed", words="Done")

    for given, says in (
        ({"kind": "audit", "shows": "Good"}, "how many cases"),
        ({"kind": "indicator", "shows": "Good"}, "both windows"),
        ({"kind": "document", "shows": "Good"}, "address of the document"),
        ({"kind": "survey", "shows": "Good", "seen_on": "0001-01-01"}, "out of reach"),
    ):
        answer = send(client, "add-evidence", **({"seen_on": "2020-04-20", "again_on": "2020-10-01"} | given))
        assert says in words(answer)
    assert "is not a month" in words(send(client, "update", target="June"))
    assert not Evidence.objects.exists()


def test_two_people_with_one_action_one_wins_and_the_other_keeps_the_words(
    signed_in, trust_manager, plan, contract
):
    client = signed_in(trust_manager)
    address, fields = typed(client, ACTION, "update")
    send(client, "update", phase1="on_track", words="First word")

    answer = client.post(address, fields | {"words": "Second word", "phase1": "completed"})

    assert answer.status_code == 409
    assert b'<a href="#story">' in answer.content
    assert "changed since you opened it" in words(answer)
    box = BeautifulSoup(answer.content, "lxml").find(id="update")
    assert box.find(id="update-words").text.strip() == "Second word"
    assert not box.find(id="update-risk").text.strip()
    assert box.select_one("[name=phase1] [selected]")["value"] == "completed"
    assert Action.objects.get(recommendation__code="OR1", number=1).phase1 == "on_track"


def test_an_action_is_updated_from_the_list(signed_in, trust_manager, action_owner, client_officer, plan):
    page = f"{BASE}/actions/"
    client = signed_in(trust_manager)
    assert "1 action is overdue" in words(client.get(page))

    answer = send(client, "update", page=page, phase1="completed", words="Done")

    assert answer.request["PATH_INFO"] == page
    police = words(signed_in(action_owner).get(page))
    assert "Ask the police" in police
    assert "Train the leaders" not in police
    send(client, "propose-end", page=f"{BASE}/plans/small/actions/OR2/2/", words="There is a nurse")
    assert "Action 2 of OR2" in words(signed_in(client_officer).get(page))


@pytest.mark.parametrize("step", ["update", "add-evidence", "ask", "confirm", "propose-end", "comment"])
def test_readers_take_no_step(signed_in, board_reader, plan, step):
    assert signed_in(board_reader).post(f"{ACTION}{step}/", {"version": 1}).status_code == 403


def test_addresses_that_lead_nowhere(signed_in, trust_manager, other_trust_manager, plan):
    client = signed_in(trust_manager)

    for address in (f"{BASE}/plans/small/actions/OR1/9/", f"{BASE}/plans/small/actions/OR1/{9**20}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{ACTION}anything/", {"version": 1}).status_code == 404
    assert signed_in(other_trust_manager).get(ACTION).status_code == 404


def test_an_end_that_is_agreed_says_so(signed_in, trust_manager, client_officer, plan):
    send(signed_in(trust_manager), "propose-end", words="The police do it", superseded_by=str(
        Action.objects.get(recommendation__code="OR1", number=2).pk
    ))  # fmt: skip
    page = words(send(signed_in(client_officer), "agree-end", words="Yes"))

    assert "Superseded" in page
    assert Event.objects.get(kind="ended").day == date(2020, 4, 20)


SAMPLE = {
    "kind": "audit", "shows": "Good", "seen_on": "2020-04-20", "again_on": "2020-10-01",
    "sample": "20", "looked_by": "Reviewers",
}  # fmt: skip


def test_what_is_missing_for_the_confirmation_is_said(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    assert "To ask for its confirmation" not in words(client.get(ACTION))

    done = send(client, "update", phase1="completed", words="All are trained")
    assert "To ask for its confirmation, add evidence first." in words(done)
    weak = send(client, "add-evidence", **SAMPLE, independent="no")
    assert "none that is there holds" in words(weak)
    held = send(client, "add-evidence", **SAMPLE, independent="yes")
    assert "To ask for its confirmation" not in words(held)


def test_own_evidence_of_who_confirms_is_not_enough_and_says_so(
    signed_in, trust_manager, client_officer, plan
):
    both = Action.objects.get(recommendation__code="OR1", number=1)
    both.ownerships.create(owner=plan.owners.get(role="Housing representative"), position=1)
    lead, officer = signed_in(trust_manager), signed_in(client_officer)
    send(lead, "update", phase1="completed", words="All are trained")
    send(officer, "add-evidence", **SAMPLE, independent="yes")

    assert "what holds was shown by the party that confirms it" in words(lead.get(ACTION))


def test_why_it_can_only_be_sent_back_is_said(signed_in, trust_manager, client_officer, plan, settings):
    lead, officer = signed_in(trust_manager), signed_in(client_officer)
    send(lead, "update", phase1="completed", words="All are trained")
    send(lead, "add-evidence", **SAMPLE | {"again_on": "2020-04-21"}, independent="yes")
    send(lead, "ask", words="Leaders stay")
    assert "You can’t confirm it now" not in words(officer.get(ACTION))

    settings.DEMONSTRATION_DAY = date(2020, 4, 21)
    assert "You can’t confirm it now" in words(signed_in(client_officer).get(ACTION))


def test_what_is_done_is_not_ended_undone(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    address, fields = typed(client, ACTION, "propose-end")
    done = send(client, "update", phase1="completed", words="All are trained")
    assert "End it without being done" not in words(done)

    fields |= {"version": typed(client, ACTION, "update")[1]["version"], "words": "No longer needed"}
    refused = client.post(address, fields)
    assert "doesn’t allow this from you now" in words(refused)
    assert not Event.objects.filter(kind="proposed").exists()
    again = send(client, "update", phase1="on_track", words="Two are not")
    assert "End it without being done" in words(again)


def test_a_step_without_its_words_says_what_is_asked(signed_in, trust_manager, client_officer, plan):
    lead, officer = signed_in(trust_manager), signed_in(client_officer)
    assert "Say why it ends without being done" in words(send(lead, "propose-end"))
    send(lead, "propose-end", words="No longer needed")
    assert "Say why it may end" in words(send(officer, "agree-end"))
    assert "Say why it should go on" in words(send(officer, "decline-end"))
    send(officer, "decline-end", words="It is needed")
    send(lead, "update", phase1="completed", words="All are trained")
    send(lead, "add-evidence", **SAMPLE, independent="yes")
    assert "Say what is different now" in words(send(lead, "ask"))
    send(lead, "ask", words="Leaders stay")
    assert "Say what convinces you" in words(send(officer, "confirm"))
    assert "Say what is missing" in words(send(officer, "send-back"))
