"""What the database itself holds of the plans, whoever writes: history that stays, and no Phase 2 without the other party.

An action stands where its last event leads: the event comes first, with the number that becomes the action's version.
"""

from django.db import migrations

from core.triggers.append_only import append_only, no_replacement
from core.triggers.trigger import Trigger, install_triggers

ACTION, EVENT, EVIDENCE, STATEMENT = (
    "improvement_action",
    "improvement_event",
    "improvement_evidence",
    "improvement_statement",
)
OWNER, OWNERSHIP = "improvement_owner", "improvement_ownership"
ANSWERS = "('confirmed', 'sent_back', 'ended', 'declined')"

OWNED = f"""SELECT 1 FROM {OWNERSHIP} held JOIN {OWNER} owner ON owner.id = held.owner_id
    WHERE held.action_id = NEW.action_id"""
# The Trust confirms what the council alone owns, the council everything else.
CONFIRMING = f"""(CASE WHEN EXISTS ({OWNED}) AND NOT EXISTS ({OWNED} AND owner.side <> 'council')
    THEN 'provider' ELSE 'commissioner' END)"""


def without_event(condition: str) -> str:
    """No event of the action with the number of its version fulfils the condition."""
    return f"""NOT EXISTS (
        SELECT 1 FROM {EVENT} led WHERE led.action_id = NEW.id AND led.number = NEW.version AND {condition}
    )"""


def waits_for_no(answer: str) -> str:
    return f"""NOT EXISTS (
        SELECT 1 FROM {ACTION} meant WHERE meant.id = NEW.action_id AND meant.waits = '{answer}'
    )"""


def differs(column: str) -> str:
    return f"(COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), ''))"


def of_actions(name: str, message: str, condition: str) -> Trigger:
    return Trigger(name, ACTION, "UPDATE", message, condition)


def of_events(name: str, message: str, first: str, condition: str) -> Trigger:
    return Trigger(name, EVENT, "INSERT", message, f"{first} AND {condition}", first)


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_initial")]

    operations = [
        *install_triggers(
            of_events(
                "event_is_answered_by_the_other_party",
                "What became of an action is confirmed, sent back or ended by the other party.",
                f"NEW.kind IN {ANSWERS}",
                f"NEW.party <> {CONFIRMING}",
            ),
            of_events(
                "event_is_confirmed_by_another",
                "Whoever wrote about an action doesn't confirm it.",
                "NEW.kind IN ('confirmed', 'ended')",
                f"""EXISTS (
                    SELECT 1 FROM {EVENT} wrote
                    WHERE wrote.action_id = NEW.action_id AND wrote.taken_by_id = NEW.taken_by_id
                      AND wrote.kind IN ('asked', 'proposed', 'status', 'moved')
                )""",
            ),
            of_events(
                "event_confirms_what_was_asked",
                "Phase 2 is confirmed where that was asked for.",
                "NEW.kind IN ('confirmed', 'sent_back')",
                waits_for_no("confirmation"),
            ),
            of_events(
                "event_ends_what_was_proposed",
                "An action is ended where that was proposed.",
                "NEW.kind IN ('ended', 'declined')",
                waits_for_no("end"),
            ),
            of_events(
                "event_confirms_by_evidence",
                "Phase 2 is completed by evidence only.",
                "NEW.kind IN ('asked', 'confirmed')",
                f"NOT EXISTS (SELECT 1 FROM {EVIDENCE} shown WHERE shown.action_id = NEW.action_id)",
            ),
            of_actions(
                "action_phase_1_follows_its_event",
                "An action's Phase 1 changes by an event that says so.",
                f"{differs('phase1')} AND {without_event('led.phase = 1 AND led.now = NEW.phase1')}",
            ),
            of_actions(
                "action_phase_2_follows_its_event",
                "An action's Phase 2 changes by an event that says so, and is completed by a confirmation only.",
                f"{differs('phase2')} AND "
                + without_event(
                    "led.phase = 2 AND led.now = NEW.phase2 AND (NEW.phase2 <> 'completed' OR led.kind = 'confirmed')"
                ),
            ),
            of_actions(
                "action_outcome_follows_its_event",
                "An action ends otherwise than by being done where the other party agrees.",
                f"{differs('outcome')} AND {without_event('''led.kind = 'ended' AND led.now = NEW.outcome''')}",
            ),
            of_actions(
                "action_target_follows_its_event",
                "A target moves by an event that says why.",
                f"{differs('target')} AND {without_event('''led.kind = 'moved' AND led.target_now = NEW.target''')}",
            ),
            of_actions(
                "action_keeps_its_first_target",
                "The first target of an action stays.",
                f"OLD.first_target IS NOT NULL AND {differs('first_target')}",
            ),
            of_actions(
                "action_version_moves_on",
                "The version of an action is the number of its last event.",
                f"NEW.version <> OLD.version AND (NEW.version <> OLD.version + 1 OR {without_event('TRUE')})",
            ),
            Trigger(
                "action_begins_open",
                ACTION,
                "INSERT",
                "An action begins open, with nothing confirmed.",
                "NEW.phase2 = 'completed' OR NEW.outcome <> 'open' OR NEW.waits <> ''",
            ),
            Trigger("action_stays", ACTION, "DELETE", "Actions are closed, never deleted."),
        ),
        *no_replacement(ACTION),
        *append_only(EVENT),
        *append_only(EVIDENCE),
        *append_only(STATEMENT),
    ]
