"""The door for gunicorn, which stays shut on a production database with demonstration personas."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")

application = get_wsgi_application()

from sandwell.starting import faults_of_the_database  # noqa: E402 - the settings come first

if found := faults_of_the_database():
    raise ImproperlyConfigured(found)
