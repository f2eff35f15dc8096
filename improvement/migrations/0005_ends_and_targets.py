"""What the database holds besides: what is done doesn't end undone, and a target moves to a month that isn't over."""

from django.db import migrations

from core.triggers.trigger import Trigger, install_triggers

ACTION, EVENT = "improvement_action", "improvement_event"
ENDS = "NEW.kind IN ('proposed', 'ended')"
DONE = f"SELECT 1 FROM {ACTION} done WHERE done.id = NEW.action_id AND done.phase1 = 'completed'"
MONTH = "SUBSTR(CAST({} AS TEXT), 1, 7)"
MOVES = "NEW.kind = 'moved'"
OVER = f"{MONTH.format('NEW.target_now')} < {MONTH.format('NEW.day')}"


class Migration(migrations.Migration):
    dependencies = [("improvement", "0004_guards")]

    operations = install_triggers(
        Trigger(
            "event_ends_what_is_not_done",
            EVENT,
            "INSERT",
            "What is done doesn't end without being done.",
            f"{ENDS} AND EXISTS ({DONE})",
            ENDS,
        ),
        Trigger(
            "event_moves_to_a_month_to_come",
            EVENT,
            "INSERT",
            "A target is the month of the day on which it moves, or a later one.",
            f"{MOVES} AND {OVER}",
            MOVES,
        ),
    )
