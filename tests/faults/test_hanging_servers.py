"""PostgreSQL or Redis hangs or is gone: nobody waits for it, what is said is true, and all goes on when it is back."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from tests.html_rules import faults
from tests.installation import Installation, installation, loaded_once, poll, spare_port
from tests.own_postgres import OwnPostgres, own_postgres

pytestmark = pytest.mark.services

DASHBOARD = "/contracts/sandwell/"
INDICATOR = "/contracts/sandwell/indicators/PI1/"
RETURN = "/contracts/sandwell/returns/2020-03/"
UPLOAD = f"{RETURN}spreadsheet/"
STATUSES = "/api/v1/contracts/sandwell/statuses/"
AT_MOST = 2.0
PROCESSES = 2
# For the server to have read what was sent to it.
A_MOMENT = 0.4


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@pytest.fixture(scope="module")
def postgres() -> Iterator[OwnPostgres]:
    with own_postgres() as server:
        server.copy(loaded_once("2020-03"))
        yield server


@pytest.fixture(scope="module")
def site(postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("hanging")
    with installation(folder, with_web=False, database=postgres.address) as running:
        running.environment |= {"DATABASE_LOCK_SECONDS": "2", "LIVE_PORT": str(spare_port())}
        running.start_web(PROCESSES)
        for _ in range(PROCESSES * 4):
            running.get(DASHBOARD)
        yield running


@pytest.fixture(scope="module")
def cookies(site: Installation) -> dict[str, str]:
    return {name: site.sign_in(name) for name in ("client-officer", "trust-manager")}


@pytest.fixture
def ask(site: Installation, cookies: dict[str, str]) -> Any:
    """ask("GET", path) as the client officer; ask("POST", path, **fields) as the Trust manager, with a file perhaps.
    A monitor is nobody.
    """
    token = BeautifulSoup(site.get(RETURN, Cookie=cookies["trust-manager"])[2], "lxml").find(
        "input", attrs={"name": "csrfmiddlewaretoken"}
    )
    sent_with = {"csrfmiddlewaretoken": str(token["value"])}  # type: ignore[index, call-overload]

    def send(method: str, path: str, **fields: str) -> Answer:
        who = "client-officer" if method == "GET" else "trust-manager"
        headers, body = {"Cookie": "" if path.startswith("/health/") else cookies[who]}, None
        if method == "POST":
            headers["Content-Type"] = "multipart/form-data; boundary=edge"
            body = _form(sent_with | fields)
        began, connection = time.monotonic(), HTTPConnection("127.0.0.1", site.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)
        finally:
            connection.close()

    return send


def _form(fields: dict[str, str]) -> bytes:
    parts = []
    for name, value in fields.items():
        file = '; filename="march.csv"' if name == "file" else ""
        parts.append(f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n')
    return ("".join(parts) + "--edge--\r\n").encode()


def march(numerator: int) -> str:
    """A file as the Trust hands it in."""
    return (
        f"indicator,month,numerator,denominator,value,commentary\nPI1,2020-03,{numerator},1000,,Recounted\n"
    )


@contextmanager
def hanging(postgres: OwnPostgres) -> Iterator[None]:
    postgres.hang()
    try:
        yield
    finally:
        postgres.go_on()


@contextmanager
def gone(postgres: OwnPostgres) -> Iterator[None]:
    postgres.kill()
    try:
        yield
    finally:
        postgres.start()


@contextmanager
def locked(postgres: OwnPostgres, table: str = "kpis_figuresversion") -> Iterator[Callable[[], None]]:
    """What reads the table waits until it is let go, such as every page of a contract."""
    with closing(postgres.session()) as session, session.cursor() as cursor:
        cursor.execute(f"BEGIN; LOCK TABLE {table}")
        yield lambda: cursor.execute("ROLLBACK")


@contextmanager
def redis_hanging(site: Installation) -> Iterator[None]:
    site.processes["redis"].send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        site.processes["redis"].send_signal(signal.SIGCONT)


@contextmanager
def redis_full(site: Installation) -> Iterator[None]:
    _configure(site, "1")
    try:
        yield
    finally:
        _configure(site, "0")


def _configure(site: Installation, maxmemory: str) -> None:
    command = ["redis-cli", "-p", str(site.redis_port), "config", "set", "maxmemory", maxmemory]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("away", [hanging, gone])
def test_without_its_database_everything_is_answered_in_time(site, postgres, ask, away):
    assert ask("GET", DASHBOARD).status == 200

    with away(postgres):
        with ThreadPoolExecutor(60) as people:
            pages = [people.submit(ask, "GET", DASHBOARD) for _ in range(50)]
            time.sleep(0.1)
            alive = people.submit(ask, "GET", "/health/live").result()
        answers = {
            "indicator": ask("GET", INDICATOR),
            "sign-in": ask("GET", "/sign-in/"),
            "sent sign-in": ask("POST", "/sign-in/", username="nobody", password="wrong"),
            "file": ask("POST", UPLOAD, file=march(801)),
            "administration": ask("GET", "/admin/"),
        }
        api, ready = ask("GET", STATUSES), ask("GET", "/health/ready")

    poll(lambda: ask("GET", DASHBOARD).status == 200, seconds=5)  # at once, where the machine isn't busy
    assert (alive.status, alive.seconds < 1) == (200, True)
    for answer in (*(page.result() for page in pages), *answers.values(), api):
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert answer.seconds < AT_MOST
    for answer in answers.values():
        assert faults(answer.text) == []
        assert "database isn’t answering" in answer.text
    assert "Nothing was lost" in answers["indicator"].text
    assert "What you sent was not saved" in answers["file"].text
    assert "try again in a minute" in json.loads(api.text)["detail"]
    assert (ready.status, ready.seconds < AT_MOST) == (503, True)
    assert json.loads(ready.text)["checks"] == {"database": "unreachable", "cache": "ok", "worker": "unknown"}
    assert (ask("GET", INDICATOR).status, ask("GET", STATUSES).status) == (200, 200)


def test_what_was_being_saved_may_have_been(postgres, ask):
    """A server that waits for another before it confirms, and stops meanwhile: it has saved, and nobody was told."""
    postgres.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    postgres.run("SELECT pg_reload_conf()")
    time.sleep(A_MOMENT)
    with ThreadPoolExecutor(1) as person:
        sent = person.submit(ask, "POST", UPLOAD, file=march(802))
        time.sleep(A_MOMENT)
        with hanging(postgres):
            answer = sent.result()
    postgres.run("ALTER SYSTEM RESET synchronous_standby_names")
    postgres.run("SELECT pg_reload_conf()")

    assert (answer.status, answer.seconds < AT_MOST) == (503, True)
    assert "isn’t certain whether what you sent was saved" in answer.text


@pytest.mark.parametrize(("seconds", "status"), [(1.2, 200), (5, 503)])
def test_a_server_that_is_slow_is_waited_for_up_to_its_own_limits(postgres, ask, seconds, status):
    """What a lock keeps waiting isn't taken for a server that hangs; a lock is waited for two seconds here."""
    with locked(postgres) as let_go, ThreadPoolExecutor(1) as person:
        asked = person.submit(ask, "GET", DASHBOARD)
        time.sleep(min(seconds, 3))
        let_go()
        answer = asked.result()

    assert answer.status == status
    assert min(seconds, 2) <= answer.seconds < 3
    assert ask("GET", DASHBOARD).status == 200


def test_where_every_thread_waits_the_live_check_does_not(site, postgres, ask):
    with locked(postgres) as let_go, ThreadPoolExecutor(20) as people:
        pages = [people.submit(ask, "GET", DASHBOARD) for _ in range(PROCESSES * 4 + 2)]
        time.sleep(A_MOMENT)
        began = time.monotonic()
        answer = urlopen(f"http://127.0.0.1:{site.environment['LIVE_PORT']}/health/live", timeout=5)
        waited = time.monotonic() - began
        let_go()

    assert (answer.status, waited < 0.5) == (200, True)
    assert {page.result().status for page in pages} <= {200, 503}
    assert min(page.result().seconds for page in pages) > A_MOMENT


def test_without_redis_at_most_one_page_of_a_process_pays(site, ask):
    before = len(site.log("web"))
    with redis_hanging(site):
        began = time.monotonic()
        pages = [ask("GET", DASHBOARD) for _ in range(40)]
        file, api, ready = (
            ask("POST", UPLOAD, file=march(803)),
            ask("GET", STATUSES),
            ask("GET", "/health/ready"),
        )
        pauses = int((time.monotonic() - began) // 10)

    assert {page.status for page in pages} == {200}
    assert max(page.seconds for page in pages) < AT_MOST
    assert site.log("web")[before:].count("cache_unreachable") <= PROCESSES * (1 + pauses)
    assert (file.status, file.seconds < 1.5) == (302, True)
    assert (api.status, api.seconds < 1) == (200, True)
    assert (ready.status, ready.seconds < 1) == (503, True)
    assert json.loads(ready.text)["checks"]["cache"] == "unreachable"
    poll(lambda: ask("GET", "/health/ready").status == 200, seconds=10)


def test_a_redis_that_is_full_keeps_nobody(site, ask):
    with redis_full(site):
        page, file, ready = (
            ask("GET", DASHBOARD),
            ask("POST", UPLOAD, file=march(804)),
            ask("GET", "/health/ready"),
        )

    assert (page.status, file.status) == (200, 302)
    assert (ready.status, json.loads(ready.text)["checks"]["cache"]) == (503, "full")
    assert ask("GET", "/health/ready").status == 200


def test_the_worker_goes_on_after_a_redis_that_was_full(site, ask):
    """Redis refuses what the worker notes of a message that it takes on; the message is lost, and the worker is not."""
    poll(lambda: "ready" in site.log("worker"), seconds=60)
    before = len(site.log("worker"))

    site.processes["worker"].send_signal(signal.SIGSTOP)
    site.manage(
        "shell", "--verbosity", "0", "-c", "from sandwell.celery import app; app.send_task('kpis.sweep')"
    )
    with redis_full(site):
        site.processes["worker"].send_signal(signal.SIGCONT)
        poll(lambda: "Trying to reconnect" in site.log("worker")[before:], seconds=15)
    hand_in_until(site, ask, 809, "succeeded")

    assert site.processes["worker"].poll() is None
    assert "Traceback" not in site.log("worker")[before:]


def test_the_worker_goes_on_after_redis_and_has_nothing_of_its_own_to_complain_of(site, postgres, ask):
    poll(lambda: "ready" in site.log("worker"), seconds=60)
    before = len(site.log("worker"))

    with locked(postgres, "kpis_bandversion") as let_go:  # so that a file is being read when Redis goes
        hand_in_until(site, ask, 805, "received")
        site.kill("redis")
        time.sleep(A_MOMENT)
        site.start_redis()
        poll(lambda: "Connected to redis" in site.log("worker")[before:], seconds=15)
        let_go()
    poll(lambda: ask("GET", "/health/ready").status == 200, seconds=15)
    hand_in_until(site, ask, 806, "succeeded")

    assert "Traceback" not in site.log("worker")[before:]


def hand_in_until(site: Installation, ask: Any, numerator: int, worker_says: str) -> None:
    """Again and again: a web process that Redis failed leaves it alone for ten seconds, and wakes no worker then."""
    before = len(site.log("worker"))

    def said() -> bool:
        assert ask("POST", UPLOAD, file=march(numerator)).status == 302
        return worker_says in site.log("worker")[before:]

    poll(said, seconds=15, every=0.5)
