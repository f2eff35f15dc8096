"""Pages of the program beside a bare page, on one gunicorn worker, over one connection that stays open.

Each round asks for a block of every variant in turn, so that what else the machine does falls on all alike. "First"
asks for a month that nobody asked for before, "cached" for the same again, "304" says that the browser has it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import mean, median

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need the set-up
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from budgets.books.moving import money_moves  # noqa: E402
from core.values.months import Month  # noqa: E402
from kpis.versions.models import FiguresVersion  # noqa: E402
from parties.models import User  # noqa: E402
from tests.bench.money import fill_book  # noqa: E402
from tests.bench.plan import CODE, fill_plan  # noqa: E402
from tests.bench.servers import end_on_termination, gunicorn  # noqa: E402
from tests.bench.timing import processor_seconds  # noqa: E402

BARE = "/bare/"
PAGES = {
    "dashboard": "/contracts/sandwell/?month={month}",
    "heat map": "/contracts/sandwell/heat-map/?month={month}",
    "indicator page": "/contracts/sandwell/indicators/PI9/?month={month}",
}
# No cache keeps the overview of a plan: each request of it is the first.
GRIDS = {
    "plan of 2,000 actions": f"/contracts/sandwell/plans/{CODE}/",
    "the same on a past day": f"/contracts/sandwell/plans/{CODE}/?as-at=2019-10-31",
}
MONEY = "/contracts/sandwell/money/"
BLOCK = 20
STRIP = 24


class Visitor:
    """Someone signed in, with one connection to the server."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Accept": "text/html"}

    def get(self, path: str, status: int = 200, **headers: str) -> tuple[float, bytes, str]:
        """Seconds until the last byte, the body as sent, and its ETag."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers | headers)
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != status:
            raise RuntimeError(f"{path} answered {answer.status}, not {status}.")
        return seconds, body, answer.getheader("ETag") or ""


class Measurement:
    """Seconds of each request and processor seconds of each block, by variant."""

    def __init__(self, visitor: Visitor, worker: int) -> None:
        self.visitor = visitor
        self.worker = worker
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def block(self, variant: str) -> Iterator[list[float]]:
        before, times = processor_seconds(self.worker), list[float]()
        yield times
        self.wall[variant] += times
        self.cpu[variant].append((processor_seconds(self.worker) - before) / len(times))

    def round(self, months: Sequence[Month]) -> None:
        with self.block("bare page, nobody signed in") as times:
            times += [self.visitor.get(BARE, Cookie="")[0] for _ in months]
        with self.block("bare page, signed in") as times:
            times += [self.visitor.get(BARE)[0] for _ in months]
        for page, address in PAGES.items():
            paths = [address.format(month=month) for month in months]
            with self.block(f"{page}, first") as times:
                times += [self.visitor.get(path)[0] for path in paths]
            with self.block(f"{page}, cached") as times:
                answers = [self.visitor.get(path) for path in paths]
                times += [seconds for seconds, _, _ in answers]
            with self.block(f"{page}, 304") as times:
                tags = [{"If-None-Match": tag} for _, _, tag in answers]
                times += [
                    self.visitor.get(path, 304, **tag)[0] for path, tag in zip(paths, tags, strict=True)
                ]
        for page, path in GRIDS.items():
            with self.block(page) as times:
                times += [self.visitor.get(path)[0] for _ in months]
        self.money(months)

    def money(self, months: Sequence[Month]) -> None:
        """The overview of a large book just after a write, and as it was kept."""
        contract = FiguresVersion.objects.get(contract__code="sandwell").contract_id
        with self.block("money of 5,000 lines, first") as times:
            for _ in months:
                money_moves(contract)
                times.append(self.visitor.get(MONEY)[0])
        with self.block("money of 5,000 lines, kept") as times:
            times += [self.visitor.get(MONEY)[0] for _ in months]


def signed_in() -> Client:
    client = Client()
    client.force_login(User.objects.get(username="client-officer"))
    return client


def months(rounds: int) -> list[list[Month]]:
    """Blocks of months, each with two years of months before it."""
    version = FiguresVersion.objects.get(contract__code="sandwell")
    assert version.first_month is not None
    assert version.last_month is not None
    offered = Month.range(Month.of(version.first_month).next(STRIP - 1), Month.of(version.last_month))
    blocks = [offered[start : start + BLOCK] for start in range(1, len(offered) - BLOCK, BLOCK)]
    if len(blocks) < rounds:
        raise ValueError(f"There are months for {len(blocks)} rounds only.")
    return blocks[:rounds]


def sizes(visitor: Visitor, month: Month) -> dict[str, tuple[int, int]]:
    """Bytes of each page's HTML, as it is and as it is sent."""
    sent = {page: visitor.get(address.format(month=month))[1] for page, address in PAGES.items()}
    return {page: (len(gzip.decompress(body)), len(body)) for page, body in sent.items()}


def query_counts(client: Client, month: Month) -> dict[str, tuple[int, int]]:
    """Queries of each page when it is rendered, and when it comes from the cache."""
    found = {}
    # The first page of all computes what an earlier measurement left behind.
    client.get(next(iter(PAGES.values())).format(month=month.previous()))
    for page, address in PAGES.items():
        counts = []
        for _ in ("first", "cached"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address.format(month=month))
            counts.append(len(queries))
        found[page] = (counts[0], counts[1])
    return found


def grid_queries(client: Client) -> dict[str, int]:
    """Queries of a large plan's overview, and of the overview of a large book."""
    found = {}
    for page, path in GRIDS.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[page] = len(queries)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    asked = parser.parse_args()
    end_on_termination()
    blocks = months(asked.rounds)
    client = signed_in()
    fill_plan("sandwell")
    fill_book("sandwell")
    grids = grid_queries(client)
    queries = query_counts(client, blocks[0][0].previous())
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "LOG_JSON": "1",
        "LOG_LEVEL": "INFO",
    }
    connections.close_all()
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        gunicorn(environment, Path(folder)) as (port, worker),
    ):
        visitor = Visitor(port, cookie)
        size = sizes(visitor, blocks[0][0].previous())
        for _ in range(BLOCK):
            visitor.get(BARE)
        measured = Measurement(visitor, worker)
        for block in blocks:
            measured.round(block)
    variants = {
        name: {"wall": median(times), "cpu": mean(measured.cpu[name])}
        for name, times in measured.wall.items()
    }
    json.dump({"variants": variants, "bytes": size, "queries": queries, "grids": grids}, sys.stdout)


if __name__ == "__main__":
    main()
