"""No value is on target and failed at once; definitions, bands and figures can't be put in another's place."""

from django.db import migrations, models
from django.db.models import F, Q

from audit.append_only import no_replacement
from audit.guards import with_guards_lifted


class Migration(migrations.Migration):
    dependencies = [("kpis", "0004_round_guards")]

    operations = [
        *with_guards_lifted(
            migrations.AddConstraint(
                model_name="bandversion",
                constraint=models.CheckConstraint(
                    name="band_target_and_failure_do_not_meet",
                    condition=~Q(target_value=F("failure_value"))
                    | Q(target_operator__in=[">", "<"])
                    | Q(failure_operator__in=[">", "<"]),
                ),
            ),
        ),
        *(
            operation
            for table in ("kpis_indicator", "kpis_bandversion", "kpis_figure")
            for operation in no_replacement(table)
        ),
    ]
