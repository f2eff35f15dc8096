"""A file of months that somebody hands in for a book, and what became of it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.models import Book, Entry
from budgets.months.entering import LineSaid, submit_period
from budgets.rules.month_entry import Said
from budgets.rules.periods import Period
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import words
from uploads.models import Upload

MONEY = "/contracts/sandwell/money/books/trust/"
HAND_IN = f"{MONEY}spreadsheet/"
FOSTER, HOMES, SECURE = "external_foster_care", "external_residential", "secure_units"
ROW = {"code": FOSTER, "year": "2018/19", "period": 2, "actual": "1400000", "forecast": "8200000"}


def csv_of(*rows: dict[str, Any]) -> bytes:
    """A CSV file of these rows; each says only what it has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def content_of(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class HandIn:
    """Hands files in as one person, who looks at what becomes of them and saves it."""

    def __init__(self, client: Any, committed: Any) -> None:
        self.client, self.committed = client, committed

    def __call__(self, content: bytes, name: str = "months.csv") -> Upload:
        with self.committed(execute=True):
            answer = self.client.post(HAND_IN, {"file": SimpleUploadedFile(name, content), "rows": ""})
        assert answer.status_code == 302, words(answer)
        return Upload.objects.get(pk=int(answer["Location"].split("/")[-2]))

    def shown(self, upload: Upload) -> str:
        return words(self.client.get(self.address(upload)))

    def address(self, upload: Upload) -> str:
        return f"/contracts/sandwell/uploads/{upload.pk}/"

    def save(self, upload: Upload) -> str:
        with self.committed(execute=True):
            return words(self.client.post(f"{self.address(upload)}save/", follow=True))

    def problems(self, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
        upload = self(csv_of(*rows))
        return [(row, column, message) for row, column, message, _ in upload.problems]


@pytest.fixture
def hand_in(
    in_process: Any, books: None, signed_in: Any, trust_manager: Any, django_capture_on_commit_callbacks: Any
) -> HandIn:
    return HandIn(signed_in(trust_manager), django_capture_on_commit_callbacks)


@pytest.fixture
def entered(books: None, trust_manager: Any) -> Any:
    """entered(2, FOSTER, actual, forecast, …): submits a line of a period of 2018/19, in pence."""

    def enter(number: int, code: str, *amounts: int, year: int = 2018, **said: Any) -> Entry:
        book = Book.objects.get(code="trust")
        line = book.lines.get(code=code)
        months = line.months.filter(year=year, period=number)
        begun = months.values_list("latest", flat=True).first()
        submit_period(
            by=participant_for(trust_manager, "sandwell"),
            book=book,
            period=Period(ContractYear(year), number),
            lines=[LineSaid(line, Said(*amounts, **said), begun)],
        )
        found = months.get().latest
        assert found is not None
        return found

    return enter
