"""Whatever the worker does: every notice is mailed, each in one e-mail, and an e-mail that comes twice says so.

Against a real mail server, which counts what it took by Message-ID. Killing the process itself is in tests/faults.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from notices import digests
from notices.creating import create_notices
from notices.digests import send_digests
from notices.models import Digest, Notice
from parties.services import create_user, grant_membership
from tests.cast import BY
from tests.mail_server import mail_server, plain
from tests.own_database import database_for_threads

EIGHT = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The worker dies here: nothing after it runs, and what wasn't committed is gone."""


def die(*arguments, **named):
    raise Killed


def send_and_die(monkeypatch, where, name, how=die) -> None:
    """A sweep that dies where ``where.name`` would be called, or as ``how`` does it."""
    with monkeypatch.context() as patch:
        patch.setattr(where, name, how)
        with pytest.raises(Killed):
            send_digests(now=EIGHT)


@pytest.fixture
def post(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture
def told(contract):
    """Three managers with two notices each."""
    people = []
    for name in ("ada", "ben", "cy"):
        user = create_user(username=name, email=f"{name}@trust.example", by=BY)
        grant_membership(user=user, organisation=contract.provider, role="trust_manager", by=BY)
        people.append(user)
    for number in (1, 2):
        create_notices(
            people=people,
            contract=contract,
            kind="queried",
            key=f"step {number}",
            words=f"The council asks, {number}.",
            path="/contracts/sandwell/review/",
        )
    Notice.objects.update(at=EIGHT)
    return people


def everything_was_sent(post, *, more_than_once: int = 0) -> None:
    """Each person's two notices came in one e-mail; of so many the same e-mail came twice."""
    times = Counter(post.ids)
    assert len(times) == 3
    assert sum(times.values()) == 3 + more_than_once
    words: dict[str, set[str]] = {}
    for mail in post.mails:
        words.setdefault(str(mail["Message-ID"]), set()).add(plain(mail))
    assert all(len(said) == 1 for said in words.values()), "repeated, it says the same"
    assert all("asks, 1." in said and "asks, 2." in said for (said,) in words.values())
    assert Notice.objects.filter(digest__sent_at__isnull=False).count() == 6
    assert Digest.objects.count() == 3


@pytest.mark.django_db
class TestDying:
    def test_before_anything_is_claimed(self, post, told, monkeypatch):
        send_and_die(monkeypatch, digests, "claim_digests")
        assert post.mails == []

        send_digests(now=EIGHT)

        everything_was_sent(post)

    def test_while_claiming(self, post, told, monkeypatch):
        send_and_die(monkeypatch, Notice._default_manager._queryset_class, "update")
        assert not Digest.objects.exists()

        send_digests(now=EIGHT)

        everything_was_sent(post)

    def test_after_claiming_and_before_sending(self, post, told, monkeypatch):
        send_and_die(monkeypatch, digests, "email")
        assert (post.mails, Digest.objects.filter(sent_at=None).count()) == ([], 3)

        send_digests(now=EIGHT)

        everything_was_sent(post)

    def test_after_the_mail_servers_answer_and_before_our_commit(self, post, told, monkeypatch):
        """The one gap that can't be closed: the same e-mail again, under the same Message-ID."""
        for _ in range(2):
            send_and_die(monkeypatch, digests.clock, "now")
        assert len(post.mails) == 2

        send_digests(now=EIGHT)

        everything_was_sent(post, more_than_once=2)

    def test_between_two_mails(self, post, told, monkeypatch):
        real = digests.email

        def second_dies(digest, *rest):
            if post.mails:
                raise Killed
            return real(digest, *rest)

        send_and_die(monkeypatch, digests, "email", second_dies)
        assert len(post.mails) == 1

        send_digests(now=EIGHT)

        everything_was_sent(post)

    def test_notices_that_come_while_it_lies_dead_wait_for_the_next_day(
        self, post, told, contract, monkeypatch
    ):
        send_and_die(monkeypatch, digests.clock, "now")
        create_notices(
            people=told,
            contract=contract,
            kind="queried",
            key="step 3",
            words="The council asks, 3.",
            path="/",
        )

        send_digests(now=EIGHT)

        assert all("asks, 3." not in plain(mail) for mail in post.mails)
        assert Notice.objects.filter(digest=None).count() == 3


@pytest.mark.django_db
class TestTheMailServer:
    def test_refuses_one_person_and_the_others_get_theirs(self, post, told, caplog):
        post.before = lambda recipient: "550 No such box" if recipient.startswith("ada") else "250 Taken"

        done = send_digests(now=EIGHT)

        assert (done.sent, done.failed) == (2, 1)
        assert post.recipients == ["ben@trust.example", "cy@trust.example"]
        assert Digest.objects.filter(sent_at=None).count() == 1

    def test_is_asked_again_for_that_person_later_and_later(self, post, told):
        post.before = lambda recipient: "450 Come back later" if recipient.startswith("ada") else "250 Taken"
        tries = [minute for minute in range(120) if send_digests(now=EIGHT + minute * MINUTE).failed]
        assert tries == [0, 5, 15, 35, 75]

        post.before = lambda recipient: "250 Taken"
        send_digests(now=EIGHT + 156 * MINUTE)

        everything_was_sent(post)

    def test_is_gone(self, post, told, settings):
        settings.EMAIL_PORT = 1
        gone = send_digests(now=EIGHT)
        assert (gone.sent, gone.failed) == (0, 3)
        assert gone.why_none == "The mail server failed; it is tried again at 09:05."

        settings.EMAIL_PORT = post.port
        waits = send_digests(now=EIGHT + 4 * MINUTE)
        assert waits.why_none == "The mail server failed; it is tried again at 09:05."
        assert post.mails == []

        assert send_digests(now=EIGHT + 5 * MINUTE).sent == 3
        everything_was_sent(post)

    def test_refuses_the_mail_itself(self, post, told):
        post.after = lambda mail: "554 Looks like spam" if len(post.mails) == 1 else "250 Taken"

        done = send_digests(now=EIGHT)

        assert (done.sent, done.failed) == (2, 1)

    def test_hangs_up_between_two_mails(self, post, told):
        post.after = lambda mail: "421 Closing" if len(post.mails) == 2 else "250 Taken"

        done = send_digests(now=EIGHT)
        assert done.sent < 3
        assert done.failed

        post.after = lambda mail: "250 Taken"
        for later in (5, 10):
            send_digests(now=EIGHT + later * MINUTE)
        assert len(set(post.ids)) == 3
        assert Notice.objects.filter(digest__sent_at__isnull=False).count() == 6

    def test_works_again_and_the_next_failure_waits_briefly(self, post, told, settings):
        settings.EMAIL_PORT = 1
        send_digests(now=EIGHT)
        send_digests(now=EIGHT + 5 * MINUTE)
        settings.EMAIL_PORT = post.port
        assert send_digests(now=EIGHT + 15 * MINUTE).sent == 3

        assert digests.MAIL_SERVER.lengthen(EIGHT) == EIGHT + 5 * MINUTE

    def test_a_backoff_ends_where_the_clock_went_back(self, settings):
        digests.MAIL_SERVER.lengthen(EIGHT + 12 * 60 * MINUTE)

        assert digests.MAIL_SERVER.until(EIGHT) is None

    def test_a_mail_that_can_not_be_written_keeps_nobody_else(self, post, told, monkeypatch):
        real = digests.email

        def fails_for_ada(digest, *rest):
            assert digest.user.username != "ada", "this one can't be written"
            return real(digest, *rest)

        monkeypatch.setattr(digests, "email", fails_for_ada)

        assert send_digests(now=EIGHT) == digests.Sent(sent=2, failed=1)

    def test_an_address_that_is_none_keeps_nobody_else(self, post, told):
        type(told[0]).objects.filter(pk=told[0].pk).update(email="ada@trust.example\nBcc: all@trust.example")

        done = send_digests(now=EIGHT)

        assert (done.sent, done.failed) == (2, 1)
        assert post.recipients == ["ben@trust.example", "cy@trust.example"]


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_once(post, told, tmp_path):
    start, raised = threading.Barrier(4), []

    def work():
        start.wait()
        try:
            send_digests(now=EIGHT)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            raised.append(error)
        finally:
            connection.close()

    with database_for_threads(tmp_path) as run:
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        sent = run(
            lambda: (Digest.objects.filter(sent_at=None).count(), Notice.objects.filter(digest=None).count())
        )

    assert raised == []
    assert sent == (0, 0)
    assert sorted(Counter(post.ids).values()) == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("protected", [True, False])
def test_a_worker_does_not_send_what_another_is_sending(post, told, tmp_path, monkeypatch, protected):
    """The mail server holds the first worker in the middle of a mail, and a second worker starts.

    Without the lock on the row the mail comes twice. SQLite has one writer at a time, with or without it: there the
    second would wait for the first, which waits here, so none is started.
    """
    second: list[int] = []
    on_sqlite = connection.vendor == "sqlite"
    if not protected:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    with database_for_threads(tmp_path) as run:

        def while_the_first_waits(mail):
            if len(post.mails) == 1 and not on_sqlite:
                second.append(run(lambda: send_digests(now=EIGHT).sent))
            return "250 Taken"

        post.after = while_the_first_waits
        run(lambda: send_digests(now=EIGHT))
        unsent = run(lambda: Digest.objects.filter(sent_at=None).count())

    assert unsent == 0
    times = sorted(Counter(post.ids).values())
    if on_sqlite:
        assert (second, times) == ([], [1, 1, 1])
    else:
        assert (second, times) == (([2], [1, 1, 1]) if protected else ([3], [1, 1, 2]))
