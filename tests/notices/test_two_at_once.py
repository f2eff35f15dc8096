"""Two commands tell what falls due at the same moment: each person is told once, and each counts its own."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from notices.models import Notice
from parties.models import Contract
from tests.shell import run

BOTH_HAVE_FOUND_WHAT_TO_TELL = 1.5


def counted(answer: str) -> int:
    return int(re.fullmatch(r"(\d+) notices? of deadlines written;.*", answer.splitlines()[0])[1])


def command() -> int:
    try:
        return counted(run("send_notices").out)
    finally:
        connection.close()


def hold(held: threading.Event, go_on: threading.Event) -> None:
    """Nobody writes meanwhile, while everybody may read: commands find what to tell, and wait to write it."""
    try:
        with transaction.atomic():
            list(Contract.objects.select_for_update())
            held.set()
            go_on.wait(20)
    finally:
        connection.close()


def test_each_of_two_commands_counts_what_it_wrote(demonstration, settings, own_database):
    settings.NOTICES_FROM_HOUR = 24  # no e-mails
    held, go_on = threading.Event(), threading.Event()

    with ThreadPoolExecutor(3) as people:
        people.submit(hold, held, go_on)
        assert held.wait(20)
        commands = [people.submit(command) for _ in range(2)]
        time.sleep(BOTH_HAVE_FOUND_WHAT_TO_TELL)
        go_on.set()
        written = [command.result() for command in commands]

    assert own_database(Notice.objects.count) == 2
    assert sum(written) == 2
