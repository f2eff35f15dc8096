"""Limits on signing in, also under parallel tries."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.signals import user_login_failed
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, RequestFactory

from audit.models import AuditEvent
from parties.limits import clear_old, client_address, count_try, forgive
from parties.models import SignInTries, User
from parties.sessions import begin_session
from tests.cast import PASSWORD

NOON = datetime(2019, 4, 8, 12, tzinfo=UTC)
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def tries(count, *, username="olive", address=HERE, now=NOON):
    return [count_try(username, address, now) for _ in range(count)]


@pytest.fixture
def limits(settings):
    settings.SIGN_IN_TRIES_PER_PERSON = 3
    settings.SIGN_IN_TRIES_PER_ADDRESS = 5
    settings.SIGN_IN_WINDOW_SECONDS = 900
    return settings


@pytest.mark.django_db
class TestCounting:
    def test_tries_up_to_the_limit_go_ahead(self, limits):
        *allowed, refused = tries(4)

        assert allowed == [None] * 3
        assert refused.again_at == NOON + timedelta(minutes=15)

    def test_only_the_first_refusal_of_a_window_is_told(self, limits):
        assert [refusal.is_first for refusal in tries(5)[3:]] == [True, False]

    def test_window_runs_from_the_first_try_and_refused_tries_do_not_extend_it(self, limits):
        tries(3)
        later = tries(2, now=NOON + timedelta(minutes=14, seconds=59))

        assert [refusal.again_at for refusal in later] == [NOON + timedelta(minutes=15)] * 2
        assert tries(1, now=NOON + timedelta(minutes=15)) == [None]

    def test_name_is_not_locked_from_elsewhere(self, limits):
        tries(4)

        assert tries(1, address=ELSEWHERE) == [None]

    def test_name_is_counted_in_any_case(self, limits):
        tries(3)

        assert tries(1, username="OLIVE") != [None]

    @pytest.mark.parametrize("typed", [" olive", "olive\u3000", "ｏｌｉｖｅ", "olıve", "oliv\0e", "OLIVE\n"])
    def test_name_is_counted_in_any_spelling(self, limits, typed):
        tries(3)

        assert tries(1, username=typed) != [None]

    def test_names_too_long_are_counted_as_one(self, limits):
        tries(3, username="o" * 150)

        assert tries(1, username="o" * 100_000) != [None]

    def test_address_has_a_limit_of_its_own(self, limits):
        allowed = [count_try(f"name{number}", HERE, NOON) for number in range(5)]

        assert allowed == [None] * 5
        assert count_try("name6", HERE, NOON).is_first
        assert count_try("name6", ELSEWHERE, NOON) is None

    def test_right_password_clears_the_pair_and_takes_back_the_try(self, limits):
        tries(3)
        forgive("olive", HERE)

        assert tries(2) == [None] * 2
        assert SignInTries.objects.order_by("-tries").first().tries == 4

    def test_ipv6_network_counts_as_one_address(self, limits):
        for number in range(3):
            count_try("olive", f"2001:db8::{number}", NOON)

        assert count_try("olive", "2001:db8::ffff", NOON) is not None
        assert count_try("olive", "2001:db8:0:1::1", NOON) is None

    def test_ipv4_addresses_within_ipv6_count_each_for_itself(self, limits):
        for _ in range(3):
            count_try("olive", "::ffff:203.0.113.7", NOON)

        assert count_try("olive", "203.0.113.7", NOON) is not None
        assert count_try("olive", "::ffff:198.51.100.7", NOON) is None

    def test_address_that_is_none_is_counted_too(self, limits):
        assert tries(4, address="")[3] is not None

    def test_old_counts_are_cleared(self, limits):
        tries(1)
        tries(1, username="tariq", address=ELSEWHERE, now=NOON + timedelta(minutes=10))

        assert clear_old(NOON + timedelta(minutes=15)) == 2
        assert SignInTries.objects.count() == 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", HERE),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", HERE),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "[2001:db8::7", "2001:db8::7"),
        (1, ":4711", HERE),
        (1, "not an address", HERE),
        (1, "", HERE),
    ],
)
def test_client_address_believes_trusted_proxies_only(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies

    request = rf.get("/", REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address


def test_spellings_of_a_name_share_its_tries(client, with_password, limits):
    typed = [" client-officer", "client-officer\u3000", "ｃlient-officer", "CLIENT-OFFICER "]

    answers = [client.post("/sign-in/", {"username": name, "password": "wrong"}) for name in typed]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert AuditEvent.objects.get(action="session.refused").subject_id == str(with_password.pk)


def test_too_many_tries_get_their_own_page_even_with_the_right_password(client, with_password, limits):
    wrong = {"username": "client-officer", "password": "wrong"}
    for _ in range(3):
        assert client.post("/sign-in/", wrong).status_code == 200

    answer = client.post("/sign-in/", {**wrong, "password": PASSWORD})

    html = answer.content.decode()
    assert answer.status_code == 429
    assert 890 <= int(answer["Retry-After"]) <= 900
    assert "You can try again at" in html
    assert "no password for this user name is looked at from where you are" in html
    assert "The account itself is not locked" in html
    # Another name may still be tried from here, as the page says.
    assert client.post("/sign-in/", {**wrong, "username": "somebody-else"}).status_code == 200
    assert client.post("/sign-in/", wrong, REMOTE_ADDR=ELSEWHERE).status_code == 200


def test_an_address_that_tried_too_many_names_is_told_that_it_is_no_single_name(client, db, limits):
    answers = [
        client.post("/sign-in/", {"username": f"name{number}", "password": "wrong"}) for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "for whatever user name" in answers[-1].content.decode()


def test_refusal_leaves_one_audit_entry_for_each_window(client, with_password, limits):
    for _ in range(5):
        client.post("/sign-in/", {"username": "client-officer", "password": "wrong"})

    refusals = AuditEvent.objects.filter(action="session.refused")
    assert [entry.summary for entry in refusals] == [
        "Signing in as client-officer was refused after too many tries from one address."
    ]


def test_refusal_does_not_keep_what_was_typed_for_a_name(client, db, limits):
    for _ in range(4):
        client.post("/sign-in/", {"username": "my secret password", "password": "wrong"})

    entry = AuditEvent.objects.get(action="session.refused")
    assert "secret" not in entry.summary
    assert entry.subject_id == "unknown"


def at_once(*acts):
    """Runs the functions in threads that start together; gives what they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_count_survives_a_row_that_others_delete(own_database):
    def count():
        for _ in range(40):
            count_try("olive", HERE, NOON)

    def delete():
        for _ in range(40):
            forgive("olive", HERE)
            clear_old(NOON + timedelta(days=1))

    assert at_once(count, count, count, delete) == []


@pytest.mark.django_db(transaction=True)
def test_deactivating_many_does_not_lock_out_those_who_sign_in(
    administrator, client_officer, scrutiny_member, own_database
):
    officers = [client_officer.pk, scrutiny_member.pk]

    def round_of(client, actions):
        for action in actions:
            chosen = {"action": action, "_selected_action": officers}
            assert client.post("/admin/parties/user/", chosen).status_code == 302

    def sign_in():
        for _ in range(10):
            for officer in reversed(officers):
                request = RequestFactory().get("/")
                request.session = SessionStore()
                begin_session(request, User.objects.get(pk=officer))

    def administer():
        client = Client()
        client.force_login(administrator)
        round_of(client, ["deactivate", "reactivate"] * 5)

    assert at_once(administer, sign_in, sign_in) == []


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_tries_get_ten_password_checks(with_password, own_database, settings):
    settings.SIGN_IN_TRIES_PER_PERSON = 10
    settings.SIGN_IN_TRIES_PER_ADDRESS = 100
    checked, answers = [], []
    start = threading.Barrier(50)

    def check(**signal):
        checked.append(signal)

    def attempt(number):
        start.wait()
        try:
            wrong = {"username": "client-officer", "password": f"guess {number}"}
            answers.append(Client().post("/sign-in/", wrong).status_code)
        finally:
            connection.close()

    user_login_failed.connect(check)
    try:
        attempts = [threading.Thread(target=attempt, args=[number]) for number in range(50)]
        for thread in attempts:
            thread.start()
        for thread in attempts:
            thread.join()
    finally:
        user_login_failed.disconnect(check)

    assert len(checked) == 10
    assert sorted(answers) == [200] * 10 + [429] * 40
