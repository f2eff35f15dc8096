"""Import of one file of the figures of many contracts, beside reading the same file without keeping anything.

Two bases: the standard library's CSV reader alone, which only cuts text into cells, and the program's own act one,
which turns every cell into a checked figure. Each round writes all rows anew and takes them back.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import resource
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need the set-up
from django.db import connection, transaction  # noqa: E402

from core.values.months import Month  # noqa: E402
from kpis.definitions.models import Indicator  # noqa: E402
from kpis.figures.models import Figure, FigureRevision  # noqa: E402
from kpis.importing.given_file import GivenFile  # noqa: E402
from kpis.importing.many_contracts import import_many  # noqa: E402
from tests.bench.installation import BY, FIRST, define, settle  # noqa: E402
from tests.bench.recomputing import backend  # noqa: E402
from tests.bench.timing import Spent, middle, spent  # noqa: E402

TODAY = date(2026, 4, 20)
# Numbers leap from month to month, so only few of them make the checks warn; what is said to those.
WORDS = "Numbers of the benchmark"
COLUMNS = ("contract", "indicator", "month", "numerator", "denominator", "value", "commentary", "provenance")


def file_of(rows: int) -> bytes:
    """So many rows, contract by contract, as a council would send them."""
    indicators = list(Indicator.objects.select_related("contract").order_by("contract", "position"))
    each = -(-rows // len(indicators))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    written = 0
    for indicator in indicators:
        for month in Month.range(FIRST, FIRST.next(each - 1)):
            if written == rows:
                break
            written += 1
            number = written * 47 % 120
            numbers = ["", "", number] if indicator.unit == "count" else [80 + number, 200, ""]
            writer.writerow(
                [indicator.contract.code, indicator.code, month, *numbers, "Words about it", "returned"]
            )
    return text.getvalue().encode()


def cut(content: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline="")))


def peak() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contracts", type=int, required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    asked = parser.parse_args()
    define(asked.contracts)
    content = file_of(asked.rows)
    settings.IMPORT_MAX_BYTES = max(settings.IMPORT_MAX_BYTES, len(content))
    times: dict[str, list[Spent]] = defaultdict(list)
    besides, before = backend(), peak()

    def measure(name: str, work: Callable[[], Any]) -> None:
        settle()
        times[name].append(spent(work, besides))

    def imported(*, dry_run: bool) -> None:
        outcome = import_many(
            by=BY, file=GivenFile("bench.csv", content), today=TODAY, accepted=WORDS, dry_run=dry_run
        )
        connection.run_on_commit.clear()
        if outcome.problems or (not dry_run and outcome.total.created != asked.rows):
            raise RuntimeError(f"{outcome.problems[:3]}, {outcome.total}")

    def written_and_taken_back() -> None:
        """The import with its commit left out: what is appended can't be deleted for another round.

        What a commit would check is checked: PostgreSQL looks at foreign keys only then, and SQLite counts along.
        """
        with transaction.atomic():
            imported(dry_run=False)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            assert (Figure.objects.count(), FigureRevision.objects.count()) == (asked.rows, asked.rows)
            transaction.set_rollback(True)

    for _ in range(asked.rounds):
        measure("cut into cells", lambda: cut(content))
        measure("read and checked", lambda: imported(dry_run=True))
        checked = peak()
        measure("read, checked and written", written_and_taken_back)
    found = {
        "rows": asked.rows,
        "megabytes": len(content) / 1_048_576,
        "times": {name: vars(middle(one)) for name, one in times.items()},
        "peak": {"before": before, "checked": checked, "written": peak()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
