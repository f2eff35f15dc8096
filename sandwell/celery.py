"""The worker and its calendar. The database says what there is to do; messages only wake the worker."""

import os

from celery import Celery
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


@app.on_after_finalize.connect
def schedule_jobs(sender: Celery, **signal: object) -> None:
    """What apps declare to run by the clock."""
    from core.declarations import declared
    from core.jobs import Job

    sender.conf.beat_schedule = {
        job.name: {
            "task": job.task,
            "schedule": job.schedule,
            "kwargs": dict(job.kwargs),
            "options": {"expires": job.expires} if job.expires else {},
        }
        for job in declared(Job)
    }
