"""The worker and its calendar. The database says what there is to do; messages only wake the worker."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")

app = Celery("sandwell")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_faulty_database(**signal: object) -> None:
    """Neither works on a database on which no web server would start. Celery swallows any other exception here."""
    from sandwell.starting import faults_of_the_database

    if found := faults_of_the_database():
        raise SystemExit(found)


app.conf.beat_schedule = {
    "sweep-what-a-lost-message-left": {
        "task": "kpis.sweep",
        "schedule": 60.0,
        # A sweep that waited behind a stopped broker is worthless once the next one is due.
        "options": {"expires": 55},
    },
    # Deadlines and e-mails; the first of a day go out at the hour that NOTICES_FROM_HOUR names.
    "send-notices": {
        "task": "kpis.send_notices",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    # At night; a day that beat missed is made up for on the next.
    "drop-files-that-nobody-settled": {
        "task": "kpis.drop_old_files",
        "schedule": crontab(minute="30", hour="3"),
    },
    "recompute-at-the-turn-of-the-month": {
        "task": "kpis.recompute_rag",
        "schedule": crontab(minute="0", hour="2", day_of_month="1"),
        "kwargs": {"trigger": "schedule"},
    },
}
