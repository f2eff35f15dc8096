from audit.entries import Entries
from calendars.demonstration import load_meetings
from calendars.trail_words import meeting_headline, meeting_lines
from core.demonstration import DemonstrationPart
from core.pages import Addresses, Page
from parties.roles import Permission, Role

DECLARES = [
    Permission(
        "calendar.view",
        "See what falls due and when the boards meet, and have it in your own calendar",
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
        "Calendar",
        "calendar.view",
        "calendars:calendar",
        group="round",
        order=30,
        below=frozenset({"calendars:calendar-link"}),
    ),
    Addresses("calendars.urls"),
    Addresses("calendars.feed_urls", of_contract=False),
    Entries(("meeting.",), permission="", headline=meeting_headline, lines=meeting_lines),
    Entries(("calendar_link.",), permission=""),
    DemonstrationPart(load_meetings),
]
