"""What is looked at in the database before a web server or a worker starts to work on it."""

import structlog
from django.core.checks import Tags, run_checks
from django.db import OperationalError


def faults_of_the_database() -> str:
    """Why nothing may work on this database, such as demonstration personas in production; empty when it may."""
    try:
        found = run_checks(tags=[Tags.database], databases=["default"])
    except OperationalError as error:
        # Health checks say so until the database is back.
        structlog.get_logger(__name__).error("database_unreachable_at_start", error=str(error))
        return ""
    return "\n".join(f"{fault.msg} {fault.hint or ''}" for fault in found)
