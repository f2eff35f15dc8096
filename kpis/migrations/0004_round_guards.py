"""What stands beside a figure is written once."""

from django.db import migrations

from audit.append_only import append_only
from audit.guards import Guard, guarded_by

FIGURE, REVISION = "kpis_figure", "kpis_figurerevision"

OF_ANOTHER_FIGURE = f"""NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {REVISION} own WHERE own.id = NEW.replaces_id AND own.figure_id = NEW.figure_id
)"""

REPORTED = f"""EXISTS (
    SELECT 1 FROM {FIGURE} there WHERE there.indicator_id = NEW.indicator_id AND there.month = NEW.month
)"""


class Migration(migrations.Migration):
    dependencies = [("kpis", "0003_the_round")]

    operations = [
        *(operation for table in ("kpis_checkanswer", "kpis_omission") for operation in append_only(table)),
        *guarded_by(
            Guard(
                "revision_replaces_one_of_its_own",
                REVISION,
                "INSERT",
                "A revision replaces one of the same figure.",
                OF_ANOTHER_FIGURE,
            ),
            Guard("omission_has_no_figure", "kpis_omission", "INSERT", "This month has a figure already.", REPORTED),
        ),
    ]
