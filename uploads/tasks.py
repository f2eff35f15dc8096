"""The worker's doors: an id in, one call, nothing lost when a task runs twice or never."""

from __future__ import annotations

from celery import shared_task

from core import clock
from uploads.expiring import drop_old_files as drop
from uploads.reading import overdue_uploads
from uploads.reading import read_upload as read
from uploads.receiving import wake_reading


@shared_task(name="uploads.read_upload", ignore_result=True)
def read_upload(upload_id: int) -> None:
    """Read a file that was handed in."""
    read(upload_id)


@shared_task(name="uploads.sweep", ignore_result=True)
def sweep() -> None:
    """Find files whose message was lost. Without any it leaves no trace."""
    for upload_id in overdue_uploads(clock.now()):
        wake_reading(upload_id)  # each in a task of its own, which has its own time


@shared_task(name="uploads.drop_old_files", ignore_result=True)
def drop_old_files() -> None:
    """Drop what is in files that nobody saved or withdrew. Without any it leaves no trace."""
    drop(clock.now())
