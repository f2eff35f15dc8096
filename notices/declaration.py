from audit.entries import OWN_PARTY, Entries
from core.jobs import Job
from core.pages import Addresses, Page
from notices.trail_words import choice_lines
from parties.roles import Permission, Role

DECLARES = [
    Permission(
        "notice.view",
        "Be told what waits for you, on a page and by e-mail",
        roles=(
            Role.TRUST_MANAGER,
            Role.CLIENT_OFFICER,
            Role.BOARD_READER,
            Role.ACTION_OWNER,
            Role.FINANCE_LEAD,
            Role.COUNCIL_FINANCE,
        ),
    ),
    Page(
        "Notices",
        "notice.view",
        "notices:notices",
        group="round",
        order=40,
        own="What you were told, and what of it by e-mail",
    ),
    Addresses("notices.urls"),
    Entries(("notices.",), shown_to=OWN_PARTY, permission="", lines=choice_lines),
    # Deadlines and e-mails; the first of a day go out at the hour that NOTICES_FROM_HOUR names.
    Job("send-notices", task="notices.send_notices", schedule=300.0, expires=290),
]
