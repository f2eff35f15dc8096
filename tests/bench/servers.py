"""Servers that the benchmark starts for itself and stops again: PostgreSQL, and gunicorn with the program."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 30
# The defaults, but no work behind the scenes that would fall into one measurement and not into the other.
POSTGRESQL_SETTINGS = {
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "listen_addresses": "127.0.0.1",
    "max_wal_size": "8GB",
    "shared_buffers": "512MB",
    "unix_socket_directories": "",
}


def end_on_termination() -> None:
    """Leave in good order when told to end, so that no server is left behind."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def spare_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def postgresql_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def private_postgresql(programs: Path) -> Iterator[str]:
    """A new PostgreSQL on a spare port, thrown away afterwards. Gives the address of its database."""
    port = spare_port()
    with tempfile.TemporaryDirectory(prefix="bench-postgresql-") as folder:
        as_somebody: dict[str, int] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("postgres")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            as_somebody = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        data = Path(folder) / "data"
        initdb = [programs / "initdb", "--pgdata", data, "--username", "bench", "--auth", "trust"]
        initdb += ["--encoding", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **as_somebody)
        settings = [f"-c{name}={value}" for name, value in POSTGRESQL_SETTINGS.items()]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *settings],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            **as_somebody,
        )
        try:
            _await_port(port, server)
            yield f"postgres://bench@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait()


@contextmanager
def gunicorn(environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """The program under gunicorn with one worker, as in production. Gives its port and the worker's process id."""
    port, worker = spare_port(), folder / "worker"
    worker.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "sandwell.wsgi:application",
        "--config",
        "python:tests.bench.serving",
    ]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4", "--log-level", "warning"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment | {"BENCH_WORKER_FILE": str(worker)}, stdout=log, stderr=log
        )
    try:
        _await_port(port, server)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (worker.exists() and worker.read_text()):
            if time.monotonic() > deadline:
                raise TimeoutError("gunicorn started no worker.")
            time.sleep(0.05)
        yield port, int(worker.read_text())
    finally:
        server.terminate()
        server.wait()


def _await_port(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"{server.args[0]} ended with {server.returncode}.")  # type: ignore[index]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing answers on port {port}.")
