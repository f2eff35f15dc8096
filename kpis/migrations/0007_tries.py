"""How often a file was begun to be read, and when a reading last gave a sign of life."""

from django.db import migrations, models

from audit.guards import with_guards_lifted


class Migration(migrations.Migration):
    dependencies = [("kpis", "0006_acceptance")]

    operations = [
        *with_guards_lifted(
            migrations.AddField(
                model_name="upload",
                name="tries",
                field=models.PositiveSmallIntegerField(default=0),
            ),
            migrations.AddField(
                model_name="upload",
                name="alive_at",
                field=models.DateTimeField(null=True),
            ),
        ),
    ]
