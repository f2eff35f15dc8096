"""What the database itself holds of figures, whoever writes: bands that stand, revisions that fit, acceptance by another.

PostgreSQL asks ``first`` what it can see on the row itself, because a condition that looks into tables costs a query for
each row of an import; SQLite asks a condition's parts in turn anyway.
"""

from django.db import migrations

from core.triggers.append_only import append_only, no_replacement
from core.triggers.trigger import Trigger, install_triggers

BAND, INDICATOR, FIGURE, REVISION = "kpis_bandversion", "kpis_indicator", "kpis_figure", "kpis_figurerevision"
STEP, ANSWER, OMISSION = "kpis_step", "kpis_checkanswer", "kpis_omission"

OVERLAP = f"""EXISTS (
    SELECT 1 FROM {BAND} other
    WHERE other.indicator_id = NEW.indicator_id
      AND (other.valid_to IS NULL OR NEW.valid_from <= other.valid_to)
      AND (NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to)
      {{itself}}
)"""

AGAINST_POLARITY = f"""EXISTS (
    SELECT 1 FROM {INDICATOR} judged
    WHERE judged.id = NEW.indicator_id
      AND (judged.polarity = 'higher') <> (NEW.target_operator IN ('>', '>='))
)"""

BAND_FIXED = (
    "indicator_id valid_from target_operator target_value tolerance_operator tolerance_value failure_operator"
    " failure_value change_reference"
).split()
REWRITTEN = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in BAND_FIXED)
REOPENED = "(OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to <> OLD.valid_to))"

TURNED = f"""(NEW.polarity <> OLD.polarity OR NEW.unit <> OLD.unit)
    AND EXISTS (SELECT 1 FROM {BAND} standing WHERE standing.indicator_id = OLD.id)"""

MOVED = "NEW.month <> OLD.month OR NEW.indicator_id <> OLD.indicator_id"

# SQLite gives a new row no id before it is stored, so only an update may leave its own row out.
ITSELF = {"INSERT": "", "UPDATE": "AND other.id <> NEW.id"}

OF_ANOTHER_FIGURE = f"""NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.revision_id AND own.figure_id = NEW.figure_id
)"""

# Who entered any revision of the figure may not accept it.
OWN_WORK = f"""NEW.kind = 'accepted' AND EXISTS (
    SELECT 1 FROM {REVISION} entered
    WHERE entered.figure_id = NEW.figure_id AND entered.entered_by_id = NEW.taken_by_id
)"""

REPLACES = "NEW.replaces_id IS NOT NULL"
REPLACES_ANOTHERS = f"""{REPLACES} AND NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.replaces_id AND own.figure_id = NEW.figure_id
)"""

REPORTED = f"""EXISTS (
    SELECT 1 FROM {FIGURE} there WHERE there.indicator_id = NEW.indicator_id AND there.month = NEW.month
)"""

# What was open between the parties, and what the Trust returned, is accepted by a step on what it reads now.
ACCEPTED = "NEW.state = 'accepted'"
WITHOUT_A_STEP = f"""{ACCEPTED}
    AND ({{was_open}} EXISTS (
        SELECT 1 FROM {REVISION} said WHERE said.id = NEW.latest_id AND said.provenance = 'returned'
    ))
    AND NOT EXISTS (
        SELECT 1 FROM {STEP} taken
        WHERE taken.figure_id = NEW.id AND taken.revision_id = NEW.latest_id AND taken.kind = 'accepted'
          AND NOT EXISTS (
              SELECT 1 FROM {REVISION} entered
              WHERE entered.figure_id = NEW.id AND entered.entered_by_id = taken.taken_by_id
          )
    )"""
# A figure without a revision is being made: where it stands is not known before. None is made accepted; where one comes
# so (SQLite's INSERT OR REPLACE) it might have been open.
WAS_OPEN = {
    "INSERT": "NEW.id IS NOT NULL OR",
    "UPDATE": "(OLD.state <> 'accepted' AND OLD.latest_id IS NOT NULL) OR",
}


def ten_thousandths(column: str) -> str:
    # SQLite computes with binary fractions; whole numbers of ten-thousandths are exact on both databases.
    return f"CAST(ROUND(NEW.{column} * 10000) AS BIGINT)"


# No unit multiplies by more than a rate does, by 10,000.
TOO_LARGE_AS_A_RATE = "NEW.denominator > 0 AND ROUND(NEW.numerator, 4) >= 1000 * ROUND(NEW.denominator, 4)"
TOO_LARGE = f"""NEW.denominator > 0 AND EXISTS (
    SELECT 1 FROM {FIGURE} place JOIN {INDICATOR} measured ON measured.id = place.indicator_id
    WHERE place.id = NEW.figure_id
      AND {ten_thousandths("numerator")}
          * CASE measured.unit WHEN 'percent' THEN 100 WHEN 'rate_per_10000' THEN 10000 ELSE 1 END
          >= 10000000 * {ten_thousandths("denominator")}
)"""

COUNTED = f"""NEW.numerator IS NOT NULL OR NEW.denominator IS NOT NULL
    OR {ten_thousandths("value")} / 10000 * 10000 <> {ten_thousandths("value")}"""
ABOVE_THE_WHOLE = f"""{ten_thousandths("value")} > 1000000
    OR (NEW.denominator > 0 AND {ten_thousandths("numerator")} > {ten_thousandths("denominator")})"""
BESIDE_A_VALUE = "NEW.numerator IS NOT NULL AND NEW.denominator IS NULL AND NEW.value IS NOT NULL"


def measured_in(unit: str, condition: str) -> str:
    """The revision is of an indicator of this unit (SQL that compares), and the condition holds."""
    return f"""({condition}) AND EXISTS (
        SELECT 1 FROM {FIGURE} place JOIN {INDICATOR} measured ON measured.id = place.indicator_id
        WHERE place.id = NEW.figure_id AND measured.unit {unit}
    )"""


def of_bands(name: str, condition: str, message: str) -> list[Trigger]:
    return [
        Trigger(f"{name}_on_{event.lower()}", BAND, event, message, condition.format(itself=itself))
        for event, itself in ITSELF.items()
    ]


def own_revision(pointer: str) -> list[Trigger]:
    """What a figure points at is a revision of its own."""
    points = f"NEW.{pointer}_id IS NOT NULL"
    anothers = f"""{points} AND NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.{pointer}_id AND own.figure_id = NEW.id
)"""
    return [
        Trigger(
            f"figure_{pointer}_is_its_own_on_{event.lower()}",
            FIGURE,
            event,
            f"The {pointer} revision of a figure is one of its own.",
            anothers,
            first=points,
        )
        for event in ("INSERT", "UPDATE")
    ]


def of_revisions(name: str, message: str, condition: str, first: str = "") -> Trigger:
    return Trigger(name, REVISION, "INSERT", message, condition, first)


BANDS = [
    *of_bands("band_overlap", OVERLAP, "Two band versions of one indicator can't hold at the same time."),
    *of_bands(
        "band_polarity", AGAINST_POLARITY, "The band runs against the indicator: its target is on the worse side."
    ),
    Trigger(
        "band_stays_on_update",
        BAND,
        "UPDATE",
        "A band stays as it is once it stands: close it and add a version of its own.",
        f"{REWRITTEN} OR {REOPENED}",
    ),
    Trigger("band_stays_on_delete", BAND, "DELETE", "A band stays once it stands: months were judged by it."),
    Trigger(
        "indicator_is_not_turned",
        INDICATOR,
        "UPDATE",
        "Unit and polarity stay as they are while bands stand on them.",
        TURNED,
    ),
]
FIGURES = [
    Trigger("figure_stays_in_place", FIGURE, "UPDATE", "A figure keeps its indicator and its month.", MOVED),
    *own_revision("latest"),
    *own_revision("accepted"),
    *(
        Trigger(
            f"figure_is_accepted_by_a_step_on_{event.lower()}",
            FIGURE,
            event,
            "A figure of the round is accepted by a step of somebody who did not enter it.",
            WITHOUT_A_STEP.format(was_open=was_open),
            first=ACCEPTED,
        )
        for event, was_open in WAS_OPEN.items()
    ),
]
REVISIONS = [
    of_revisions(
        "revision_fits_its_unit",
        "Numerator and denominator give a value above 9,999,999.9999, which can't be kept.",
        TOO_LARGE,
        first=TOO_LARGE_AS_A_RATE,
    ),
    of_revisions(
        "revision_replaces_one_of_its_own",
        "A revision replaces one of the same figure.",
        REPLACES_ANOTHERS,
        first=REPLACES,
    ),
    of_revisions(
        "revision_count_stands_alone",
        "A count is a whole number and stands alone as the value.",
        measured_in("= 'count'", COUNTED),
        first=COUNTED,
    ),
    of_revisions(
        "revision_part_is_within_its_whole",
        "A percentage is at most 100.",
        measured_in("= 'percent'", ABOVE_THE_WHOLE),
        first=ABOVE_THE_WHOLE,
    ),
    of_revisions(
        "revision_count_stands_beside_a_rate",
        "Only a rate may have the count behind it beside its value.",
        measured_in("NOT IN ('rate_per_10000', 'count')", BESIDE_A_VALUE),
        first=BESIDE_A_VALUE,
    ),
    of_revisions(
        "revision_is_of_something",
        "A denominator of 0 has a numerator of 0.",
        "NEW.denominator = 0 AND NEW.numerator <> 0",
    ),
]
BESIDE_FIGURES = [
    Trigger("omission_has_no_figure", OMISSION, "INSERT", "This month has a figure already.", REPORTED),
    Trigger(
        "step_is_on_its_own_figure", STEP, "INSERT", "A step speaks of a revision of its figure.", OF_ANOTHER_FIGURE
    ),
    Trigger(
        "step_accepts_no_own_work", STEP, "INSERT", "Whoever submitted a figure can't accept it.", OWN_WORK
    ),
]


class Migration(migrations.Migration):
    dependencies = [("kpis", "0001_initial")]

    operations = [
        *(operation for table in (REVISION, STEP, ANSWER, OMISSION) for operation in append_only(table)),
        *install_triggers(*BANDS, *FIGURES, *REVISIONS, *BESIDE_FIGURES),
        *(operation for table in (INDICATOR, BAND, FIGURE) for operation in no_replacement(table)),
    ]
