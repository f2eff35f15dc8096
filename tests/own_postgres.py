"""A PostgreSQL server of its own, for tests that stop it: started by its own commands, and gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.installation import poll, spare_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
# It refuses to run as root.
AS_POSTGRES = (
    ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.getuid() == 0 else []
)


def program(name: str) -> str:
    return shutil.which(name) or str(PROGRAMS[-1] / name)


@dataclass
class OwnPostgres:
    """The server, and the handles by which a test may trouble it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"postgres://sandwell@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        if AS_POSTGRES:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--username", "sandwell", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8",
                  "--no-sync")  # fmt: skip

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*AS_POSTGRES, program("postgres"), "-D", str(self.folder), "-p", str(self.port),
             "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
        )  # fmt: skip
        poll(self.answers, seconds=30)

    def copy(self, original: str) -> None:
        """What is in another server's database."""
        with subprocess.Popen([program("pg_dump"), "--no-owner", original], stdout=subprocess.PIPE) as dump:
            subprocess.run(
                [program("psql"), "--quiet", "--set", "ON_ERROR_STOP=1", self.address],
                stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
        assert dump.returncode == 0

    def answers(self) -> bool:
        try:
            self.session().close()
        except psycopg2.OperationalError:
            return False
        return True

    def session(self) -> psycopg2.extensions.connection:
        session = psycopg2.connect(self.address, connect_timeout=2)
        session.autocommit = True
        return session

    def run(self, statement: str) -> None:
        with closing(self.session()) as session, session.cursor() as cursor:
            cursor.execute(statement)

    def hang(self) -> None:
        """Every process of it stops where it stands; what the kernel does for it goes on."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process:
            self._signal(signal.SIGKILL)
            self.process.wait(timeout=30)
            self.process = None

    def _signal(self, by: signal.Signals) -> None:
        """The first process takes the lead: it would start others in the place of those that end."""
        assert self.process
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            try:
                os.kill(pid, by)
            except ProcessLookupError:
                continue

    def _run(self, name: str, *arguments: str) -> None:
        command = [*AS_POSTGRES, program(name), "--pgdata", str(self.folder), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """In a folder to which PostgreSQL's own user finds the way, as it does not to those of the tests."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = OwnPostgres(Path(folder), spare_port())
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.kill()
