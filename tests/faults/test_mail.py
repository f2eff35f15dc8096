"""The sending command is killed, by chance and where it hurts most, and every notice is mailed all the same."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.installation import Installation
from tests.mail_server import MailServer, mail_server, plain

WITH_REDIS = WITH_WEB = False
KILLS = 6


@pytest.fixture
def post(site: Installation) -> Iterator[MailServer]:
    with mail_server() as server:
        site.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "NOTICES_FROM_HOUR": "0"}
        yield server


def start(site: Installation) -> None:
    site.start("mailer", sys.executable, "manage.py", "send_notices")


def kill_at(site: Installation, wanted: int, post: MailServer):
    """Kills the sender once the mail server has so many mails, before it hears that the last one was taken."""

    def after(mail: object) -> str:
        if len(post.mails) == wanted:
            site.kill("mailer")
        return "250 Taken"

    return after


def test_a_killed_sender_loses_no_notice_and_repeats_under_the_same_message_id(site, post):
    chance = random.Random(20200331)
    for _ in range(KILLS):
        start(site)
        time.sleep(chance.uniform(0.3, 1.6))
        site.kill("mailer")
    by_chance = len(post.mails)
    for wanted in range(by_chance + 1, by_chance + 3):
        post.after = kill_at(site, wanted, post)
        start(site)
        if sender := site.processes.get("mailer"):
            sender.wait(timeout=60)
            site.processes.pop("mailer", None)
    post.after = lambda mail: "250 Taken"

    last = site.manage("send_notices").stdout
    again = site.manage("send_notices").stdout

    times = Counter(post.ids)
    assert len(times) == 3, (
        "one mail for the officer, one for the council's finance officer, one for the manager"
    )
    assert sorted(set(post.recipients)) == [
        "client-officer@demonstration.example",
        "council-finance@demonstration.example",
        "trust-manager@demonstration.example",
    ]
    for one in times:
        assert len({plain(mail) for mail in post.mails if mail["Message-ID"] == one}) == 1
    assert "0 notices of deadlines written" in last
    assert again == "0 notices of deadlines written; 0 e-mails sent, 0 failed\n"
