"""What the improvement plans add to the house."""

from parties.roles import Permission, Role

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
        "action.update", "Say where the actions stand that are yours to answer for", roles=(TRUST, OWNER)
    ),
    Permission("action.comment", "Ask and comment on any action", roles=(TRUST, COUNCIL, OWNER)),
    Permission(
        "action.confirm", "Confirm what the other party’s actions brought about", roles=(TRUST, COUNCIL)
    ),
    Permission("plan.make", "Make a plan, and load one from a spreadsheet", roles=(TRUST, COUNCIL)),
]
