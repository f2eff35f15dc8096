"""What the page says of each notice and of its e-mail, from rows that were never written."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from notices.models import Digest, Notice
from notices.presenters import NoticesPage, notices_page

NOW = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
DAY = date(2026, 6, 2)


def shown(*notices: Notice, email: str = "manager@trust.example") -> NoticesPage:
    participant: Any = SimpleNamespace(user=SimpleNamespace(email=email))
    return notices_page(participant, notices, NOW)


def notice(**what: Any) -> Notice:
    return Notice(
        **{"kind": "queried", "words": "The council asks about PI9.", "at": NOW, "by_mail": True} | what
    )


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({}, "goes out with your next e-mail"),
        (
            {"by_mail": False},
            "not sent by e-mail: you chose so, or it no longer held when the e-mail went out",
        ),
        ({"at": NOW - timedelta(days=20)}, "not sent by e-mail"),
        (
            {"digest": Digest(day=DAY, sent_at=datetime(2026, 6, 2, 7, 0, tzinfo=UTC))},
            "sent by e-mail on 2 June 2026",
        ),
        ({"digest": Digest(day=DAY)}, "the e-mail is on its way; where it fails, it is tried again"),
    ],
    ids=["waits", "not chosen", "too old", "sent", "under way"],
)
def test_what_became_of_it(what, words):
    ((_, (row,)),) = shown(notice(**what)).days

    assert row.mail == words


def test_the_first_sentence_counts_todays():
    assert shown(notice(), notice()).summary == "2 notices today, the latest at 13:00."
    assert shown(notice(), notice(at=NOW - timedelta(days=1))).summary.startswith(
        "1 notice today, the latest at"
    )


def test_a_kind_that_there_is_no_more_goes_by_its_name():
    ((_, (row,)),) = shown(notice(kind="thought.of_once")).days

    assert row.kind == "thought.of_once"
