"""What the contract's money adds to the house."""

from audit.entries import OWN_PARTY, Entries, EntryGroup
from budgets.demonstration.loading import load_books
from budgets.home.presenter import money_lines
from budgets.imports.handler import MONTHS
from budgets.months.notices import ACCEPTED, ANSWERED, ASKED, SUBMITTED_MONEY, settled_waiting
from budgets.reminders.due import money_items
from budgets.reminders.owed import money_owed
from budgets.trail_words import change_lines, headline
from budgets.versions.notices import ANSWERED as CHANGE_ANSWERED
from budgets.versions.notices import PROPOSED, settled_proposals
from calendars.due import DueItems
from core.demonstration import DemonstrationPart
from core.pages import Addresses, Page
from core.values.numbers import count_words
from kpis.dashboard.parts import HomePart
from notices.kinds import Deadlines, NoticeKind
from parties.participants import FetchedWithContract
from parties.roles import Permission, Role
from parties.typed_fields import TypedFields

ENTERING = (Role.TRUST_MANAGER, Role.FINANCE_LEAD)
ANSWERING = (Role.CLIENT_OFFICER, Role.COUNCIL_FINANCE)
BELOW = (
    "book",
    "line",
    "set-profile",
    "enter-basis",
    "reconciliation",
    "bridge",
    "forecasts",
    "demand",
    "savings",
    "say-saving",
    "read-savings",
    "scenario",
    "period",
    "enter-period",
    "answer-lines",
    "close-period",
    "submit-drafts",
    "accept-lines",
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
        roles=(*ENTERING, *ANSWERING, Role.BOARD_READER),
    ),
    Permission("money.enter", "Enter what was spent and what the year is to come to", roles=ENTERING),
    Permission(
        "money.answer",
        "Ask about what was entered of the budgets, and accept it",
        roles=ANSWERING,
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
    FetchedWithContract("money_moved"),
    TypedFields(
        marks=(
            "version",
            "begun_from",
            "entry",
            "seen",
            "seen_version",
            "of_year",
            "saving",
            "plan",
            "costs_of",
        )
    ),
    NoticeKind(
        SUBMITTED_MONEY,
        "Money submitted",
        told_when=(("money.answer", "a month’s money is submitted"),),
        in_subject=lambda number: count_words(number, "month of money", "months of money"),
        settled=settled_waiting,
    ),
    NoticeKind(
        ASKED,
        "Asked about the money",
        told_when=(("money.enter", "the council asks about the money"),),
        in_subject=lambda number: count_words(
            number, "question about the money", "questions about the money"
        ),
        settled=settled_waiting,
    ),
    NoticeKind(
        ANSWERED,
        "Answered about the money",
        told_when=(("money.answer", "a question about the money is answered or disputed"),),
        in_subject=lambda number: count_words(number, "answer about the money", "answers about the money"),
        settled=settled_waiting,
    ),
    NoticeKind(
        ACCEPTED,
        "Money accepted",
        told_when=(("money.enter", "all that was submitted of a month’s money is accepted"),),
        in_subject=lambda number: "money accepted",
    ),
    NoticeKind(
        PROPOSED,
        "Change of a budget proposed",
        told_when=(
            ("money.enter", "the council proposes to change a budget"),
            ("money.answer", "the Trust proposes to change a budget"),
        ),
        in_subject=lambda number: count_words(number, "change of a budget", "changes of budgets"),
        settled=settled_proposals,
    ),
    NoticeKind(
        CHANGE_ANSWERED,
        "Change of a budget answered",
        told_when=(
            ("money.enter", "the council agrees to a change of a budget, or declines it"),
            ("money.answer", "the Trust agrees to a change of a budget, or declines it"),
        ),
        in_subject=lambda number: count_words(number, "answer about a budget", "answers about budgets"),
    ),
    Deadlines(
        money_owed,
        due_when=(
            ("money.enter", "a month’s money, or an answer about it, is due within three working days"),
            ("money.answer", "the council’s answer to a month’s money is due within three working days"),
        ),
        overdue_when=(
            ("money.enter", "a month’s money, or an answer about it, is overdue"),
            ("money.answer", "the council’s answer to a month’s money is overdue"),
        ),
    ),
    DueItems(money_items),
    HomePart("money.view", money_lines),
    EntryGroup("money", "budgets"),
    Entries(("money.",), group="money", permission="money.view", headline=headline, lines=change_lines),
    MONTHS,
    Entries((f"upload.{MONTHS.name}.",), group="files", shown_to=OWN_PARTY, permission="money.enter"),
    # No figure of a book stands in limits, and administrators set them.
    Entries(("money.limits.",), group="money", permission=""),
    DemonstrationPart(load_books),
]
