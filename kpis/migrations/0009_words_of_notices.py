"""What is due is due within three working days, not in three."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kpis", "0008_guards_ask_first")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="kind",
            field=models.CharField(
                choices=[
                    ("due", "Due within three working days"),
                    ("overdue", "Overdue"),
                    ("queried", "Queried by the council"),
                    ("answered", "Answered by the Trust"),
                    ("accepted", "Accepted by the council"),
                ],
                max_length=10,
            ),
        )
        for model in ("notice", "noticechoice")
    ]
