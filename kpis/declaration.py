"""What this app adds to the house."""

from celery.schedules import crontab

from audit.entries import OWN_PARTY, PROVIDER, Entries, EntryGroup
from calendars.due import DueItems
from core.demonstration import DemonstrationPart
from core.jobs import HealthCheck, Job
from core.pages import Addresses, Page
from core.values.numbers import count_words
from kpis.demonstration import load_figures
from kpis.freshness_check import worker_is_behind, worker_keeps_up
from kpis.obligations.deadlines import what_is_owed, with_earlier_months
from kpis.obligations.due import open_until, reporting_ended_words
from kpis.returns.upload_handler import FIGURES
from kpis.review.notices import ACCEPTED, ANSWERED, QUERIED, settled_queries
from kpis.trail_words import change_lines, headline
from notices.kinds import Deadlines, NoticeKind
from parties.participants import FetchedWithContract
from parties.roles import Permission, Role
from parties.typed_fields import TypedFields

TRUST, COUNCIL = Role.TRUST_MANAGER, Role.CLIENT_OFFICER
# Those who look after the money read what a board reads, and enter or answer no figure.
READERS = (TRUST, COUNCIL, Role.BOARD_READER, Role.FINANCE_LEAD, Role.COUNCIL_FINANCE)
EVERYBODY = tuple(Role)

PERMISSIONS = [
    Permission("dashboard.view", "See the month's status of every indicator", roles=READERS),
    Permission(
        "indicator.view",
        "See an indicator's history, with its figures and who entered them",
        roles=READERS,
    ),
    Permission(
        "round.view",
        "See where each figure stands between Trust and council, and what both said about it",
        roles=READERS,
    ),
    Permission(
        "figure.enter", "Type and submit the Trust's figures, and see what is being drafted", roles=(TRUST,)
    ),
    Permission("figure.answer", "Accept the Trust's figures, or query them", roles=(COUNCIL,)),
    Permission("query.answer", "Answer the council's queries", roles=(TRUST,)),
    Permission("published_checks.view", "See the checks on the published tables", roles=READERS),
    Permission(
        "definition.view",
        "Read how each indicator is measured",
        roles=EVERYBODY,
    ),
]

PAGES = [
    Page(
        "Dashboard",
        "dashboard.view",
        "kpis:dashboard",
        group="performance",
        order=10,
        below=frozenset({"kpis:indicator"}),
        with_day=True,
        start=10,
    ),
    Page("Heat map", "dashboard.view", "kpis:heat-map", group="performance", order=20, with_day=True),
    Page(
        "Returns",
        "figure.enter",
        "kpis:returns",
        group="round",
        order=10,
        below=frozenset({"kpis:return", "kpis:spreadsheet"}),
    ),
    Page(
        "Review",
        "round.view",
        "kpis:review",
        group="round",
        order=20,
        below=frozenset({"kpis:figure-review", "kpis:query", "kpis:answer"}),
    ),
    Page("How we measure", "definition.view", "kpis:how-we-measure", group="more", order=10),
    Page(
        "Checks on the published tables",
        "published_checks.view",
        "kpis:published-checks",
        group="more",
        order=20,
    ),
    Addresses("kpis.urls"),
    Addresses("kpis.api.urls", prefix="api/", of_contract=False),
]

NOTICES = [
    NoticeKind(
        QUERIED,
        "Queried by the council",
        told_when=(("query.answer", "the council asks about a figure"),),
        in_subject=lambda number: count_words(number, "query", "queries"),
        settled=settled_queries,
    ),
    NoticeKind(
        ANSWERED,
        "Answered by the Trust",
        told_when=(("figure.answer", "the Trust answers a query"),),
        in_subject=lambda number: count_words(number, "answer"),
    ),
    NoticeKind(
        ACCEPTED,
        "Accepted by the council",
        told_when=(("query.answer", "the council accepts figures"),),
        in_subject=lambda number: "figures accepted",
    ),
    Deadlines(
        what_is_owed,
        due_when=(
            ("query.answer", "figures or answers to queries are due within three working days"),
            ("figure.answer", "the council’s answers are due within three working days"),
        ),
        overdue_when=(
            ("query.answer", "figures or answers to queries are overdue"),
            ("figure.answer", "the council’s answers are overdue"),
        ),
        in_full=with_earlier_months,
    ),
    DueItems(open_until, remark=reporting_ended_words),
]

FIGURES_STAND_IN_IT = "indicator.view"
TRAIL = [
    EntryGroup("entered", "figures entered, imported and corrected"),
    EntryGroup("answered", "figures accepted, queried and explained"),
    EntryGroup("defined", "definitions and bands"),
    Entries(
        ("figures.", "return."),
        "entered",
        permission=FIGURES_STAND_IN_IT,
        headline=headline,
        lines=change_lines,
    ),
    # What the Trust does before it submits is its own.
    Entries(
        ("draft",), "entered", PROVIDER, permission="figure.enter", headline=headline, lines=change_lines
    ),
    Entries((f"upload.{FIGURES.name}.",), "files", PROVIDER, permission="figure.enter"),
    Entries(
        ("figures.accepted", "figure."),
        "answered",
        permission=FIGURES_STAND_IN_IT,
        headline=headline,
        lines=change_lines,
    ),
    Entries(("definitions.",), "defined", permission="", headline=headline, lines=change_lines),
    Entries(
        ("indicators.owned",),
        "",
        OWN_PARTY,
        permission="indicator.view",
        headline=headline,
        lines=change_lines,
    ),
]

WORK = [
    # What a lost message left; a sweep that waited is worthless once the next one is due.
    Job("sweep-what-a-lost-message-left", task="kpis.sweep", schedule=60.0, expires=55),
    Job(
        "recompute-at-the-turn-of-the-month",
        task="kpis.recompute_rag",
        schedule=crontab(minute="0", hour="2", day_of_month="1"),
        kwargs={"trigger": "schedule"},
    ),
    HealthCheck("worker", worker_keeps_up, behind=worker_is_behind),
    FIGURES,
    TypedFields(
        marks=("was", "begun_from", "revision", "withdraws", "reopens"), untouched=(("standing", "final"),)
    ),
    FetchedWithContract("figures_version"),
    DemonstrationPart(load_figures),
]

DECLARES = [*PERMISSIONS, *PAGES, *NOTICES, *TRAIL, *WORK]
