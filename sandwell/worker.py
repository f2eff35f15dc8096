"""How the worker waits for Redis. Only the worker loads it."""

import time

from celery.worker.consumer import Consumer

SECONDS_BETWEEN_TRIES = 5.0


class PatientConsumer(Consumer):
    """A Redis that is full takes connections, and refuses what the worker notes in it next. It is asked once in five
    seconds, where Celery would ask again at once.
    """

    def on_connection_error_before_connected(self, exc: Exception) -> None:
        super().on_connection_error_before_connected(exc)
        time.sleep(SECONDS_BETWEEN_TRIES)
