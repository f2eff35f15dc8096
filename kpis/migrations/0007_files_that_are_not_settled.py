"""How often a file was begun to be read, and when a reading last gave a sign of life; what nobody settles expires."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from audit.guards import with_guards_lifted


def withdraw_expired(apps: Any, schema_editor: Any) -> None:
    """Before this there is no such state; of a withdrawn file nothing was saved either."""
    apps.get_model("kpis", "Upload").objects.filter(state="expired").update(state="withdrawn")


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
            migrations.RemoveConstraint(model_name="upload", name="upload_state_is_known"),
            migrations.AlterField(
                model_name="upload",
                name="state",
                field=models.CharField(
                    choices=[
                        ("waiting", "Waiting to be read"),
                        ("checked", "Read, nothing wrong"),
                        ("faulty", "Read, with problems"),
                        ("taken", "Taken over"),
                        ("withdrawn", "Withdrawn"),
                        ("expired", "Dropped, because nobody settled it"),
                    ],
                    default="waiting",
                    max_length=10,
                ),
            ),
            migrations.AddConstraint(
                model_name="upload",
                constraint=models.CheckConstraint(
                    condition=Q(state__in=["waiting", "checked", "faulty", "taken", "withdrawn", "expired"]),
                    name="upload_state_is_known",
                ),
            ),
            # An expired file keeps nothing of what was in it.
            migrations.AddConstraint(
                model_name="upload",
                constraint=models.CheckConstraint(
                    condition=~Q(state="expired") | Q(content=b""), name="upload_expired_is_empty"
                ),
            ),
            # Last, so that it is the first to be reversed.
            migrations.RunPython(migrations.RunPython.noop, withdraw_expired),
        ),
    ]
