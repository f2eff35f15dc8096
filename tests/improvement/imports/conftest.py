"""A file that somebody hands in for a plan, and what became of it."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.values.months import Month
from improvement.keeping.services import PlanWords, make_plan
from improvement.models import Plan
from parties.participants import participant_for
from tests.pages import words
from uploads.models import Upload

ADDRESS = "/contracts/sandwell/"


def page(plan: str) -> str:
    return f"{ADDRESS}plans/{plan}/spreadsheet/"


def csv_of(*rows: dict[str, Any]) -> bytes:
    """A CSV file of these rows; each says only what it has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def book_of(rows: list[list[Any]], *merged: str) -> bytes:
    """A workbook of these rows with ranges of merged cells, as Excel keeps it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class HandIn:
    """Hands files in as one person, who looks at what becomes of them and saves it."""

    def __init__(self, client: Any, committed: Any) -> None:
        self.client, self.committed = client, committed

    def __call__(
        self, plan: str, content: bytes | None = None, *, rows: str = "", name: str = "plan.csv"
    ) -> Upload:
        form = (
            {"rows": rows} if content is None else {"file": SimpleUploadedFile(name, content), "rows": rows}
        )
        with self.committed(execute=True):
            answer = self.client.post(page(plan), form)
        assert answer.status_code == 302, words(answer)
        return Upload.objects.get(pk=int(answer["Location"].split("/")[-2]))

    def address(self, upload: Upload) -> str:
        return f"{ADDRESS}uploads/{upload.pk}/"

    def shown(self, upload: Upload) -> str:
        return words(self.client.get(self.address(upload)))

    def save(self, upload: Upload) -> str:
        with self.committed(execute=True):
            return words(self.client.post(f"{self.address(upload)}save/", follow=True))

    def problems(self, plan: str, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
        upload = self(plan, csv_of(*rows))
        assert not rows or upload.state == Upload.State.FAULTY, upload.changes
        return [(row, column, message) for row, column, message, _ in upload.problems]


@pytest.fixture
def hand_in(
    in_process: Any, signed_in: Any, trust_manager: Any, django_capture_on_commit_callbacks: Any
) -> HandIn:
    return HandIn(signed_in(trust_manager), django_capture_on_commit_callbacks)


@pytest.fixture
def council_hands_in(
    in_process: Any, signed_in: Any, client_officer: Any, django_capture_on_commit_callbacks: Any
) -> HandIn:
    return HandIn(signed_in(client_officer), django_capture_on_commit_callbacks)


@pytest.fixture
def empty_plan(contract: Any, client_officer: Any) -> Plan:
    """A plan of the council's that somebody began by its form."""
    words = PlanWords(
        kind="elsewhere",
        name="Childcare sufficiency",
        code="childcare",
        first=Month(2019, 9),
        last=Month(2020, 7),
        document="Childcare report",
    )
    return make_plan(by=participant_for(client_officer, contract.code), words=words)
