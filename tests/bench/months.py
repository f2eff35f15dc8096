"""A year of a large book out of a file and into one, beside going through the same file's rows alone.

The base is the program's own parsing of a file: opened, cut into rows, every cell read as amount, period or words. Each
round hands a file in, has it read and compared with what is kept, saves all of it as drafts, hands in the same again,
and drops the drafts.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need the set-up
from django.db import transaction  # noqa: E402

from budgets.imports.columns import LAYOUT, WRITTEN  # noqa: E402
from budgets.imports.handler import MONTHS  # noqa: E402
from budgets.imports.kept import KeptBook  # noqa: E402
from budgets.imports.months_file import months_csv, months_xlsx  # noqa: E402
from budgets.imports.said import Reader  # noqa: E402
from budgets.models import Amount, Book, Line, LineDraft, Version  # noqa: E402
from core import clock  # noqa: E402
from core.values.months import ContractYear  # noqa: E402
from parties.models import Contract, User  # noqa: E402
from parties.participants import Participant, participant_for  # noqa: E402
from tests.bench.importing import peak  # noqa: E402
from tests.bench.installation import define, settle  # noqa: E402
from tests.bench.recomputing import backend  # noqa: E402
from tests.bench.timing import Spent, middle, spent  # noqa: E402
from uploads.committing import commit  # noqa: E402
from uploads.handlers import SAME  # noqa: E402
from uploads.limits import upload_limits  # noqa: E402
from uploads.models import Upload  # noqa: E402
from uploads.receiving import HandedIn, receive  # noqa: E402
from uploads.tables.opening import open_table  # noqa: E402

PARSED, SAVED = "parsed", "read, compared and saved"
YEAR, PERIODS, HEADINGS, BATCH = ContractYear(2018), 12, 50, 1000


def large_book(contract: Contract, lines: int) -> Book:
    """A book of the Trust's with so many lines under headings, each with its budget."""
    book = Book.objects.create(
        contract=contract,
        code="large",
        name="Large book",
        organisation="Trust",
        kept_by="provider",
        first_year=YEAR.start,
        last_year=YEAR.start,
    )
    heads = Line.objects.bulk_create(
        Line(book=book, position=at, code=f"heading_{at}", name=f"Heading {at}", kind=Line.Kind.HEADING)
        for at in range(HEADINGS)
    )
    kept = Line.objects.bulk_create(
        (
            Line(
                book=book,
                parent=heads[at % HEADINGS],
                position=HEADINGS + at,
                code=f"line_{at}",
                name=f"Line number {at}",
                side=Line.Side.EXPENDITURE,
            )
            for at in range(lines)
        ),
        BATCH,
    )
    version = Version.objects.create(book=book, number=1, kind=Version.Kind.ORIGINAL, words="As it began")
    Amount.objects.bulk_create(
        (
            Amount(
                line=line, figure="budget", version=version, year=YEAR.start, hundredths=10**8 + at, unit="£"
            )
            for at, line in enumerate(kept)
        ),
        BATCH,
    )
    return book


def file_of(lines: int) -> bytes:
    """Every line and month with its amounts, and words where the forecast moved."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(WRITTEN)
    for at in range(lines):
        for period in range(1, PERIODS + 1):
            forecast = f"{990_000 + at % 97 * 100 + period}.{at % 100:02d}"
            helps = ["", YEAR.label, period, "1000000.00"]
            amounts = [f"{80_000 * period}.50", forecast, "", "1500.00" if at % 5 == 0 else ""]
            words = ["Two more places than the month before", "", "", ""]
            writer.writerow([f"line_{at}", f"Line number {at}", *helps, *amounts, *words])
    return text.getvalue().encode()


def cut(content: bytes) -> int:
    with open_table(content, upload_limits(), LAYOUT) as table:
        return sum(1 for _ in table.rows)


def parse(content: bytes, book: Book) -> int:
    """Every cell as what it says, held against nothing."""
    with open_table(content, upload_limits(), LAYOUT) as table:
        reader = Reader(book, KeptBook(book).rows, table.columns)
        return sum(len(reader.read(row).pence) for row in table.rows)


class Round:
    """One hand-in after another, each in transactions of its own, as requests and the worker make them."""

    def __init__(self, by: Participant, book: Book, content: bytes, rows: int) -> None:
        self.by, self.book, self.content, self.rows = by, book, content, rows
        self.upload = 0

    def read(self) -> None:
        given = HandedIn.file("large.csv", self.content)
        self.upload = receive(by=self.by, handler=MONTHS, given=given, given_for=str(self.book.pk)).pk
        found = Upload.objects.only("state", "rows_total", "problems").get(pk=self.upload)
        if (found.state, found.rows_total) != (Upload.State.CHECKED, self.rows):
            raise RuntimeError(f"{found.state}, {found.rows_total} rows, {found.problems[:3]}")

    def save(self) -> None:
        if (saved := commit(by=self.by, upload_id=self.upload)) != self.rows:
            raise RuntimeError(f"{saved} saved")

    def read_and_save(self) -> None:
        self.read()
        self.save()

    def read_again(self) -> None:
        self.read()
        if {change["kind"] for change in Upload.objects.get(pk=self.upload).changes} != {SAME}:
            raise RuntimeError("The same file changes something.")

    def out(self, make: Callable[[KeptBook], Any]) -> None:
        make(KeptBook(self.book))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    asked = parser.parse_args()
    contract = define(1)
    with transaction.atomic():
        book = large_book(contract, asked.lines)
    content, rows = file_of(asked.lines), asked.lines * PERIODS
    settings.IMPORT_MAX_BYTES = max(settings.IMPORT_MAX_BYTES, len(content))
    settings.CELERY_ON = False
    manager = User.objects.get(username="trust-manager")
    work = Round(participant_for(manager, contract.code), book, content, rows)
    times: dict[str, list[Spent]] = defaultdict(list)
    besides, before = backend(), peak()
    highest = {}

    def measure(name: str, call: Callable[[], Any]) -> None:
        settle()
        times[name].append(spent(call, besides))
        highest.setdefault(name, peak())

    periods = KeptBook(book).periods(YEAR)
    for _ in range(asked.rounds):
        measure("cut into rows of text", lambda: cut(content))
        measure(PARSED, lambda: parse(content, book))
        measure(SAVED, work.read_and_save)
        measure("the same again, unchanged", work.read_again)
        measure("out as CSV", lambda: work.out(lambda kept: sum(map(len, months_csv(kept, periods)))))
        measure(
            "out as XLSX",
            lambda: work.out(lambda kept: months_xlsx(kept, periods, "Trust", clock.local_now())),
        )
        LineDraft.objects.all().delete()
    found = {
        "rows": rows,
        "megabytes": len(content) / 1_048_576,
        "times": {name: vars(middle(one)) for name, one in times.items()},
        "peak": {"before": before, "parsed": highest[PARSED], "saved": highest[SAVED], "all": peak()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
