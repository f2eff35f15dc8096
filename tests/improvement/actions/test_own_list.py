"""The list of one's own actions: what presses is updated there, what doesn't is folded and leads to its page."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import ask_anew, ask_confirmation, confirm, send_back
from improvement.actions.updating import Report, update_action
from improvement.models import Action, Ownership, Plan
from improvement.rules.status import Status
from tests.improvement.sending import ACTION, BASE, send, typed
from tests.pages import text, words

pytestmark = pytest.mark.django_db
OWN = f"{BASE}/actions/"
LIST = Found("document", "A list", date(2020, 4, 20), date(2020, 10, 1), {"link": "https://example.org/list"})
# Session, person, participant, plans; own actions, their owners and risks, what waits with its owners; notices' count.
QUERIES = 13


def soup_of(answer):
    return BeautifulSoup(answer.content, "lxml")


@pytest.fixture
def many(plan):
    """Twenty more actions of the Trust, without a date."""
    first = Action.objects.get(recommendation__code="OR1", number=1)
    owner = first.ownerships.get().owner
    for number in range(3, 23):
        made = Action.objects.create(recommendation=first.recommendation, number=number, title="More")
        Ownership.objects.create(action=made, owner=owner, position=1)
    return plan


def test_a_small_list_is_not_folded_and_is_updated_where_it_stands(signed_in, trust_manager, plan):
    page = soup_of(signed_in(trust_manager).get(OWN))

    assert "Show them" not in page.text
    assert len(page.select("form[action$='/update/']")) == len(page.select(".own__action")) > 1


def test_of_a_long_list_only_what_presses_carries_forms(signed_in, trust_manager, many):
    client = signed_in(trust_manager)
    page = soup_of(client.get(OWN))

    assert [form["action"] for form in page.select("form[action$='/update/']")] == [
        f"{BASE}/plans/small/actions/OR1/1/update/"
    ]
    folded = page.find("details", open=False, string=None)
    assert folded
    links = page.select("a[href$='#update']")
    assert len(links) >= 20
    address = links[0]["href"].partition("#")[0]
    assert soup_of(client.get(address)).find("form", id="update")


def test_the_list_takes_the_same_queries_however_long(
    signed_in, trust_manager, plan, django_assert_max_num_queries, request
):
    client = signed_in(trust_manager)
    client.get(OWN)
    with django_assert_max_num_queries(QUERIES) as few:
        client.get(OWN)
    request.getfixturevalue("many")
    with django_assert_max_num_queries(QUERIES) as long:
        client.get(OWN)

    assert len(few) == len(long)


def test_what_was_saved_is_said_at_its_place(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    answer = send(client, "update", page=OWN, phase1="on_track", words="Two weeks late")

    row = soup_of(answer).find(id="small-OR1-1")
    assert row.find(role="status").text == "Saved"
    assert "the update is saved" not in words(answer)
    assert "Saved" not in words(client.get(OWN))


def test_what_was_saved_and_is_folded_now_is_unfolded_with_the_way_back(signed_in, trust_manager, many):
    first = Action.objects.get(recommendation__code="OR1", number=1)
    late = Action.objects.create(
        recommendation=first.recommendation, number=30, title="Late", target=date(2020, 3, 1)
    )
    Ownership.objects.create(action=late, owner=first.ownerships.get().owner, position=1)
    client = signed_in(trust_manager)
    answer = send(client, "update", page=OWN, phase1="completed", words="Done")

    row = soup_of(answer).find(id="small-OR1-1")
    assert row.find_parent("details").has_attr("open")
    assert row.find(role="status").text == "Saved"
    assert row.find("a", string="Back to what presses")["href"] == "#overdue"
    assert len(soup_of(answer).select("details.fold:not([open])")) == 1
    assert "the update is saved" not in words(answer)
    assert not soup_of(client.get(OWN)).select("details.fold[open]")


def test_where_nothing_presses_no_way_leads_back(signed_in, trust_manager, many):
    answer = send(signed_in(trust_manager), "update", page=OWN, phase1="completed", words="Done")

    assert "Saved" in words(answer)
    assert "Back to what presses" not in words(answer)


def test_what_is_refused_in_the_list_stays_in_the_list(signed_in, trust_manager, many):
    answer = send(signed_in(trust_manager), "update", page=OWN, phase1="on_track", words="", agreed_by="Kept")

    page = soup_of(answer)
    assert answer.status_code == 200
    assert page.h1.text == "My actions"
    assert page.select_one(".sections [aria-current=page]").text.strip() == "My actions"
    row = page.find(id="small-OR1-1")
    assert row.find("details", open=True)
    assert "is past" in row.select_one(".govuk-error-message").text
    assert row.find("input", {"name": "agreed_by"})["value"] == "Kept"
    assert page.select_one(".govuk-error-summary a")["href"] == "#small-OR1-1-words"
    assert row.find(id="small-OR1-1-words")


def test_after_a_conflict_what_was_not_touched_is_as_it_stands_now(
    signed_in, trust_manager, plan, turn, action
):
    client = signed_in(trust_manager)
    address, fields = typed(client, ACTION, "update")
    report = Report(1, Status.MITIGATED, "Slow", "Staff leave", "Cover", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[report])

    answer = client.post(address, fields | {"phase2": "on_track", "words": "Second word"})

    form = soup_of(answer).find("form", id="update")
    chosen = {name: form.select_one(f"[name={name}] [selected]")["value"] for name in ("phase1", "phase2")}
    assert chosen == {"phase1": "not_on_track_mitigated", "phase2": "on_track"}
    assert form.find("textarea", {"name": "risk"}).text.strip() == "Staff leave"


def test_everything_that_an_update_lacks_is_said_at_once(signed_in, trust_manager, plan):
    given = {"phase1": "not_on_track_mitigated", "target": "2020-03"}

    answer = send(signed_in(trust_manager), "update", **given)

    found = {tag["id"] for tag in soup_of(answer).select("#update .govuk-error-message")}
    lacks = ("risk", "mitigation", "risk_owner", "target", "moved_because", "agreed_by", "words")
    assert found == {f"update-{name}-error" for name in lacks}


def test_a_conflict_in_the_list_says_so_there(signed_in, trust_manager, plan, turn, action):
    client = signed_in(trust_manager)
    address, fields = typed(client, OWN, "update")
    found = Action.objects.get(recommendation__code="OR1", number=1)
    update_action(turn(trust_manager, found), reports=[Report(1, Status.ON_TRACK, "First word")])

    answer = client.post(address, fields | {"words": "Second word"})

    assert answer.status_code == 409
    assert soup_of(answer).h1.text == "My actions"
    assert soup_of(answer).find(id="small-OR1-1-words").text.strip() == "Second word"
    came = text(soup_of(answer).find("section", attrs={"aria-labelledby": "came"}))
    assert "Trust manager , 20 April 2020: Phase 1" in came
    assert "First word" in came
    assert "23 September 2019" not in came


def test_what_came_back_stands_first_and_is_counted(
    signed_in, trust_manager, client_officer, second_officer, plan, turn, action
):
    """OR1 1 was done and sent back; of OR2 1 the confirmation was taken back. Neither stands further down too."""
    done = [Report(1, Status.COMPLETED, "Done")]
    update_action(turn(trust_manager, action("OR1", 1)), reports=done)
    add_evidence(turn(trust_manager, action("OR1", 1)), found=LIST)
    ask_confirmation(turn(trust_manager, action("OR1", 1)), words="It is better")
    send_back(turn(client_officer, action("OR1", 1)), words="How many came?")

    page = soup_of(signed_in(trust_manager).get(OWN))
    first, *rest = page.select("section:has(ul.own)")
    assert text(first.h2) == "Sent back to you 1"
    assert "It was sent back on 20 April 2020: How many came?" in text(first)
    assert first.find("form", action=f"{BASE}/plans/small/actions/OR1/1/update/")
    assert not any("Train the leaders" in text(section) for section in rest)
    assert text(page.select_one(".lede")) == "1 action was sent back to you."

    ask_confirmation(turn(trust_manager, action("OR1", 1)), words="12 came")
    assert "Sent back to you" not in words(signed_in(trust_manager).get(OWN))
    confirm(turn(client_officer, action("OR1", 1)), words="Seen")
    ask_anew(turn(client_officer, action("OR1", 1)), words="It fell back")
    anew = soup_of(signed_in(trust_manager).get(OWN)).find("section", attrs={"aria-labelledby": "anew"})
    assert "Its impact is to be shown anew since 20 April 2020: It fell back" in text(anew)


def test_what_came_back_and_was_reopened_is_overdue_as_any_other(
    signed_in, trust_manager, client_officer, plan, turn, action
):
    """Its target was February 2020: done, sent back and found undone, it is late, and its row says what came back."""

    def update(status, words):
        update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, status, words)])

    def first_group():
        page = soup_of(signed_in(trust_manager).get(OWN))
        return text(page.select_one(".lede")), page.select_one("section:has(ul.own)")

    update(Status.COMPLETED, "Done")
    add_evidence(turn(trust_manager, action("OR1", 1)), found=LIST)
    ask_confirmation(turn(trust_manager, action("OR1", 1)), words="It is better")
    send_back(turn(client_officer, action("OR1", 1)), words="How many came?")
    update(Status.ON_TRACK, "Two leaders were never trained")

    said, late = first_group()
    assert said == "1 action is overdue."
    assert text(late.h2) == "Overdue 1"
    assert "February 2020 overdue" in text(late)
    assert "It was sent back on 20 April 2020: How many came?" in text(late)

    update(Status.COMPLETED, "Now they are")
    assert first_group()[0] == "1 action was sent back to you."

    add_evidence(turn(trust_manager, action("OR1", 1)), found=LIST)
    ask_confirmation(turn(trust_manager, action("OR1", 1)), words="All came")
    confirm(turn(client_officer, action("OR1", 1)), words="Seen")
    ask_anew(turn(client_officer, action("OR1", 1)), words="It fell back")
    assert first_group()[0] == "1 action is to be shown anew."
    update(Status.ON_TRACK, "One more leader came")

    said, late = first_group()
    assert (said, text(late.h2)) == ("1 action is overdue.", "Overdue 1")
    assert "Its impact is to be shown anew since 20 April 2020: It fell back" in text(late)


def test_what_is_due_longest_or_next_comes_first(signed_in, trust_manager, many):
    row = Action.objects.filter(recommendation__code="OR1").first()
    for number, target in ((30, date(2019, 11, 1)), (31, date(2020, 9, 1)), (32, date(2020, 6, 1))):
        made = Action.objects.create(
            recommendation=row.recommendation,
            number=number,
            title="Dated",
            first_target=target,
            target=target,
        )
        Ownership.objects.create(action=made, owner=row.ownerships.get().owner, position=1)

    page = soup_of(signed_in(trust_manager).get(OWN))
    targets = {
        section["aria-labelledby"]: [
            text(row).partition("Phase")[0].strip() for row in section.select(".own__facts")
        ]
        for section in page.select("section:has(ul.own)")
    }
    assert targets["overdue"] == ["November 2019 overdue", "February 2020 overdue"]
    assert targets["later"] == ["June 2020", "September 2020"]


def test_an_action_that_left_the_list_meanwhile_shows_its_page(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    address, fields = typed(client, OWN, "update")
    send(client, "propose-end", words="No longer needed")

    answer = client.post(address, fields | {"words": "Second word"})

    assert answer.status_code == 409
    assert "What you wrote" in words(answer)


def test_the_last_risk_is_filled_in_while_it_is_not_on_track(signed_in, trust_manager, plan, turn, action):
    report = Report(1, Status.MITIGATED, "Slow", "Staff leave", "Cover", "Director")
    update_action(turn(trust_manager, action("OR1", 1)), reports=[report])
    client = signed_in(trust_manager)

    for page in (OWN, f"{BASE}/plans/small/actions/OR1/1/"):
        _, fields = typed(client, page, "update")
        said = {name: fields[name].strip() for name in ("risk", "mitigation", "risk_owner")}
        assert said == {"risk": "Staff leave", "mitigation": "Cover", "risk_owner": "Director"}

    send(client, "update", phase1="on_track", words="Back on course")
    _, fields = typed(client, OWN, "update")
    assert not fields["risk"].strip()


def test_a_risk_of_an_illustrative_update_is_nobodys_own_word(signed_in, trust_manager, plan, turn, action):
    report = Report(1, Status.MITIGATED, "Slow", "Example: staff leave", "Example: cover", "Lead (example)")
    theirs = replace(turn(trust_manager, action("OR1", 1)), provenance="illustrative")
    update_action(theirs, reports=[report])
    client = signed_in(trust_manager)

    for page in (OWN, ACTION):
        _, fields = typed(client, page, "update")
        assert not any(fields[name].strip() for name in ("risk", "mitigation", "risk_owner"))
    assert soup_of(send(client, "update", words="Still so")).find(id="update-risk-error")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phase1": "not_on_track_delayed", "words": "Late"}, "risk"),
        ({"phase1": "not_on_track_delayed", "words": "Late", "risk": "Staff"}, "risk_owner"),
        (
            {"phase1": "not_on_track_mitigated", "words": "Late", "risk": "Staff", "risk_owner": "Me"},
            "mitigation",
        ),
        ({"words": "Late", "target": "2020-06"}, "moved_because"),
        ({"words": "Late", "target": "2020-06", "moved_because": "Staff"}, "agreed_by"),
        ({"phase1": "on_track", "words": ""}, "words"),
    ],
)
def test_what_is_missing_is_marked_at_its_field(signed_in, trust_manager, plan, given, field):
    answer = send(signed_in(trust_manager), "update", **given)

    assert soup_of(answer).find(id=f"update-{field}-error")


def test_plans_are_named_where_there_are_several(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    assert "Small plan" not in words(client.get(OWN))

    copied = Plan.objects.create(
        contract=plan.contract, code="other", name="Other plan",
        starts_on=date(2020, 4, 1), ends_on=date(2020, 4, 1),
    )  # fmt: skip
    priority = copied.priorities.create(number=1, name="One")
    priority.recommendations.create(position=1, code="X1", title="Row").actions.create(number=1, title="New")
    page = words(client.get(OWN))
    assert "Action 1 of OR1, Small plan" in page
    assert "Action 1 of X1, Other plan" in page

    for starts, ends in ((date(2020, 3, 1), date(2020, 3, 1)), (date(2020, 5, 1), date(2020, 6, 1))):
        Plan.objects.filter(code="other").update(starts_on=starts, ends_on=ends)
        assert "Other plan" not in words(client.get(OWN))


def test_the_list_is_for_those_who_update(signed_in, board_reader, plan):
    assert signed_in(board_reader).get(OWN).status_code == 403


def test_pages_of_a_plan_that_was_lived_on_say_so_once(signed_in, trust_manager, plan):
    client = signed_in(trust_manager)
    said = "What is said of the Small plan from October 2019 to April 2020 is made up."
    part = f"{BASE}/plans/small/"
    pages = [OWN, *(f"{part}{name}/" for name in ("progress", "recommendations/OR1", "actions/OR1/1"))]
    assert not any("made up" in words(client.get(page)) for page in pages)

    plan.about["illustrative"] = "October 2019 to April 2020"
    plan.save()
    for page in pages:
        assert words(client.get(page)).count(said) == 1, page
    assert "made up" not in words(client.get(part)), "none of its statuses is"
