"""What a garden adds to the house."""

from datetime import date
from typing import Any

from django.urls import reverse

from audit.entries import Entries, EntryGroup
from calendars.due import DueItem, DueItems
from core.demonstration import DemonstrationPart
from core.jobs import HealthCheck, Job
from core.pages import Addresses, Page
from notices.kinds import OVERDUE, Deadlines, NoticeKind, Owed
from parties.models import Contract
from parties.roles import Permission, Role
from uploads.handlers import NEW, Committed, UploadHandler, Verdict
from uploads.tables.layout import Layout
from uploads.tables.opening import Table

loaded: list[str] = []
saved: list[str] = []
buds = ["rose", "lily", "iris"]


def _read(participant: Any, table: Table, progress: Any, given_for: str) -> Verdict:
    rows = list(table.rows)
    progress.begin(len(rows))
    changes = [{"row": row.number, "kind": NEW, "name": row.cells["plant"]} for row in rows]
    return Verdict(len(rows), changes, [])


def _commit(by: Any, changes: Any) -> Committed:
    saved.extend(change["name"] for change in changes)
    return Committed(len(changes), summary=f"Planted from a file: {len(changes)}.")


def _owed(contracts: Any, today: date) -> list[Owed]:
    return [
        Owed(contract, "garden.view", OVERDUE, f"garden {contract.code}", "Water the roses.", "/garden/")
        for contract in contracts
    ]


def _address(contract: Contract) -> str:
    return reverse("tiny:garden", args=[contract.code])


PLANTS = UploadHandler(
    name="plants",
    permission="garden.view",
    what="list of plants",
    saved_as="plant",
    refused="Only gardeners hand in plants.",
    page=lambda contract, given_for: _address(contract),
    page_label="Garden",
    hand_in=lambda contract, given_for: (_address(contract), "Hand in more plants"),
    template="components/legend.html",
    layout=Layout(key=("plant",)),
    read=_read,
    commit=_commit,
    preview=lambda participant, changes: changes,
    saved=lambda contract, changes: [("Look at the garden", _address(contract), "roses")],
    after_saving="Water them.",
    nothing_in_row="without a plant",
)

DECLARES = [
    Permission("garden.view", "Walk in the garden", roles=(Role.CLIENT_OFFICER,)),
    Page("Garden", "garden.view", "tiny:garden", group="more", order=99, count=lambda participant: len(buds)),
    Addresses("tests.tiny.urls"),
    DueItems(
        lambda participant, today, until: [DueItem("roses", today, "The gardener waters the roses")],
        remark=lambda participant, today: "The lawn needs nothing.",
    ),
    NoticeKind(
        "planted",
        "Planted",
        told_when=(("garden.view", "something is planted"),),
        in_subject=lambda number: f"{number} plants",
    ),
    Deadlines(
        _owed,
        due_when=(("garden.view", "roses want water soon"),),
        overdue_when=(("garden.view", "roses are dry"),),
    ),
    EntryGroup("gardened", "what was planted"),
    Entries(
        ("garden.",),
        group="gardened",
        headline=lambda action, summary, changes: f"In the garden: {summary}",
        lines=lambda action, changes: [f"now {changes['roses']} roses"],
    ),
    Job("water-the-roses", task="tiny.water", schedule=60.0, expires=55),
    HealthCheck("garden", lambda: "ok"),
    DemonstrationPart(lambda loading: loaded.append(loading.contract_code)),
    PLANTS,
]
