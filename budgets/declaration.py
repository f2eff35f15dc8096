"""What the contract's money adds to the house."""

from audit.entries import Entries, EntryGroup
from budgets.demonstration.loading import load_books
from core.demonstration import DemonstrationPart
from core.pages import Addresses, Page
from parties.roles import Permission, Role

DECLARES: list[object] = [
    Permission(
        "money.view",
        "Read the budgets: what was planned, what was spent, and what is printed of it",
        roles=(Role.TRUST_MANAGER, Role.CLIENT_OFFICER, Role.BOARD_READER),
    ),
    Page(
        "Money",
        "money.view",
        "budgets:money",
        group="money",
        order=10,
        below=frozenset({"budgets:book", "budgets:reconciliation", "budgets:bridge", "budgets:savings"}),
    ),
    Addresses("budgets.urls"),
    EntryGroup("money", "budgets"),
    Entries(("money.",), group="money", permission="money.view"),
    DemonstrationPart(load_books),
]
