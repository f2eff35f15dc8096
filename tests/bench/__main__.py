"""Prints how fast the program is beside the bare minimum: `make bench`, with `ARGS=--help` for what can be chosen.

Runs on SQLite and on a PostgreSQL of its own, or on the one that DATABASE_URL names, which must be empty.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.bench.servers import end_on_termination, postgresql_programs, private_postgresql

BASE = "bare page, nobody signed in"
READ, WRITTEN = "read and checked", "read, checked and written"
AIMS = {
    WRITTEN: 3.0,
    "read, compared and saved": 3.0,
    "every row changed": 5.0,
    "nothing changed": 5.0,
    "dashboard, first": 4.0,
    "dashboard, cached": 1.5,
}
INCREMENT_MILLISECONDS = 50
GRID_QUERIES, GRID_MILLISECONDS = 8, 60


def main() -> None:
    asked = _arguments()
    end_on_termination()
    for database in asked.databases:
        with ExitStack() as opened:
            address = _opened(database, opened)
            if address is None:
                print(f"\n{database}: no server on this machine and no DATABASE_URL; left out.")
                continue
            print(
                f"\n== {database}, {os.cpu_count()} cores, {asked.contracts} contracts of {asked.months} months"
            )
            # Before figures are there: an import fills an empty installation.
            counts = ["--contracts", str(asked.contracts), "--rows", str(asked.import_rows)]
            _print_import(_measured("importing", address, *counts, "--rounds", str(asked.rounds)))
            months = ["--lines", str(asked.book_lines), "--rounds", str(asked.rounds)]
            _print_months(_measured("months", address, *months))
            if asked.only == "import":
                continue
            sizes = ["--contracts", str(asked.contracts), "--months", str(asked.months)]
            _print_recompute(_measured("recomputing", address, *sizes, "--rounds", str(asked.rounds)))
            _print_pages(_measured("pages", address, "--rounds", str(asked.page_rounds)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("--contracts", type=int, default=153)
    parser.add_argument("--months", type=int, default=120, help="of each contract; at least 105")
    parser.add_argument("--rounds", type=int, default=3, help="of the full recompute")
    parser.add_argument("--import-rows", type=int, default=100_000, help="of one file for all contracts")
    parser.add_argument(
        "--book-lines", type=int, default=5_000, help="of a book whose year comes from a file"
    )
    parser.add_argument("--only", choices=["import"], help="leave out recomputes and pages")
    parser.add_argument("--page-rounds", type=int, default=4, help="of 20 requests of each kind; at most 4")
    parser.add_argument(
        "--databases", type=lambda text: text.split(","), default=["SQLite", "PostgreSQL"], help="one or both"
    )
    return parser.parse_args()


def _opened(database: str, opened: ExitStack) -> str | None:
    """The address of an empty database; None where there is none to be had."""
    if database == "SQLite":
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="bench-sqlite-"))
        return f"sqlite:///{folder}/bench.sqlite3"
    if (given := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        return given
    programs = postgresql_programs()
    return opened.enter_context(private_postgresql(programs)) if programs else None


def _measured(what: str, database_url: str, *arguments: str) -> dict[str, Any]:
    """Each measurement in a process of its own, because settings are read once."""
    environment = os.environ | {
        "SANDWELL_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "sandwell.settings",
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", f"tests.bench.{what}", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            printed, _ = running.communicate()
        finally:
            running.terminate()
    if running.returncode:
        sys.exit(f"Measuring {what} ended with {running.returncode}; what it said stands above.")
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def _print_import(found: dict[str, Any]) -> None:
    with _table(f"Import of {found['rows']:,} rows, {found['megabytes']:.1f} MB", "seconds", READ):
        for name, spent in found["times"].items():
            _line(name, spent, found["times"][READ], 1, AIMS.get(name))
    memory = found["peak"]
    print(
        f"  memory at its peak: {memory['before']} MB before, {memory['checked']} MB when all was checked,"
        f" {memory['written']} MB when all was written"
    )


def _print_months(found: dict[str, Any]) -> None:
    with _table(f"A book's year of {found['rows']:,} rows, {found['megabytes']:.1f} MB", "seconds", "parsed"):
        for name, spent in found["times"].items():
            _line(name, spent, found["times"]["parsed"], 1, AIMS.get(name))
    memory = found["peak"]
    print(
        f"  memory at its peak: {memory['before']} MB before, {memory['parsed']} MB when parsed, {memory['saved']} MB"
        f" when saved, {memory['all']} MB with the workbook"
    )


def _print_recompute(found: dict[str, Any]) -> None:
    with _table(f"Recompute of {found['rows']:,} rows", "seconds", "raw UPDATE"):
        for name, spent in found["full"].items():
            _line(name, spent, found["full"]["raw UPDATE"], 1, AIMS.get(name))
    with _table(f"One contract, one month ({found['queries']} queries)", "ms", "raw UPDATE"):
        for name, spent in found["one"].items():
            _line(name, spent, found["one"]["raw UPDATE of 15 rows"], 1000, None)
    milliseconds = found["one"]["contract recomputed"]["wall"] * 1000
    print(f"  aim: recomputed within {INCREMENT_MILLISECONDS} ms; it took {milliseconds:.0f} ms")


def _print_pages(found: dict[str, Any]) -> None:
    with _table("Pages, one gunicorn worker, one connection", "ms", "bare page"):
        for name, spent in found["variants"].items():
            _line(name, spent, found["variants"][BASE], 1000, AIMS.get(name))
    for page, (plain, sent) in found["bytes"].items():
        first, cached = found["queries"][page]
        print(f"  {page}: {plain:,} bytes of HTML, {sent:,} sent; {first} queries, {cached} from the cache")
    for page, queries in found["grids"].items():
        took = found["variants"][page]["wall"] * 1000
        print(f"  {page}: {queries} queries (aim: {GRID_QUERIES}), {took:.0f} ms (aim: {GRID_MILLISECONDS})")


@contextmanager
def _table(title: str, unit: str, base: str) -> Iterator[None]:
    print(f"\n{title}\n  {'':30}{unit + ', clock':>15}{'processor':>12}{'of ' + base:>24}{'aim':>8}")
    yield


def _line(name: str, spent: dict[str, float], base: dict[str, float], scale: int, aim: float | None) -> None:
    ratios = " ".join(
        f"{spent[kind] / base[kind]:9.1f} ×" if base[kind] else " " * 11 for kind in ("wall", "cpu")
    )
    times = f"{spent['wall'] * scale:15.2f}{spent['cpu'] * scale:12.2f}"
    print(f"  {name:30}{times}{ratios:>24}{f'≤ {aim:g} ×' if aim else '':>8}")


if __name__ == "__main__":
    main()
