"""What the page of an action tells of it, newest first."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_confirmation, send_back
from improvement.actions.updating import Move, Report, update_action
from improvement.rules.status import Status
from tests.improvement.sending import ACTION, send
from tests.pages import text, words

pytestmark = pytest.mark.django_db
AGAIN = date(2020, 10, 1)


@pytest.fixture
def done(plan, turn, action, trust_manager):
    return update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")])


def story(client):
    page = BeautifulSoup(client.get(ACTION).content, "lxml")
    return [text(event) for event in page.select(".told__entries > li")]


def survey(shows):
    return Found("survey", shows, date(2020, 4, 20), AGAIN)


def test_the_newest_comes_first_and_evidence_stands_where_it_was_added(
    signed_in, trust_manager, client_officer, done, turn
):
    once = add_evidence(turn(trust_manager, done), found=survey("First survey")).action
    twice = add_evidence(turn(trust_manager, once), found=survey("Second survey")).action
    asked = ask_confirmation(turn(trust_manager, twice), words="It is better")
    send_back(turn(client_officer, asked), words="How many?")

    told = story(signed_in(client_officer))
    assert told[0].endswith("How many? Client officer")
    expected = ("Sent back", "Asked for", "Second survey", "First survey", "Completed")
    assert all(words in event for words, event in zip(expected, told, strict=False))
    assert "20 April 2020 Evidence added" in told[2]
    assert "Trust manager" in told[2]


def test_what_was_sent_back_says_so_until_it_is_asked_again(
    signed_in, trust_manager, client_officer, done, turn, action
):
    shown = add_evidence(turn(trust_manager, done), found=survey("A survey")).action
    asked = ask_confirmation(turn(trust_manager, shown), words="It is better")
    back = send_back(turn(client_officer, asked), words="How many?")
    client = signed_in(trust_manager)
    assert "It was sent back on 20 April 2020: How many?" in words(client.get(ACTION))

    ask_confirmation(turn(trust_manager, back), words="Twenty")
    assert "It was sent back on" not in words(client.get(ACTION))


def test_words_said_of_both_phases_are_told_once(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    late = "not_on_track_delayed"
    send(client, "update", phase1=late, phase2=late, words="Held up", risk="Staff", risk_owner="Director")

    told = " ".join(story(client))
    assert told.count("Held up") == told.count("Risk: Staff") == 1
    assert "Phase 1" in told
    assert "Phase 2" in told


def test_a_target_brought_forward_says_so(signed_in, trust_manager, plan, turn, action):
    in_january = turn(trust_manager, action("OR1", 1), day=date(2020, 1, 14))
    update_action(in_january, move=Move(Month(2020, 1), "Sooner", "The board"))

    assert "Brought forward by 1 month from February 2020." in words(signed_in(trust_manager).get(ACTION))


def test_the_form_of_evidence_tells_what_each_kind_needs(signed_in, trust_manager, done):
    page = BeautifulSoup(signed_in(trust_manager).get(ACTION).content, "lxml")
    fields = {
        text(one.legend): [field["name"] for field in one.select("input, select")]
        for one in page.select("#add_evidence fieldset")
    }

    assert fields["Needed for an audit finding or a practice sample"] == [
        "sample",
        "looked_by",
        "independent",
    ]
    assert len(fields) == 3
