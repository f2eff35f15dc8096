"""A real installation for the tests: its own database, web server and, where there is Redis, worker and beat.

Everything is started by the commands that people use, in processes of its own, and is gone at the end. With
``DATABASE_URL`` naming PostgreSQL the database is created there; otherwise it is a file. The demonstration is loaded
once in a run and copied, because loading takes longer than most of what is tried on it. With ``REDIS_URL`` set, a
private Redis is started, so that a test may stop it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
# Names the folder that the processes of one run share.
RUN = "SANDWELL_TEST_RUN"


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def poll(what: Callable[[], object], *, seconds: float, every: float = 0.05) -> float:
    """Seconds until ``what`` is true. AssertionError when it isn't in time."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if what():
            return time.monotonic() - start
        time.sleep(every)
    raise AssertionError(f"{getattr(what, '__name__', what)} was not true within {seconds} seconds")


@dataclass
class Installation:
    """Where it answers, and the handles by which a test may trouble it."""

    folder: Path
    environment: dict[str, str]
    port: int
    redis_port: int | None
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """manage.py with these arguments, as an operator would run it."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, (
            f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        )
        return done

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str, by: signal.Signals = signal.SIGKILL) -> None:
        """End a process and all it started, at once."""
        process = self.processes.pop(name)
        os.killpg(process.pid, by)
        process.wait(timeout=30)

    def start_web(self, workers: int = 1) -> None:
        self.start(
            "web", sys.executable, "-m", "gunicorn", "sandwell.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
            "--workers", str(workers), "--threads", "4", "--no-control-socket", "--log-level", "warning",
        )  # fmt: skip
        poll(self.answers, seconds=90)

    def start_redis(self) -> None:
        self.start(
            "redis", shutil.which("redis-server") or "redis-server", "--bind", "127.0.0.1", "--port",
            str(self.redis_port), "--dir", str(self.folder), "--save", "", "--appendonly", "yes", "--appendfsync",
            "always", "--maxmemory-policy", "noeviction",
        )  # fmt: skip
        poll(lambda: _listens(self.redis_port), seconds=30)

    def start_worker(self) -> None:
        self.start(
            "worker", sys.executable, "-m", "celery", "--app", "sandwell", "worker", "--concurrency", "1",
            "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat",
        )  # fmt: skip

    def start_beat(self) -> None:
        self.start(
            "beat", sys.executable, "-m", "celery", "--app", "sandwell", "beat", "--loglevel", "INFO",
            "--schedule", str(self.folder / "beat"), "--pidfile", "",
        )  # fmt: skip

    def answers(self) -> bool:
        """Whether it answers by now; a connection that breaks off, or waits for a process to start, is no answer."""
        try:
            return _listens(self.port) and self.get("/health/live")[0] == 200
        except (OSError, HTTPException):
            return False

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def sign_in(self, username: str) -> str:
        """A session cookie, got through the demonstration's door as a browser gets it."""
        _, headers, body = self.get("/sign-in/")
        cookie = headers["Set-Cookie"].split(";")[0]
        token = body.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        form = urlencode({"csrfmiddlewaretoken": token, "persona": username, "next": ""})
        sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/continue-as/", form, sent)
        answer = connection.getresponse()
        assert answer.status == 302, answer.read().decode()
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
        connection.close()
        return "; ".join(cookies)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")


def _listens(port: int | None) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port or 0)) == 0


@contextmanager
def _database(folder: Path, until: str) -> Iterator[str]:
    """The address of a database of its own, with the demonstration in it."""
    original = loaded_once(until)
    if not original.startswith("postgres"):
        copy = folder / "installation.sqlite3"
        shutil.copyfile(original.removeprefix("sqlite:///"), copy)
        yield f"sqlite:///{copy}"
        return
    name = f"installation_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {_name_of(original)}")
    try:
        yield urlsplit(original)._replace(path=f"/{name}").geturl()
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def begin_run() -> None:
    """Before the first test: where the processes of one run share the demonstrations that each loads but once."""
    os.environ[RUN] = tempfile.mkdtemp(prefix="demonstrations-")


def end_run() -> None:
    """After the last test: what was shared goes."""
    shared = Path(os.environ.pop(RUN))
    for address in shared.glob("*.address"):
        if (original := address.read_text()).startswith("postgres"):
            _on_server(f"DROP DATABASE IF EXISTS {_name_of(original)} WITH (FORCE)")
    shutil.rmtree(shared)


def loaded_once(until: str) -> str:
    """The address of a database with the demonstration, which nobody uses but to copy it."""
    shared, name = Path(os.environ[RUN]), f"demonstration_until_{until}".replace("-", "_")
    address = shared / f"{name}.address"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            address.write_text(_load(shared, name, until))
    return address.read_text()


def _load(shared: Path, name: str, until: str) -> str:
    server, address = os.environ.get("DATABASE_URL", ""), f"sqlite:///{shared / name}.sqlite3"
    if server.startswith("postgres"):
        database = f"{name}_{uuid.uuid4().hex[:12]}"
        _on_server(f"CREATE DATABASE {database}")
        address = urlsplit(server)._replace(path=f"/{database}").geturl()
    empty = Installation(shared, _environment(address, redis=""), 0, None)
    empty.manage("migrate", "--verbosity", "0")
    empty.manage("load_demonstration", "--until", until)
    return address


def _on_server(statement: str) -> None:
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(statement)
    server.close()


def _name_of(address: str) -> str:
    return urlsplit(address).path.removeprefix("/")


def _environment(database: str, *, redis: str) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))
    }
    own = {"SANDWELL_ENV": "demo", "DATABASE_URL": database, "LOG_LEVEL": "WARNING", "REDIS_URL": redis}
    return inherited | own


@contextmanager
def installation(
    folder: Path,
    *,
    with_redis: bool | None = None,
    with_web: bool = True,
    until: str = "2020-03",
    database: str = "",
) -> Iterator[Installation]:
    """The demonstration, loaded and serving; with Redis, worker and beat, by default where REDIS_URL is.

    ``until`` is the last month that has figures; later ones are open. Without a web server there are commands alone.
    ``database`` is the address of one with the demonstration in it; by default a new one is made.
    """
    with_redis = bool(os.environ.get("REDIS_URL")) if with_redis is None else with_redis
    redis_port = spare_port() if with_redis else None
    redis = f"redis://127.0.0.1:{redis_port}/0" if with_redis else ""
    with nullcontext(database) if database else _database(folder, until) as address:
        site = Installation(folder, _environment(address, redis=redis), spare_port(), redis_port)
        try:
            if with_redis:
                site.start_redis()
            if with_web:
                site.start_web()
            if with_redis:
                site.start_worker()
                site.start_beat()
            yield site
        finally:
            for name in list(site.processes):
                site.kill(name)
