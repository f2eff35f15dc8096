"""The door for gunicorn, which stays shut on a production database with demonstration personas."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")

application = get_wsgi_application()

from sandwell.database.pages import wait_for_nothing_long  # noqa: E402 - the settings come first
from sandwell.liveness import answer_at  # noqa: E402
from sandwell.starting import faults_of_the_database  # noqa: E402

wait_for_nothing_long()
if settings.LIVE_PORT:
    answer_at(settings.LIVE_PORT)

if found := faults_of_the_database():
    raise ImproperlyConfigured(found)

# Every room is read now: the first visitor would wait for it.
resolve("/")
