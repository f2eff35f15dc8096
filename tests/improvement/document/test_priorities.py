"""The priorities of a plan, and what the page of each tells first."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from core.values.months import Month
from improvement.actions.updating import Report, update_action
from improvement.document.standing import standing_of
from improvement.plans.as_at import ActionAt
from improvement.rules.outcomes import Outcome
from improvement.rules.status import Status
from tests.pages import text, words

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 20)


def at(phase1, phase2=Status.UNKNOWN, target=None, outcome=Outcome.OPEN):
    return ActionAt(1, 1, phase1, phase2, outcome, target, target)


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ([], "It has no action yet."),
        ([at(Status.UNKNOWN)], "Where its one action stands isn’t known, and no date is given."),
        (
            [at(Status.UNKNOWN, target=Month(2020, 3)), at(Status.UNKNOWN)],
            "Where its 2 actions stand isn’t known.",
        ),
        (
            [at(Status.ON_TRACK, target=Month(2020, 3)), at(Status.COMPLETED, Status.COMPLETED)],
            "1 of its 2 actions is overdue. 1 is done, 1 with a confirmed impact.",
        ),
        (
            [at(Status.DELAYED, target=Month(2020, 3)), at(Status.ON_TRACK, target=Month(2020, 2))],
            "2 of its 2 actions are overdue. None is known to be done.",
        ),
        (
            [at(Status.ON_TRACK, target=Month(2020, 4)), at(Status.ON_TRACK)],
            "None of its 2 actions is overdue. None is known to be done.",
        ),
        (
            [at(Status.ON_TRACK), at(Status.COMPLETED)],
            "1 of its 2 actions is open, without a date. 1 is done, none with a confirmed impact.",
        ),
        (
            [at(Status.COMPLETED), at(Status.DELAYED, target=Month(2020, 1), outcome=Outcome.CLOSED)],
            "None of its 2 actions is open. 1 is done, none with a confirmed impact. 1 ended without being done.",
        ),
    ],
)
def test_the_exception_is_told_first(actions, sentence):
    assert standing_of(actions, TODAY).sentence == sentence


def test_a_bar_counts_the_actions_that_have_not_ended_by_status():
    ended = at(Status.DELAYED, outcome=Outcome.SUPERSEDED)
    standing = standing_of([at(Status.ON_TRACK), at(Status.COMPLETED), at(Status.ON_TRACK), ended], TODAY)

    done, difference = standing.bars
    assert [(one.status, one.number, one.start) for one in done.segments] == [
        (Status.COMPLETED, 1, 0),
        (Status.ON_TRACK, 2, 1),
    ]
    assert (done.total, difference.total) == (3, 3)
    assert standing_of([at(Status.UNKNOWN)], TODAY).bars == []


def test_the_small_plan_tells_what_is_overdue(read, plan):
    page = read("small", "priorities")

    assert "1 of 1 priority has an overdue action." in text(page)
    assert "1 of its 4 actions is overdue. 1 is done, none with a confirmed impact." in text(
        page.select_one(".card")
    )


def test_a_priority_shows_its_recommendations_as_the_overview_states_them(
    read, plan, turn, action, trust_manager
):
    update_action(
        turn(trust_manager, action("OR1", 1)),
        reports=[Report(1, Status.DELAYED, "Late", "A post is vacant", "", "Director")],
    )

    page = read("small", "priorities/1")

    first, second = page.select("#recommendations ~ table tbody tr")
    assert text(first).startswith("OR1 Row of OR1 0 of 2, 1 overdue 1")
    assert "T On track ≠ , its actions come to not on track" in text(first)
    assert text(second).startswith("OR2 Row of OR2 1 of 2 1")
    assert first.a["href"] == "/contracts/sandwell/plans/small/recommendations/OR1/"
    assert "Because" in text(page)


def test_the_plan_of_2019_has_eight_priorities_as_printed(read, plans):
    page = read("2019-22", "priorities")

    assert [text(card.h3) for card in page.select(".card")] == [
        "1 Leadership",
        "2 Workforce",
        "3 Practice",
        "4 Children in Care, Care Leavers and Permanence",
        "5 Exploitation",
        "6 Performance and Quality Assurance",
        "7 Partnerships",
        "8 Voice and Experience of the Child",
    ]


def test_twelve_priorities_stand_under_the_headings_of_2021(read, plans):
    page = read("2021-24", "priorities")

    assert [(text(head), len(head.find_next("ol").select(".card"))) for head in page.select("h2")] == [
        ("People", 2),
        ("Practice", 8),
        ("Partnerships", 1),
        ("Prevention", 1),
    ]
    assert "Where its 5 actions stand isn’t known, and no date is given." in text(page.select_one(".card"))


def test_one_leads_to_the_next(read, plans):
    middle, last = read("2019-22", "priorities/4"), read("2019-22", "priorities/8")

    assert [(link["rel"][0], text(link)) for link in middle.select(".neighbours a")] == [
        ("prev", "← Priority 3, Practice"),
        ("next", "Priority 5, Exploitation →"),
    ]
    assert [link["rel"][0] for link in last.select(".neighbours a")] == ["prev"]
    assert "with IFA2, IFA3, IFA4, IFA5, IFA6, IFA7, IFA8" in text(middle)


def test_what_the_document_says_of_it_stands_under_its_own_headings(read, plans):
    page = read("2018", "priorities/1")

    assert [text(head) for head in page.select("#about ~ div h3")] == ["Reported of the first year"]
    assert "It has no action yet." in text(page)
    assert "Also called" in text(read("2018", "priorities/4"))


@pytest.mark.parametrize("query", ["", "?as-at=2019-09-23"])
def test_pages_take_few_queries(signed_in, board_reader, plans, django_assert_max_num_queries, query):
    client = signed_in(board_reader)
    for part, most in (
        ("priorities", 8),
        ("priorities/4", 15),
        ("document", 11),
        ("milestones", 6),
        ("thread", 10),
    ):
        address = f"/contracts/sandwell/plans/2019-22/{part}/{query}"
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_there_is_no_such_priority(signed_in, board_reader, plan):
    client = signed_in(board_reader)

    assert client.get("/contracts/sandwell/plans/small/priorities/2/").status_code == 404
    assert client.get("/contracts/sandwell/plans/other/priorities/").status_code == 404


def test_a_recommendation_leads_back_to_its_priority(read, plan):
    page = read("small", "recommendations/OR1")

    assert "/contracts/sandwell/plans/small/priorities/1/" in [link["href"] for link in page.select("p a")]


def test_priorities_and_their_links_stay_at_the_day(
    signed_in, board_reader, plan, turn, action, trust_manager
):
    """OR1 1 was on track when the plan was printed, and is done today; whatever can show that day carries it on."""
    update_action(turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "Done")])
    day = "?as-at=2019-09-23"

    def read(part):
        answer = signed_in(board_reader).get(f"/contracts/sandwell/plans/small/{part}")
        return BeautifulSoup(answer.content, "lxml")

    page = read(f"priorities/1/{day}")
    assert "As it stood at the end of 23 September 2019." in text(page)
    assert text(page.select_one("#recommendations ~ table tbody tr")).startswith("OR1 Row of OR1 0 of 2 1")
    assert "2 of 2" not in text(page)
    assert page.select_one("tbody th a")["href"].endswith(f"recommendations/OR1/{day}")
    links = {text(link): link["href"] for link in page.select(".parts a, .govuk-breadcrumbs a")}
    assert {name for name, address in links.items() if address.endswith(day)} == {
        "Overview", "Priorities", "Small plan",
    }  # fmt: skip
    assert "Of today: Measures" in text(page.select_one(".parts"))
    assert page.find("a", string="Show today")["href"] == "?"
    assert read(f"priorities/{day}").select_one(".card a")["href"].endswith(f"priorities/1/{day}")
    assert "1 of 2" in text(read("priorities/1/").select_one("#recommendations ~ table tbody tr"))


def test_a_day_before_the_plan_began_says_so(signed_in, board_reader, plan):
    client = signed_in(board_reader)
    plan_page = "/contracts/sandwell/plans/small/"
    for part in ("", "priorities/", "priorities/1/", "recommendations/OR1/"):
        said = words(client.get(f"{plan_page}{part}?as-at=2018-01-31"))
        assert "The plan had not begun then: it runs from April 2019." in said, part
    assert client.get(f"{plan_page}priorities/1/?as-at=x").status_code == 404
