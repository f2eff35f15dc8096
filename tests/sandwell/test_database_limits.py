"""How long a database is waited for, and what is said of what was sent to it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from typing import Any

import psycopg2
import pytest
from django.core.signals import request_started
from psycopg2 import extensions

from sandwell.database.limits import Limits, options
from sandwell.database.saved import NotingConnection, NotingCursor, perhaps_saved, take_note
from sandwell.database.silence import Server, ServerHangs
from tests.installation import poll, spare_port


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A port whose kernel takes connections, as that of a stopped server does."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def connecting_to() -> Iterator[Callable[[int], tuple[Server, Callable[[], Any]]]]:
    """connecting_to(port) as pages do: the server as this process knows it, and what connects to it."""

    def make(port: int) -> tuple[Server, Callable[[], Any]]:
        connect = partial(
            psycopg2.connect, host="127.0.0.1", port=port, dbname="x", user="x", sslmode="disable"
        )
        server = Server(connect, connecting=1, statement=1)
        extensions.set_wait_callback(server.wait)
        return server, connect

    yield make
    extensions.set_wait_callback(None)


@pytest.fixture
def noting(db: None) -> Iterator[None]:
    take_note()
    request_started.send(sender=None)
    yield
    request_started.disconnect(dispatch_uid="perhaps_saved")


def speak(listening: socket.socket, words: bytes, *, silent_first: bool = False) -> threading.Thread:
    """Answers whoever connects, but for the first where that is wanted, until the port is closed."""
    listening.settimeout(3)
    kept = []

    def answer() -> None:
        with suppress(OSError):
            while True:
                kept.append(listening.accept()[0])
                if words and not (silent_first and len(kept) == 1):
                    kept[-1].send(words)
        for one in kept:
            one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    return thread


def test_who_waits_for_a_silent_server_is_let_go_and_the_next_do_not_wait(listening, connecting_to):
    server, connect = connecting_to(listening.getsockname()[1])

    began = time.monotonic()
    with pytest.raises(ServerHangs):
        connect()
    first = time.monotonic() - began
    with pytest.raises(ServerHangs):
        connect()
    second = time.monotonic() - began - first

    assert (first < 2, second < 0.2, server.hangs()) == (True, True, True)
    speaking = speak(listening, b"E")
    poll(lambda: not server.hangs(), seconds=4)
    speaking.join()


def test_a_server_that_is_gone_does_not_hang(connecting_to):
    server, connect = connecting_to(spare_port())

    with pytest.raises(psycopg2.OperationalError, match="refused"):
        connect()

    assert not server.hangs()


def test_one_silent_connection_of_a_server_that_speaks_to_others_is_given_up_later(listening, connecting_to):
    server, connect = connecting_to(listening.getsockname()[1])
    speaking = speak(listening, b"R", silent_first=True)

    with pytest.raises(ServerHangs, match="One connection"):
        connect()

    assert not server.hangs()
    speaking.join()


def test_what_the_address_says_goes_before_the_limits():
    made = options(
        Limits(3, statement=10, lock=0, idle_in_transaction=2), {"options": "-c a=b", "keepalives": 0}
    )

    assert made["options"] == "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=2000 -c a=b"
    assert (made["connect_timeout"], made["keepalives"]) == (3, 0)


@pytest.mark.services
@pytest.mark.parametrize(
    ("autocommit", "statement", "commit", "perhaps"),
    [
        (True, "SELECT 1", False, False),
        (True, "CREATE TEMPORARY TABLE t (a int)", False, True),
        (False, "CREATE TEMPORARY TABLE t (a int)", False, False),
        (False, "SELECT 1", True, True),
    ],
)
def test_what_may_have_been_saved_is_noted(noting, autocommit, statement, commit, perhaps):
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connection_factory=NotingConnection)
    connection.cursor_factory = NotingCursor

    with closing(connection):
        connection.autocommit = autocommit
        connection.cursor().execute(statement)
        if commit:
            connection.commit()

    assert perhaps_saved() is perhaps
