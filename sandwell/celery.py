"""The worker and its calendar. The database says what there is to do; messages only wake the worker."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError, ResponseError

from core.pause import redis_pause

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")

# Of a connection that sends one message. Others wait for messages, and may do so for long.
IMPATIENT = {
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.3,
    "max_retries": 0,
    "retry_on_timeout": False,
    "health_check_interval": 0,
}


class Waker(Celery):
    """Its messages only wake the worker: the database says what there is to do, and the sweep of the next minute finds
    what a lost message left. So whoever sends one doesn't wait for a broker that is away.
    """

    def send_task(self, name: str, *words: Any, **options: Any) -> Any:
        """kombu's OperationalError where the message is lost, whatever kept it from being sent."""
        if any(options.get(given) for given in ("connection", "producer", "publisher")):
            return super().send_task(name, *words, **options)
        if not redis_pause.may_try():
            raise OperationalError("Redis failed a moment ago.")
        try:
            with self.connection_for_write(transport_options=IMPATIENT) as connection:
                sent = super().send_task(name, *words, connection=connection, **options)
        except (OperationalError, OSError, RedisError) as error:
            if not isinstance(
                error.__cause__ or error, ResponseError
            ):  # which comes at once, as from one that is full
                redis_pause.failed()
            raise OperationalError(str(error)) from error
        redis_pause.worked()
        return sent


app = Waker("sandwell")
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


@worker_init.connect
def leave_messages_where_they_are(**signal: object) -> None:
    """A worker that loses Redis would put back what it hadn't done, over a connection that is gone, and end by that.

    Left alone, such a message comes again later. What it asks for is found by the sweep long before.
    """
    from kombu.transport.redis import Channel

    Channel.do_restore = False


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
