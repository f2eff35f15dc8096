"""A person's own notices, what became of each as an e-mail, and what they choose to be mailed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from core import clock
from notices.creating import create_notices
from notices.models import Digest, Notice, NoticeChoice
from parties.services import change_details, grant_membership
from tests.cast import BY
from tests.conftest import _person
from tests.pages import page as read
from tests.pages import text

pytestmark = pytest.mark.django_db

ADDRESS = "/contracts/sandwell/notices/"
NOW = clock.now()
ACTIONS_DUE = "actions of yours are due this month, or evidence is to be looked at again"
ACTIONS_OVERDUE = "actions of yours are overdue, or without a word since the last review"
OF_ACTIONS = (
    "the other party asks you to settle what became of an action",
    "an action of yours is confirmed, sent back, or to be shown anew",
    "somebody comments on an action that concerns you, or gives you one",
)
MONEY_DUE = "a month’s money, or an answer about it, is due within three working days"
MONEY_OVERDUE = "a month’s money, or an answer about it, is overdue"
ANSWER_DUE = "the council’s answer to a month’s money is due within three working days"
ANSWER_OVERDUE = "the council’s answer to a month’s money is overdue"
TRUSTS_MONEY = (
    "the council asks about the money",
    "all that was submitted of a month’s money is accepted",
    "the council proposes to change a budget",
    "the council agrees to a change of a budget, or declines it",
)
COUNCILS_MONEY = (
    "a month’s money is submitted",
    "a question about the money is answered or disputed",
    "the Trust proposes to change a budget",
    "the Trust agrees to a change of a budget, or declines it",
)


@pytest.fixture
def manager(trust_manager):
    change_details(
        user=trust_manager, by=BY, email="manager@trust.example", first_name="Mina", last_name="Marsh"
    )
    return trust_manager


def notify(contract, user, *, kind="queried", key="step 1", words="The council asks about PI9.", **rest):
    create_notices(
        people=[user],
        contract=contract,
        kind=kind,
        key=key,
        words=words,
        path="/contracts/sandwell/review/PI9/",
    )
    Notice.objects.filter(user=user, key=key).update(**rest)


def page(client):
    return read(client, "", ADDRESS)


def boxes(soup) -> dict[str, bool]:
    return {
        text(soup.find("label", attrs={"for": box["id"]})): box.has_attr("checked")
        for box in soup.find_all("input", attrs={"type": "checkbox"})
    }


def test_latest_first_by_day_each_with_its_page(contract, manager, signed_in):
    notify(contract, manager, key="1", at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC))
    # Half past midnight in London: already the 2nd.
    notify(contract, manager, key="2", words="Of the night.", at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
    notify(
        contract, manager, key="3", kind="accepted", words="Three.", at=datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
    )

    shown = page(signed_in(manager))

    assert [text(head) for head in shown.select("main h2")] == ["2 June 2026", "1 June 2026", "By e-mail"]
    assert [text(one) for one in shown.select(".notices__words")] == [
        "Three.",
        "Of the night.",
        "The council asks about PI9.",
    ]
    assert shown.select_one(".notices__words a")["href"] == "/contracts/sandwell/review/PI9/"
    assert text(shown.select(".notices__mail")[0]).startswith("Accepted by the council , 10:00;")
    assert text(shown.select_one(".lede")) == "No notice today; the latest is of 2 June 2026."


def test_without_an_address_it_says_so_and_who_adds_one(contract, trust_manager, signed_in):
    notify(contract, trust_manager)

    shown = page(signed_in(trust_manager))

    assert text(shown.select_one(".notices__mail")).endswith("; not sent: you have no e-mail address")
    assert "An administrator of your organisation can add one." in text(shown.find("main"))


def test_the_address_and_who_changes_it(manager, signed_in):
    words = text(page(signed_in(manager)).find("section", attrs={"aria-labelledby": "by-mail"}))

    assert "Your e-mails go to manager@trust.example , at most one a day." in words
    assert "An administrator of your organisation can change the address." in words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("trust_manager", "when the council asks about a figure, when the council accepts figures"),
        ("client_officer", "when the Trust answers a query"),
    ],
)
def test_an_empty_page_says_what_will_be_here(request, signed_in, who, words):
    shown = page(signed_in(request.getfixturevalue(who)))

    assert text(shown.select_one(".lede")) == "You have no notices yet."
    assert words in text(shown.select_one(".empty"))


def test_only_ones_own_and_of_this_contract(contract, manager, client_officer, other_contract, signed_in):
    grant_membership(user=client_officer, organisation=contract.commissioner, role="administrator", by=BY)
    notify(contract, manager, key="1", words="For the manager.")
    notify(contract, client_officer, key="2", words="For the officer.")
    notify(other_contract, manager, key="3", words="Of elsewhere.")

    assert [text(one) for one in page(signed_in(manager)).select(".notices__words")] == ["For the manager."]
    assert [text(one) for one in page(signed_in(client_officer)).select(".notices__words")] == [
        "For the officer."
    ]


def test_each_role_chooses_among_its_own_kinds(manager, client_officer, contract, signed_in):
    assert boxes(page(signed_in(manager))) == {
        f"figures or answers to queries are due within three working days, or {ACTIONS_DUE}, or {MONEY_DUE}": True,
        f"figures or answers to queries are overdue, or {ACTIONS_OVERDUE}, or {MONEY_OVERDUE}": True,
        "the council asks about a figure": True,
        "the council accepts figures": True,
        **dict.fromkeys((*OF_ACTIONS, *TRUSTS_MONEY), True),
    }
    assert boxes(page(signed_in(client_officer))) == {
        f"the council’s answers are due within three working days, or {ACTIONS_DUE}, or {ANSWER_DUE}": True,
        f"the council’s answers are overdue, or {ACTIONS_OVERDUE}, or {ANSWER_OVERDUE}": True,
        "the Trust answers a query": True,
        **dict.fromkeys((*OF_ACTIONS, *COUNCILS_MONEY), True),
    }


def test_who_sits_in_both_parties_chooses_among_all(manager, contract, signed_in):
    manager.memberships.create(organisation=contract.commissioner, role="client_officer")

    assert list(boxes(page(signed_in(manager)))) == [
        "figures or answers to queries are due within three working days,"
        f" or the council’s answers are due within three working days, or {ACTIONS_DUE},"
        f" or {MONEY_DUE}, or {ANSWER_DUE}",
        f"figures or answers to queries are overdue, or the council’s answers are overdue, or {ACTIONS_OVERDUE},"
        f" or {MONEY_OVERDUE}, or {ANSWER_OVERDUE}",
        "the council asks about a figure",
        "the Trust answers a query",
        "the council accepts figures",
        *OF_ACTIONS,
        COUNCILS_MONEY[0],
        TRUSTS_MONEY[0],
        COUNCILS_MONEY[1],
        TRUSTS_MONEY[1],
        f"{TRUSTS_MONEY[2]}, or {COUNCILS_MONEY[2]}",
        f"{TRUSTS_MONEY[3]}, or {COUNCILS_MONEY[3]}",
    ]


def test_a_choice_is_kept_and_stands_in_the_trail(manager, signed_in):
    client = signed_in(manager)

    answer = client.post(ADDRESS, {"wanted": ["queried", "overdue"]}, follow=True)

    assert "Your choice is kept." in answer.content.decode()
    assert list(boxes(page(client)).values()) == [False, True, True, *[False] * 8]
    assert set(NoticeChoice.objects.values_list("user__username", "kind")) == {
        ("trust-manager", "accepted"),
        ("trust-manager", "due"),
        ("trust-manager", "plan_asked"),
        ("trust-manager", "plan_answered"),
        ("trust-manager", "plan_comment"),
        ("trust-manager", "money_asked"),
        ("trust-manager", "money_accepted"),
        ("trust-manager", "change_proposed"),
        ("trust-manager", "change_answered"),
    }
    entry = AuditEvent.objects.latest("sequence")
    assert (entry.action, entry.actor, entry.contract_code) == ("notices.chosen", "trust-manager", "sandwell")
    assert entry.summary == (
        "trust-manager chose what to be told by e-mail: overdue, queried by the council."
    )
    assert "manager@trust.example" not in entry.summary + str(entry.changes)


def test_the_same_choice_twice_is_one_entry_and_nothing_is_a_choice(manager, signed_in):
    client = signed_in(manager)
    before = AuditEvent.objects.count()

    for _ in range(2):
        answer = client.post(ADDRESS, {}, follow=True)

    assert "It was so already." in answer.content.decode()
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.latest("sequence").summary.endswith("by e-mail: nothing.")
    assert not any(boxes(page(client)).values())


def test_a_kind_of_another_role_is_refused_and_what_was_ticked_stays(manager, signed_in):
    answer = signed_in(manager).post(ADDRESS, {"wanted": ["queried", "answered"]})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: Notices" in html
    assert "Choose from the list" in html
    assert not NoticeChoice.objects.exists()


def test_choosing_leaves_the_kinds_of_another_role_alone(manager, contract, signed_in):
    NoticeChoice.objects.create(user=manager, kind="answered")

    own = ["due", "overdue", "queried", "accepted", "plan_asked", "plan_answered", "plan_comment"]
    own += ["money_asked", "money_accepted", "change_proposed", "change_answered"]
    signed_in(manager).post(ADDRESS, {"wanted": own})

    assert list(NoticeChoice.objects.values_list("kind", flat=True)) == ["answered"]


def test_queries_stay_few_and_the_list_ends(contract, manager, signed_in, django_assert_max_num_queries):
    digest = Digest.objects.create(user=manager, day=date(2026, 6, 2), sent_at=NOW)
    for number in range(120):
        notify(contract, manager, key=str(number), digest=digest)
    client = signed_in(manager)

    with django_assert_max_num_queries(7):
        shown = page(client)

    assert len(shown.select(".notices__one")) == 100
    assert "Older notices are not shown." in text(shown.find("main"))


def test_it_is_reached_from_the_header_and_the_account(manager, scrutiny_member, signed_in):
    for address in ("/account/", ADDRESS):
        links = [link["href"] for link in read(signed_in(manager), "", address).find_all("a")]
        assert reverse("notices:notices", args=["sandwell"]) in links
    assert ADDRESS not in signed_in(scrutiny_member).get("/account/").content.decode()


def test_whom_no_kind_reaches_is_told_so_and_chooses_nothing(contract, signed_in):
    reader = _person("board-reader", contract.commissioner, "board_reader")
    shown = read(signed_in(reader), "", ADDRESS)

    assert "Nothing that happens here is told to your role" in text(shown.main)
    assert "You will find here" not in text(shown.main)
    assert shown.find("input", {"name": "wanted"}) is None
    assert "By e-mail" not in text(shown.main)
