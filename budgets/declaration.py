"""What the contract's money adds to the house."""

from audit.entries import OWN_PARTY, Entries, EntryGroup
from budgets.demonstration.loading import load_books
from budgets.imports.handler import MONTHS
from core.demonstration import DemonstrationPart
from core.pages import Addresses, Page
from parties.participants import FetchedWithContract
from parties.roles import Permission, Role
from parties.typed_fields import TypedFields

BELOW = (
    "book",
    "line",
    "reconciliation",
    "bridge",
    "savings",
    "scenario",
    "period",
    "enter-period",
    "answer-lines",
    "close-period",
    "versions",
    "propose-change",
    "change",
    "answer-change",
    "months-spreadsheet",
)

DECLARES: list[object] = [
    Permission(
        "money.view",
        "Read the budgets: what was planned, what was spent, and what is printed of it",
        roles=(Role.TRUST_MANAGER, Role.CLIENT_OFFICER, Role.BOARD_READER),
    ),
    Permission(
        "money.enter", "Enter what was spent and what the year is to come to", roles=(Role.TRUST_MANAGER,)
    ),
    Permission(
        "money.answer",
        "Ask about what was entered of the budgets, and accept it",
        roles=(Role.CLIENT_OFFICER,),
    ),
    Page(
        "Money",
        "money.view",
        "budgets:money",
        group="money",
        order=10,
        below=frozenset(f"budgets:{name}" for name in BELOW),
    ),
    Addresses("budgets.urls"),
    FetchedWithContract("limits_in_force__limits"),
    TypedFields(marks=("version", "begun_from", "entry", "seen", "seen_version")),
    MONTHS,
    EntryGroup("money", "budgets"),
    Entries(("money.",), group="money", permission="money.view"),
    Entries((f"upload.{MONTHS.name}.",), group="files", shown_to=OWN_PARTY, permission="money.enter"),
    # No figure of a book stands in limits, and administrators set them.
    Entries(("money.limits.",), group="money", permission=""),
    DemonstrationPart(load_books),
]
