"""The worker's door: once a day, whether the evidence for what is confirmed still holds."""

from __future__ import annotations

from celery import shared_task

from improvement.actions.anew import ask_what_no_longer_holds


@shared_task(name="improvement.look_at_the_evidence", ignore_result=True)
def look_at_the_evidence() -> None:
    ask_what_no_longer_holds()
