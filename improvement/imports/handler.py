"""A plan's rows from a file: what they would change, and how they become the plan's."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from core import clock
from improvement.imports.columns import LAYOUT, check_header
from improvement.imports.committing import in_trail, parts_of, summary, write_parts
from improvement.imports.comparing import compared
from improvement.imports.kept import kept_plan
from improvement.imports.preview import change_groups
from improvement.imports.selectors import code_of, files_of_own_plans, own_plan_by_key
from improvement.plans.selectors import NOT_KEPT
from parties.models import Contract
from parties.participants import Participant
from uploads.handlers import Change, Committed, Progress, UploadHandler, Verdict
from uploads.tables.opening import Table
from uploads.tables.problem import Problem

MOST_NAMED = 10


def read(participant: Participant, table: Table, progress: Progress, given_for: str) -> Verdict:
    """What a file would change of the plan with this key, and all that is wrong with it."""
    plan = own_plan_by_key(participant, int(given_for))
    if plan is None:
        return Verdict(None, [], [Problem(0, "", NOT_KEPT)])
    rows = list(table.rows)
    if problems := check_header(table.head):
        return Verdict(len(rows), [], problems)
    if not rows:
        nothing = Problem(table.head.number + 1, "reference", "There are no rows under the header.")
        return Verdict(0, [], [nothing])
    progress.begin(len(rows))
    records, problems = compared(kept_plan(plan), rows, clock.today(), progress)
    return Verdict(len(rows), records, problems)


def commit(by: Participant, changes: Sequence[Change]) -> Committed:
    """All of them, or none. PreviewOutdated where another person was quicker with one of them."""
    parts = parts_of(changes)
    plan, retitled = write_parts(by=by, plan_id=changes[0]["plan"], parts=parts)
    return Committed(len(changes), f"{plan.name}: {summary(parts)}, from a file.", in_trail(parts, retitled))


def saved(contract: Contract, changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """The plan, and the first of what was saved in it."""
    names = list(dict.fromkeys(change["name"] for change in changes))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    address = reverse("improvement:overview", args=[contract.code, code_of(contract, changes[0]["plan"])])
    return [("Look at the plan", address, ", ".join(names[:MOST_NAMED]) + more)]


def _page(contract: Contract, given_for: str) -> str:
    return reverse("improvement:plan-spreadsheet", args=[contract.code, code_of(contract, int(given_for))])


PLAN_ROWS = UploadHandler(
    name="plan",
    permission="plan.keep",
    what="file of the plan",
    saved_as="change",
    refused="Whoever handed this in no longer keeps plans of this contract.",
    page=_page,
    page_label="Files of the plan",
    hand_in=lambda contract, given_for: (_page(contract, given_for), "Hand in a file or rows of this plan"),
    template="improvement/imports/_upload_changes.html",
    layout=LAYOUT,
    read=read,
    commit=commit,
    preview=lambda participant, changes: change_groups(changes),
    saved=saved,
    after_saving="They stand in the plan now.",
    nothing_in_row="that only name a priority",
    kept=("plan",),
    seen=files_of_own_plans,
)
