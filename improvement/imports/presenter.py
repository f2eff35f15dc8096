"""The page on which rows of a plan are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from improvement.imports.columns import COLUMNS
from improvement.models import Plan
from parties.participants import Participant
from uploads.models import Upload
from uploads.presenters import UploadLine, upload_lines


@dataclass(frozen=True)
class SpreadsheetPage:
    """``columns`` are the names of those that are read, each with what it says."""

    plan: Plan
    parents: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    uploads: Sequence[UploadLine]


def spreadsheet_page(participant: Participant, plan: Plan, uploads: Sequence[Upload]) -> SpreadsheetPage:
    """No query."""
    code = participant.contract.code
    return SpreadsheetPage(
        plan=plan,
        parents=[
            (plan.name, reverse("improvement:overview", args=[code, plan.code])),
            ("Keep this plan", reverse("improvement:keep", args=[code, plan.code])),
        ],
        columns=list(COLUMNS.items()),
        uploads=upload_lines(uploads, code),
    )
