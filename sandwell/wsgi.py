"""The door for gunicorn, which stays shut on a production database with demonstration personas."""

import os

import structlog
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")

application = get_wsgi_application()

try:
    found = run_checks(tags=[Tags.database], databases=["default"])
except OperationalError as error:
    # Health checks say so until the database is back.
    structlog.get_logger(__name__).error("database_unreachable_at_start", error=str(error))
    found = []
if found:
    raise ImproperlyConfigured("\n".join(f"{one.msg} {one.hint or ''}" for one in found))
