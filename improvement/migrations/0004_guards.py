"""What the database holds besides: nobody confirms what is theirs or rests on their own word, and what is known stays.

Each row of a plan has its own code, an action keeps what it is known by, and nothing of a plan is deleted but the
ownership of an action that nobody was asked about.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import migrations, models

from core.triggers.trigger import ReplaceTrigger, Trigger, install_triggers, with_triggers_lifted

PLAN, PRIORITY, ROW, REFERENCE = (
    "improvement_plan",
    "improvement_priority",
    "improvement_recommendation",
    "improvement_reference",
)
ACTION, EVENT, EVIDENCE = "improvement_action", "improvement_event", "improvement_evidence"
OWNER, OWNERSHIP = "improvement_owner", "improvement_ownership"
MEASURE, LINK = "improvement_measure", "improvement_measurelink"
KEPT = "Nothing of a plan is deleted."

# Who answers, as rules.sides has it: of what one party's side alone owns the other party, else the one that didn't ask.
ANSWERS = "NEW.kind IN ('confirmed', 'sent_back', 'ended', 'declined')"
OTHER_PARTY = "What became of an action is confirmed, sent back or ended by the other party."
ASKED_BY = f"""(SELECT asked.party FROM {EVENT} asked
    WHERE asked.action_id = NEW.action_id AND asked.kind IN ('asked', 'proposed')
    ORDER BY asked.number DESC LIMIT 1)"""
OWNED = f"""SELECT 1 FROM {OWNERSHIP} held JOIN {OWNER} owner ON owner.id = held.owner_id
    WHERE held.action_id = NEW.action_id"""


def alone(side: str) -> str:
    return f"(EXISTS ({OWNED}) AND NOT EXISTS ({OWNED} AND owner.side <> '{side}'))"


ANSWERING = f"""(CASE WHEN {alone("council")} THEN 'provider' WHEN {alone("trust")} THEN 'commissioner'
    ELSE CASE {ASKED_BY} WHEN 'commissioner' THEN 'provider' ELSE 'commissioner' END END)"""
ASKED_DECIDES = f"(CASE {ASKED_BY} WHEN 'commissioner' THEN 'provider' ELSE 'commissioner' END)"


def answered(by: str) -> Trigger:
    condition = f"{ANSWERS} AND NEW.party <> {by}"
    return Trigger("event_is_answered_by_the_other_party", EVENT, "INSERT", OTHER_PARTY, condition, ANSWERS)


# Evidence that holds, as the migration before this one has it; and that somebody else showed than who confirms.
CONFIRMS = "NEW.kind IN ('asked', 'confirmed')"
THAT_HOLDS = "Phase 2 is completed by evidence that holds: better figures, independent samples, not run out."
OF_OTHERS = (
    "Phase 2 is completed by evidence that holds: of others than who confirms, better figures, independent samples,"
    " not run out."
)
SINCE = "(later.number > shown.version OR shown.version IS NULL AND later.taken_at > shown.taken_at)"
HOLDS = f"""SELECT 1 FROM {EVIDENCE} shown LEFT JOIN kpis_indicator moved ON moved.id = shown.indicator_id
    WHERE shown.action_id = NEW.action_id AND shown.again_on > NEW.day
      AND (shown.independent IS NULL OR shown.independent)
      AND (shown.kind <> 'indicator'
           OR moved.polarity = 'higher' AND shown.after_mean > shown.before_mean
           OR moved.polarity <> 'higher' AND shown.after_mean < shown.before_mean)
      AND NOT EXISTS (
          SELECT 1 FROM {EVENT} later WHERE later.action_id = NEW.action_id AND {SINCE}
            AND (later.kind = 'asked_anew'
                 OR later.kind = 'status' AND later.phase = 1 AND later.now = 'completed' AND later.was <> 'completed')
      )"""
ANOTHERS = "(NEW.kind <> 'confirmed' OR shown.party <> NEW.party)"


def rests_on(evidence: str, message: str) -> Trigger:
    condition = f"{CONFIRMS} AND NOT EXISTS ({evidence})"
    return Trigger("event_confirms_by_what_holds", EVENT, "INSERT", message, condition, CONFIRMS)


def differs(column: str) -> str:
    return f"(COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), ''))"


def keeps(name: str, table: str, columns: Sequence[str], message: str) -> Trigger:
    """What a row is known by stays as it was first written."""
    return Trigger(name, table, "UPDATE", message, f"({' OR '.join(differs(column) for column in columns)})")


def stays(name: str, table: str) -> Trigger:
    return Trigger(name, table, "DELETE", KEPT)


def settled(key: str) -> str:
    """As plans.settled has it: somebody was asked about the action, or has answered."""
    return f"""SELECT 1 FROM {ACTION} meant WHERE meant.id = {key}
        AND (meant.waits <> '' OR meant.outcome <> 'open' OR meant.phase2 = 'completed')"""


OWNERS_STAY = "Whose an action is stays while it waits for an answer, and once it has ended or is confirmed."
# All who write rows lock their plan first, so that none comes between.
SAME_CODE = f"""EXISTS (
    SELECT 1 FROM {ROW} other JOIN {PRIORITY} there ON there.id = other.priority_id
    JOIN {PRIORITY} here ON here.id = NEW.priority_id
    WHERE other.code = NEW.code AND there.plan_id = here.plan_id
)"""
ASKED = f"""EXISTS (
    SELECT 1 FROM {EVENT} led WHERE led.action_id = NEW.id AND led.number = NEW.version
      AND led.kind IN ('asked', 'proposed') AND led.party = NEW.asked_by
)"""
ASKER_CHANGES = differs("asked_by")
SIDE_CHANGES = "NEW.side <> OLD.side"
HELD = f"SELECT 1 FROM {OWNERSHIP} held WHERE held.owner_id = NEW.id AND EXISTS ({settled('held.action_id')})"
MONTH = "SUBSTR(CAST({} AS TEXT), 1, 7)"
UNFINISHED = f"NEW.after_to IS NOT NULL AND {MONTH.format('NEW.after_to')} >= {MONTH.format('NEW.day')}"


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0003_keeping"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *with_triggers_lifted(
            migrations.AddConstraint(
                model_name="event",
                constraint=models.CheckConstraint(
                    name="event_between_the_parties_is_somebodys",
                    condition=~models.Q(
                        kind__in=["asked", "confirmed", "declined", "ended", "proposed", "sent_back"]
                    )
                    | models.Q(taken_by__isnull=False) & ~models.Q(party=""),
                ),
            ),
        ),
        ReplaceTrigger(answered(ANSWERING), answered(ASKED_DECIDES)),
        ReplaceTrigger(rests_on(f"{HOLDS} AND {ANOTHERS}", OF_OTHERS), rests_on(HOLDS, THAT_HOLDS)),
        *install_triggers(
            Trigger(
                "evidence_is_of_months_that_are_over",
                EVIDENCE,
                "INSERT",
                "An indicator is shown by months that are over.",
                UNFINISHED,
            ),
            Trigger(
                "recommendation_has_its_own_code",
                ROW,
                "INSERT",
                "Each row of a plan has a code of its own.",
                SAME_CODE,
            ),
            keeps(
                "recommendation_keeps_its_code",
                ROW,
                ("code", "priority_id", "added_on"),
                "A row keeps its code, its priority and the day on which it was added.",
            ),
            keeps(
                "priority_keeps_its_number",
                PRIORITY,
                ("plan_id", "number"),
                "A priority keeps its plan and its number.",
            ),
            keeps(
                "action_keeps_its_number",
                ACTION,
                ("recommendation_id", "number", "added_on"),
                "An action keeps its row, its number and the day on which it was added.",
            ),
            Trigger(
                "action_asker_follows_its_event",
                ACTION,
                "UPDATE",
                "Who asked last is who the event says.",
                f"{ASKER_CHANGES} AND NOT {ASKED}",
                ASKER_CHANGES,
            ),
            Trigger(
                "ownership_is_given_before_it_counts",
                OWNERSHIP,
                "INSERT",
                OWNERS_STAY,
                f"EXISTS ({settled('NEW.action_id')})",
            ),
            Trigger(
                "ownership_stays_once_it_counts",
                OWNERSHIP,
                "UPDATE",
                OWNERS_STAY,
                f"EXISTS ({settled('OLD.action_id')}) OR EXISTS ({settled('NEW.action_id')})",
            ),
            Trigger(
                "ownership_is_not_taken_once_it_counts",
                OWNERSHIP,
                "DELETE",
                OWNERS_STAY,
                f"EXISTS ({settled('OLD.action_id')})",
            ),
            Trigger(
                "owner_keeps_side_once_it_counts",
                OWNER,
                "UPDATE",
                OWNERS_STAY,
                f"{SIDE_CHANGES} AND EXISTS ({HELD})",
                SIDE_CHANGES,
            ),
            stays("plan_stays", PLAN),
            stays("priority_stays", PRIORITY),
            stays("block_stays", "improvement_block"),
            stays("recommendation_stays", ROW),
            stays("reference_stays", REFERENCE),
            stays("owner_stays", OWNER),
            stays("measure_stays", MEASURE),
            stays("measure_link_stays", LINK),
        ),
    ]
