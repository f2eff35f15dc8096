"""The worker's door: nothing lost when a task runs twice or never."""

from __future__ import annotations

from celery import shared_task

from notices.sweeping import sweep_notices


@shared_task(name="notices.send_notices", ignore_result=True)
def send_notices() -> None:
    """Tell what falls due, and send the e-mails of the day. Without anything to do it leaves no trace."""
    sweep_notices()
