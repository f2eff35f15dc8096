"""What the improvement plans add to the house."""

from celery.schedules import crontab

from audit.entries import OWN_PARTY, Entries, EntryGroup
from calendars.due import DueItems
from core.demonstration import DemonstrationPart
from core.jobs import Job
from core.pages import Addresses, Page
from core.values.numbers import count_words
from improvement.actions.notices import ANSWERED, ASKED, SAID, settled_questions
from improvement.demonstration.loading import load_plans
from improvement.imports.handler import PLAN_ROWS
from improvement.measures.indicator import actions_meant_to_move
from improvement.reminders.due import plan_items
from improvement.reminders.owed import plans_owed
from improvement.rules.steps import Step
from improvement.trail_words import change_lines, headline
from kpis.indicator_page.parts import IndicatorPart
from notices.kinds import Deadlines, NoticeKind
from parties.roles import Permission, Role
from parties.typed_fields import TypedFields

TRUST, COUNCIL, OWNER = Role.TRUST_MANAGER, Role.CLIENT_OFFICER, Role.ACTION_OWNER
READERS = (TRUST, COUNCIL, Role.BOARD_READER, OWNER, Role.FINANCE_LEAD, Role.COUNCIL_FINANCE)

DECLARES: list[object] = [
    Permission(
        "plan.view",
        "Read the plans: actions, evidence and what was said",
        roles=READERS,
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
        "action.update",
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
                "improvement:timeline",
                "improvement:progress",
                "improvement:exceptions",
                "improvement:priorities",
                "improvement:priority",
                "improvement:document",
                "improvement:milestones",
                "improvement:thread",
                "improvement:new-plan",
                "improvement:keep",
                "improvement:state",
                "improvement:edit-plan",
                *(
                    f"improvement:{act}-{what}"
                    for act in ("add", "edit")
                    for what in ("priority", "recommendation", "action", "measure", "owner")
                ),
                "improvement:plan-spreadsheet",
                "improvement:measures",
                "improvement:measure",
                *(f"improvement:measure-{act}" for act in ("value", "terms", "link")),
                *(f"improvement:{step.value.replace('_', '-')}" for step in Step),
            }
        ),
    ),
    Addresses("improvement.urls"),
    TypedFields(marks=("version", "from", "seen")),
    NoticeKind(
        ASKED,
        "Asked about an action",
        told_when=(("action.confirm", "the other party asks you to settle what became of an action"),),
        in_subject=lambda number: count_words(number, "action to settle", "actions to settle"),
        settled=settled_questions,
    ),
    NoticeKind(
        ANSWERED,
        "Answered on an action",
        told_when=(("action.update", "an action of yours is confirmed, sent back, or to be shown anew"),),
        in_subject=lambda number: count_words(number, "answer"),
    ),
    NoticeKind(
        SAID,
        "Word on an action",
        told_when=(("action.comment", "somebody comments on an action that concerns you, or gives you one"),),
        in_subject=lambda number: count_words(number, "word on an action", "words on actions"),
    ),
    Deadlines(
        plans_owed,
        due_when=(
            ("action.update", "actions of yours are due this month, or evidence is to be looked at again"),
        ),
        overdue_when=(
            ("action.update", "actions of yours are overdue, or without a word since the last review"),
        ),
    ),
    DueItems(plan_items),
    Job(
        "look-at-the-evidence",
        task="improvement.look_at_the_evidence",
        schedule=crontab(minute="15", hour="4"),
    ),
    EntryGroup("plan", "actions of the plans"),
    Entries(
        ("action.", "measure.", "plan."),
        group="plan",
        permission="plan.view",
        headline=headline,
        lines=change_lines,
    ),
    # What is loaded from a file is the other party's to see once it is saved; until then it is not.
    Entries(("upload.plan.",), group="files", shown_to=OWN_PARTY, permission="plan.keep"),
    Entries(("upload.plan.taken_over",), group="plan", permission="plan.view"),
    PLAN_ROWS,
    IndicatorPart("plan.view", actions_meant_to_move),
    DemonstrationPart(load_plans),
]
