"""A file of figures: what it would change of the month's drafts, and how it becomes drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import clock
from core.values.months import Month
from core.values.numbers import count_words
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import all_definitions, indicators_with_bands
from kpis.figures.checking import check_header, no_figures, scope_of
from kpis.figures.columns import LAYOUT
from kpis.returns.comparing import compare
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftConflict, DraftEdit, keep_drafts
from kpis.returns.words import text_words
from kpis.terms import months_over
from parties.models import Contract
from parties.participants import Participant
from uploads.handlers import CHANGED, NEW, Committed, Progress, UploadHandler, Verdict
from uploads.refusals import PreviewOutdated
from uploads.tables.opening import Table

KINDS = {NEW: "New", CHANGED: "Changed"}


@dataclass(frozen=True)
class ChangeRow:
    """One row of the file that changes something, beside what is there now."""

    code: str
    name: str
    month: str
    url: str
    row: int
    kind: str
    now: str
    said: str
    value: str
    status: str
    asks: list[str]


def read(participant: Participant, table: Table, progress: Progress, given_for: str = "") -> Verdict:
    """What a file would change, and all that is wrong with it; its rows say of which months."""
    header, rows = table.columns, list(table.rows)
    if problems := check_header(header, table.head.number):
        return Verdict(len(rows), [], problems)
    if not rows:
        return Verdict(0, [], [no_figures(table.head)])
    progress.begin(len(rows))
    indicators = {indicator.code.upper(): indicator for indicator in indicators_with_bands(participant)}
    scope = scope_of(participant.contract, indicators, clock.today())
    right, problems = compare(participant, header, rows, scope, progress)
    return Verdict(len(rows), [row.record() for row in right], problems)


def commit(by: Participant, changes: Sequence[Mapping[str, Any]]) -> Committed:
    """All of them become drafts, or none. PreviewOutdated where another person was quicker with one of them."""
    saved: dict[Month, list[str]] = {}
    try:
        for month, edits in _edits(by, changes).items():
            saved[month] = [edit.indicator.code for edit in keep_drafts(by=by, month=month, edits=edits)]
    except DraftConflict as conflict:
        codes = ", ".join(conflict.meanwhile)
        raise PreviewOutdated(
            f"{codes} changed since these rows were read, so nothing was saved. What they would change is shown anew."
        ) from conflict
    number = sum(len(codes) for codes in saved.values())
    months = ", ".join(month.label for month in saved)
    return Committed(
        number,
        summary=f"{count_words(number, 'draft')} saved from a spreadsheet, of {months}.",
        changes={month.label: ", ".join(codes) for month, codes in saved.items()},
    )


def preview(participant: Participant, changes: Sequence[Mapping[str, Any]]) -> list[ChangeRow]:
    """The rows that change something, as the page shows them. One query."""
    names = {indicator.code: indicator.short_name for indicator in all_definitions(participant)}
    return [_change(change, participant.contract, names) for change in changes]


def saved(contract: Contract, changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Each month with its address and the indicators drafted in it."""
    codes: dict[Month, list[str]] = {}
    for change in changes:
        codes.setdefault(Month.parse(change["month"]), []).append(change["code"])
    return [
        (f"Check and submit {month.label}", _return_page(contract, month), ", ".join(found))
        for month, found in sorted(codes.items())
    ]


def _change(change: Mapping[str, Any], contract: Contract, names: Mapping[str, str]) -> ChangeRow:
    month = Month.parse(change["month"])
    kept = DraftText(**change["kept"])
    return ChangeRow(
        code=change["code"],
        name=names.get(change["code"], ""),
        month=month.label,
        url=f"{_return_page(contract, month)}#{change['code']}",
        row=change["row"],
        kind=KINDS[change["kind"]],
        now="nothing yet" if kept.empty else text_words(kept),
        said=text_words(DraftText(**change["typed"])),
        value=change["value"],
        status=change["status"],
        asks=[*change["asks"], *change["warnings"]],
    )


def _return_page(contract: Contract, month: Month) -> str:
    return reverse("kpis:return", args=[contract.code, month])


def _hand_in(contract: Contract, given_for: str) -> tuple[str, str]:
    """The form of the month that it was handed in for; without one, that of the last month that can be returned."""
    last = months_over(contract, clock.today())[1]
    month = min(Month.parse(given_for), last) if given_for else last
    return reverse(
        "kpis:spreadsheet", args=[contract.code, month]
    ), f"Hand in a file or rows of {month.label}"


def _edits(by: Participant, changes: Sequence[Mapping[str, Any]]) -> dict[Month, list[DraftEdit]]:
    """The changes as edits, by month; they were begun from what the preview showed."""
    indicators = {indicator.code: indicator for indicator in Indicator.objects.visible_to(by)}
    edits: dict[Month, list[DraftEdit]] = defaultdict(list)
    for change in changes:
        edit = DraftEdit(
            indicators[change["code"]], DraftText(**change["typed"]), change["was"], change["begun_from"]
        )
        edits[Month.parse(change["month"])].append(edit)
    return dict(sorted(edits.items()))


FIGURES = UploadHandler(
    name="figures",
    permission="figure.enter",
    what="file of figures",
    saved_as="draft",
    refused="Whoever handed this in no longer enters figures of this contract.",
    page=lambda contract, given_for: reverse("kpis:returns", args=[contract.code]),
    page_label="Returns",
    hand_in=_hand_in,
    template="kpis/returns/_upload_changes.html",
    layout=LAYOUT,
    read=read,
    commit=commit,
    preview=preview,
    saved=saved,
    after_saving="Check them and submit them, month by month.",
    nothing_in_row="without a figure",
    kept=("code", "month"),
)
