"""The roof: settings, addresses, the worker, navigation, and answers when something went wrong."""

from sandwell.celery import app as celery_app

__all__ = ["celery_app"]
