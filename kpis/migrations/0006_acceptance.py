"""A returned figure is accepted by somebody who didn't enter it; numbers fit their unit; names have their length."""

from django.conf import settings
from django.db import migrations, models

from audit.guards import Guard, guarded_by, with_guards_lifted

FIGURE, REVISION, STEP, INDICATOR = "kpis_figure", "kpis_figurerevision", "kpis_step", "kpis_indicator"

# What was open between the parties, and what the Trust returned, is accepted by a step on what it reads now.
WITHOUT_A_STEP = f"""NEW.state = 'accepted'
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


def measured_in(unit: str, condition: str) -> str:
    """The revision is of an indicator of this unit (SQL that compares), and the condition holds."""
    return f"""({condition}) AND EXISTS (
        SELECT 1 FROM {FIGURE} place JOIN {INDICATOR} measured ON measured.id = place.indicator_id
        WHERE place.id = NEW.figure_id AND measured.unit {unit}
    )"""


COUNTED = f"""NEW.numerator IS NOT NULL OR NEW.denominator IS NOT NULL
    OR {ten_thousandths("value")} / 10000 * 10000 <> {ten_thousandths("value")}"""
ABOVE_THE_WHOLE = f"""{ten_thousandths("value")} > 1000000
    OR (NEW.denominator > 0 AND {ten_thousandths("numerator")} > {ten_thousandths("denominator")})"""
BESIDE_A_VALUE = "NEW.numerator IS NOT NULL AND NEW.denominator IS NULL AND NEW.value IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0005_kept_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *with_guards_lifted(
            migrations.RemoveConstraint(
                model_name="figure",
                name="figure_accepted_is_its_latest_revision",
            ),
            migrations.RemoveConstraint(
                model_name="step",
                name="step_is_of_the_party_whose_it_is",
            ),
            migrations.RemoveConstraint(
                model_name="step",
                name="step_gives_its_reason",
            ),
            migrations.RemoveConstraint(
                model_name="step",
                name="step_query_says_by_when",
            ),
            migrations.AlterField(
                model_name="draft",
                name="changed_as",
                field=models.CharField(max_length=301),
            ),
            migrations.AlterField(
                model_name="figurerevision",
                name="entered_as",
                field=models.CharField(max_length=301),
            ),
            migrations.AlterField(
                model_name="omission",
                name="stated_as",
                field=models.CharField(max_length=301),
            ),
            migrations.AlterField(
                model_name="step",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("queried", "Queried"),
                        ("reopened", "Reopened"),
                        ("explained", "Explained"),
                        ("disputed", "Disputed"),
                        ("accepted", "Accepted"),
                    ],
                    max_length=10,
                ),
            ),
            migrations.AlterField(
                model_name="step",
                name="taken_as",
                field=models.CharField(max_length=301),
            ),
            migrations.AlterField(
                model_name="upload",
                name="uploaded_as",
                field=models.CharField(max_length=301),
            ),
            migrations.AddConstraint(
                model_name="figure",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "accepted"), _negated=True),
                        models.Q(
                            ("accepted", models.F("latest")),
                            ("accepted__isnull", False),
                            ("latest__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="figure_accepted_is_its_latest_revision",
                ),
            ),
            migrations.AddConstraint(
                model_name="step",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind__in", ["explained", "disputed"]), ("party", "provider")),
                        models.Q(
                            ("kind__in", ["queried", "reopened", "accepted"]), ("party", "commissioner")
                        ),
                        _connector="OR",
                    ),
                    name="step_is_of_the_party_whose_it_is",
                ),
            ),
            migrations.AddConstraint(
                model_name="step",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("kind__in", ["queried", "reopened", "explained", "disputed"]), _negated=True
                        ),
                        models.Q(("words", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="step_gives_its_reason",
                ),
            ),
            migrations.AddConstraint(
                model_name="step",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answer_by__isnull", False), ("kind__in", ["queried", "reopened"])),
                        models.Q(
                            models.Q(("kind__in", ["queried", "reopened"]), _negated=True),
                            ("answer_by__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="step_query_says_by_when",
                ),
            ),
        ),
        *guarded_by(
            *(
                Guard(
                    f"figure_is_accepted_by_a_step_on_{event.lower()}",
                    FIGURE,
                    event,
                    "A figure of the round is accepted by a step of somebody who did not enter it.",
                    WITHOUT_A_STEP.format(was_open=was_open),
                )
                for event, was_open in WAS_OPEN.items()
            ),
            Guard(
                "revision_count_stands_alone",
                REVISION,
                "INSERT",
                "A count is a whole number and stands alone as the value.",
                measured_in("= 'count'", COUNTED),
            ),
            Guard(
                "revision_part_is_within_its_whole",
                REVISION,
                "INSERT",
                "A percentage is at most 100.",
                measured_in("= 'percent'", ABOVE_THE_WHOLE),
            ),
            Guard(
                "revision_count_stands_beside_a_rate",
                REVISION,
                "INSERT",
                "Only a rate may have the count behind it beside its value.",
                measured_in("NOT IN ('rate_per_10000', 'count')", BESIDE_A_VALUE),
            ),
            Guard(
                "revision_is_of_something",
                REVISION,
                "INSERT",
                "A denominator of 0 has a numerator of 0.",
                "NEW.denominator = 0 AND NEW.numerator <> 0",
            ),
        ),
    ]
