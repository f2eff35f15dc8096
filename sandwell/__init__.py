"""The project: settings, addresses, the worker, and the two pure modules on months and numbers."""

from sandwell.celery import app as celery_app

__all__ = ["celery_app"]
