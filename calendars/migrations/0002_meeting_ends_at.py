"""A meeting has an end. One that was there already with a start is taken to last as long as is usual."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import migrations, models


def usual_end(starts_at: time) -> time:
    ends = datetime.combine(date.min, starts_at) + timedelta(hours=2)
    return ends.time() if ends.date() == date.min else time(23, 59)


def end_as_usual(apps: Any, schema_editor: Any) -> None:
    # In the day's last minute nothing can begin and end: that hour was no more than a guess, and is open again.
    meetings = apps.get_model("calendars", "Meeting").objects.filter(starts_at__isnull=False)
    meetings.filter(starts_at__gte=time(23, 59)).update(starts_at=None)
    for meeting in meetings:
        meeting.ends_at = usual_end(meeting.starts_at)
        meeting.save(update_fields=["ends_at"])


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="ends_at",
            field=models.TimeField(
                blank=True, help_text="Two hours after it starts, where you leave it empty.", null=True
            ),
        ),
        migrations.RunPython(end_as_usual, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("starts_at", None))
                | models.Q(
                    ("ends_at__gt", models.F("starts_at")), ("ends_at__isnull", False), ("starts_at__isnull", False)
                ),
                name="meeting_ends_after_it_starts",
            ),
        ),
    ]
