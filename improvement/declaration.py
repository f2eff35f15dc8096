"""What the improvement plans add to the house."""

from audit.entries import Entries, EntryGroup
from core.demonstration import DemonstrationPart
from core.pages import Addresses, Page
from improvement.demonstration import load_plans
from improvement.measures.indicator import actions_meant_to_move
from kpis.indicator_page.parts import IndicatorPart
from parties.roles import Permission, Role
from parties.typed_fields import TypedFields

TRUST, COUNCIL, BOARD, OWNER = (
    Role.TRUST_MANAGER,
    Role.CLIENT_OFFICER,
    Role.BOARD_READER,
    Role.ACTION_OWNER,
)

DECLARES: list[object] = [
    Permission(
        "plan.view",
        "Read the plans: actions, evidence and what was said",
        roles=(TRUST, COUNCIL, BOARD, OWNER),
    ),
    Permission(
        "plan.keep",
        "Write your own party’s plans: what they ask, whose it is, and what they state",
        roles=(TRUST, COUNCIL),
    ),
    Permission("action.update", "Say where your organisation’s actions stand", roles=(TRUST, COUNCIL, OWNER)),
    Permission("action.comment", "Ask and comment on any action", roles=(TRUST, COUNCIL, OWNER)),
    Permission(
        "action.confirm", "Confirm what the other party’s actions brought about", roles=(TRUST, COUNCIL)
    ),
    Page(
        "My actions",
        "plan.view",
        "improvement:own-actions",
        group="plan",
        order=10,
        start=15,
    ),
    Page(
        "Improvement plan",
        "plan.view",
        "improvement:plan",
        group="plan",
        order=20,
        below=frozenset(
            {
                "improvement:overview",
                "improvement:recommendation",
                "improvement:action",
                "improvement:exceptions",
                "improvement:measures",
                "improvement:measure",
            }
        ),
    ),
    Addresses("improvement.urls"),
    TypedFields(marks=("version", "from")),
    EntryGroup("plan", "actions of the plans"),
    Entries(("action.", "measure.", "plan."), group="plan", permission="plan.view"),
    IndicatorPart("plan.view", actions_meant_to_move),
    DemonstrationPart(load_plans),
]
