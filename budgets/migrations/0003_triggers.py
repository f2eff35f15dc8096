"""What the database itself holds of the months, whoever writes: history stays, and nobody accepts their own entries."""

from django.db import migrations

from core.triggers.append_only import append_only, no_replacement
from core.triggers.trigger import Trigger, install_triggers

LINE, MONTH, ENTRY, STEP, CLOSED = (
    "budgets_line",
    "budgets_linemonth",
    "budgets_entry",
    "budgets_moneystep",
    "budgets_closedperiod",
)
MOVED = "NEW.line_id <> OLD.line_id OR NEW.year <> OLD.year OR NEW.period <> OLD.period"
ANOTHERS = f"""NOT EXISTS (
    SELECT 1 FROM {ENTRY} own WHERE own.id = NEW.entry_id AND own.month_id = NEW.month_id
)"""
OWN_WORK = f"""NEW.kind = 'accepted' AND EXISTS (
    SELECT 1 FROM {ENTRY} entered WHERE entered.month_id = NEW.month_id AND entered.entered_by_id = NEW.taken_by_id
)"""
ACCEPTED = "NEW.state = 'accepted'"
WITHOUT_A_STEP = f"""{ACCEPTED}
    AND EXISTS (SELECT 1 FROM {ENTRY} said WHERE said.id = NEW.latest_id AND said.provenance = 'returned')
    AND NOT EXISTS (
        SELECT 1 FROM {STEP} taken
        WHERE taken.month_id = NEW.id AND taken.entry_id = NEW.latest_id AND taken.kind = 'accepted'
    )"""
OF_A_CLOSED_PERIOD = f"""NEW.reason = '' AND EXISTS (
    SELECT 1 FROM {MONTH} meant JOIN {LINE} line ON line.id = meant.line_id
    JOIN {CLOSED} closed ON closed.book_id = line.book_id AND closed.year = meant.year AND closed.period = meant.period
    WHERE meant.id = NEW.month_id
)"""
WITHOUT_AMOUNTS = f"""NOT EXISTS (
    SELECT 1 FROM {LINE} line WHERE line.id = NEW.line_id AND line.kind = 'line'
)"""


def points_at_its_own(pointer: str) -> list[Trigger]:
    points = f"NEW.{pointer}_id IS NOT NULL"
    anothers = f"""{points} AND NOT EXISTS (
    SELECT 1 FROM {ENTRY} own WHERE own.id = NEW.{pointer}_id AND own.month_id = NEW.id
)"""
    message = f"The {pointer} entry of a line's period is one of its own."
    return [
        Trigger(f"line_month_{pointer}_is_its_own_on_{event.lower()}", MONTH, event, message, anothers, first=points)
        for event in ("INSERT", "UPDATE")
    ]


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_months")]

    operations = [
        *install_triggers(
            Trigger(
                "line_month_stays_in_place", MONTH, "UPDATE", "A line's period keeps its line and its time.", MOVED
            ),
            Trigger(
                "line_month_is_of_a_line",
                MONTH,
                "INSERT",
                "Only a line has months of its own; what holds lines adds them up.",
                WITHOUT_AMOUNTS,
            ),
            *points_at_its_own("latest"),
            *points_at_its_own("accepted"),
            *(
                Trigger(
                    f"line_month_is_accepted_by_a_step_on_{event.lower()}",
                    MONTH,
                    event,
                    "What was returned is accepted by a step on what it reads now.",
                    WITHOUT_A_STEP,
                    first=ACCEPTED,
                )
                for event in ("INSERT", "UPDATE")
            ),
            Trigger(
                "entry_of_a_closed_period_says_why",
                ENTRY,
                "INSERT",
                "A closed period is revised with a reason.",
                OF_A_CLOSED_PERIOD,
                first="NEW.reason = ''",
            ),
            Trigger("money_step_is_on_its_own_entry", STEP, "INSERT", "A step speaks of an entry of its line.", ANOTHERS),
            Trigger(
                "money_step_accepts_no_own_work", STEP, "INSERT", "Whoever entered a line can't accept it.", OWN_WORK
            ),
        ),
        *append_only(ENTRY),
        *append_only(STEP),
        *append_only(CLOSED),
        *no_replacement(MONTH),
    ]
