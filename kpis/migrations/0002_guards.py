"""Revisions are written once and fit their indicator; a band stays as it is once it stands; figures stay in place."""

from django.db import migrations

from audit.append_only import append_only
from audit.guards import Guard, guarded_by

BAND, INDICATOR, FIGURE, REVISION = "kpis_bandversion", "kpis_indicator", "kpis_figure", "kpis_figurerevision"
STEP = "kpis_step"

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

ANOTHERS_REVISION = " OR ".join(
    f"""(NEW.{pointer} IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.{pointer} AND own.figure_id = NEW.id
))"""
    for pointer in ("latest_id", "accepted_id")
)

OF_ANOTHER_FIGURE = f"""NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.revision_id AND own.figure_id = NEW.figure_id
)"""

# Who entered any revision of the figure may not accept it.
OWN_WORK = f"""NEW.kind = 'accepted' AND EXISTS (
    SELECT 1 FROM {REVISION} entered
    WHERE entered.figure_id = NEW.figure_id AND entered.entered_by_id = NEW.taken_by_id
)"""


def ten_thousandths(column: str) -> str:
    # SQLite computes with binary fractions; whole numbers of ten-thousandths are exact on both databases.
    return f"CAST(ROUND(NEW.{column} * 10000) AS BIGINT)"


TOO_LARGE = f"""NEW.denominator > 0 AND EXISTS (
    SELECT 1 FROM {FIGURE} place JOIN {INDICATOR} measured ON measured.id = place.indicator_id
    WHERE place.id = NEW.figure_id
      AND {ten_thousandths("numerator")}
          * CASE measured.unit WHEN 'percent' THEN 100 WHEN 'rate_per_10000' THEN 10000 ELSE 1 END
          >= 10000000 * {ten_thousandths("denominator")}
)"""

# SQLite gives a new row no id before it is stored, so only an update may leave its own row out.
ITSELF = {"INSERT": "", "UPDATE": "AND other.id <> NEW.id"}


def on_each_write(name: str, condition: str, message: str) -> list[Guard]:
    return [
        Guard(f"{name}_on_{event.lower()}", BAND, event, message, condition.format(itself=itself))
        for event, itself in ITSELF.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("kpis", "0001_initial")]

    operations = [
        *(operation for table in (REVISION, STEP) for operation in append_only(table)),
        *guarded_by(
            *on_each_write("band_overlap", OVERLAP, "Two band versions of one indicator can't hold at the same time."),
            *on_each_write(
                "band_polarity", AGAINST_POLARITY, "The band runs against the indicator: its target is on the worse side."
            ),
            Guard(
                "band_stays_on_update",
                BAND,
                "UPDATE",
                "A band stays as it is once it stands: close it and add a version of its own.",
                f"{REWRITTEN} OR {REOPENED}",
            ),
            Guard("band_stays_on_delete", BAND, "DELETE", "A band stays once it stands: months were judged by it."),
            Guard(
                "indicator_is_not_turned",
                INDICATOR,
                "UPDATE",
                "Unit and polarity stay as they are while bands stand on them.",
                TURNED,
            ),
            Guard("figure_stays_in_place", FIGURE, "UPDATE", "A figure keeps its indicator and its month.", MOVED),
            *(
                Guard(
                    f"figure_latest_is_its_own_on_{event.lower()}",
                    FIGURE,
                    event,
                    "The latest revision of a figure is one of its own.",
                    ANOTHERS_REVISION,
                )
                for event in ITSELF
            ),
            Guard(
                "step_is_on_its_own_figure", STEP, "INSERT", "A step speaks of a revision of its figure.", OF_ANOTHER_FIGURE
            ),
            Guard(
                "step_accepts_no_own_work",
                STEP,
                "INSERT",
                "Whoever submitted a figure can't accept it.",
                OWN_WORK,
            ),
            Guard(
                "revision_fits_its_unit",
                REVISION,
                "INSERT",
                "Numerator and denominator give a value above 9,999,999.9999, which can't be kept.",
                TOO_LARGE,
            ),
        ),
    ]
