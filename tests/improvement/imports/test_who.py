"""Who loads a plan from a file, and who sees what was handed in."""

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from improvement.models import Plan, Recommendation
from tests.improvement.imports.conftest import ADDRESS, HandIn, csv_of, page
from tests.pages import text, words

pytestmark = pytest.mark.django_db
ROW = csv_of({"reference": "OR1", "recommendation": "Leaders watch"})


@pytest.mark.parametrize("person", ["client_officer", "board_reader", "action_owner"])
@pytest.mark.parametrize("where", ["", "plan.csv", "plan.xlsx"])
def test_only_who_keeps_the_plan_has_its_page(plan, signed_in, request, person, where):
    client = signed_in(request.getfixturevalue(person))

    assert client.get(page("small") + where).status_code == 403
    assert client.post(page("small"), {"rows": "reference\nOR1"}).status_code == 403 or where


def test_the_council_keeps_its_own(empty_plan, signed_in, trust_manager, client_officer):
    assert signed_in(client_officer).get(page("childcare")).status_code == 200
    assert signed_in(trust_manager).get(page("childcare")).status_code == 403
    assert signed_in(trust_manager).get(page("nowhere")).status_code == 404


def test_what_is_not_saved_is_seen_by_the_own_party_alone(plan, hand_in, signed_in, client_officer):
    upload = hand_in("small", ROW)
    officer = signed_in(client_officer)

    for act in ("save/", "withdraw/"):
        assert officer.get(hand_in.address(upload)).status_code == 404
        assert officer.post(hand_in.address(upload) + act).status_code == 404
    trail = words(officer.get(f"{ADDRESS}trail/"))
    assert "file of the plan" not in trail
    assert "file of the plan was handed in" in words(hand_in.client.get(f"{ADDRESS}trail/"))
    hand_in.save(upload)
    for reader in (officer, hand_in.client):
        assert words(reader.get(f"{ADDRESS}trail/")).count("Small plan: 1 wording changes, from a file.") == 1


def test_a_plan_that_changed_hands_takes_no_file_any_more(plan, hand_in):
    upload = hand_in("small", ROW)
    Plan.objects.update(kept_by="commissioner")

    assert hand_in.client.post(f"{hand_in.address(upload)}save/").status_code == 404
    assert Recommendation.objects.get(code="OR1").title == "Row of OR1"


def test_withdrawing_leads_back_to_the_plan_and_writes_nothing(plan, hand_in):
    upload = hand_in("small", ROW)

    answer = hand_in.client.post(f"{hand_in.address(upload)}withdraw/", follow=True)

    assert answer.redirect_chain[-1][0] == page("small")
    assert "This file was withdrawn. Nothing was saved from it." in words(answer)
    assert AuditEvent.objects.filter(action="upload.plan.withdrawn").count() == 1
    assert Recommendation.objects.get(code="OR1").title == "Row of OR1"


def test_the_page_says_what_is_read_and_costs_little(plan, hand_in, django_assert_max_num_queries):
    hand_in("small", ROW)
    hand_in.client.get(page("small"))

    with django_assert_max_num_queries(9):
        answer = hand_in.client.get(page("small"))

    soup = BeautifulSoup(answer.content, "lxml")
    assert [text(cell) for cell in soup.select("table tbody th")][:3] == ["priority", "lead", "reference"]
    assert "plan.csv To be saved or withdrawn" in words(answer)
    assert soup.find("a", href=f"{page('small')}plan.xlsx")


def test_the_page_of_a_file_stands_below_the_plan(plan, hand_in):
    upload = hand_in("small", ROW)

    soup = BeautifulSoup(hand_in.client.get(hand_in.address(upload)).content, "lxml")

    assert [text(link) for link in soup.select("nav.sections [aria-current]")] == ["Improvement plan"]


def test_nothing_chosen_is_said_on_the_page(plan, hand_in):
    answer = hand_in.client.post(page("small"), {"rows": ""})

    assert "Choose a file, or paste rows." in words(answer)


def test_files_of_one_plan_are_listed_with_it_alone(plan, empty_plan, council_hands_in, hand_in):
    assert isinstance(hand_in, HandIn)
    hand_in("small", ROW, name="leaders.csv")
    council_hands_in("childcare", ROW, name="places.csv")

    assert "leaders.csv" in words(hand_in.client.get(page("small")))
    assert "leaders.csv" not in words(council_hands_in.client.get(page("childcare")))
