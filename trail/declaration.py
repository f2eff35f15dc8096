from core.pages import Addresses, Page
from parties.roles import Permission, Role

DECLARES = [
    Permission(
        "trail.view",
        "Read who did what about the contract",
        roles=(
            Role.TRUST_MANAGER,
            Role.CLIENT_OFFICER,
            Role.BOARD_READER,
            Role.FINANCE_LEAD,
            Role.COUNCIL_FINANCE,
        ),
    ),
    Permission(
        "trail.view_own",
        "Read in the trail what your own party did before it concerned the other",
        roles=(Role.TRUST_MANAGER, Role.CLIENT_OFFICER),
    ),
    Page("Audit trail", "trail.view", "trail:trail", group="more", order=30),
    Addresses("trail.urls"),
]
