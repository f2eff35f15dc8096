"""Structured logs: one event a line, JSON in production, each with the id of the request that caused it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied

from sandwell.database.away import was_not_reached

# The address of a person's calendar opens it without signing in.
SECRET_ADDRESS = re.compile(r"(/calendar/)[^/\s]+(\.ics)")


def without_secrets(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A log is read by more people than an address is meant for: what makes it secret is left out of every word."""
    for name, value in event.items():
        if isinstance(value, str) and "/calendar/" in value:
            event[name] = SECRET_ADDRESS.sub(r"\1…\2", value)
    return event


def brief_in_an_outage(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """While the database is away each request fails alike: what failed is said, without where the program was."""
    given = event.get("exc_info")
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if was_not_reached(error):
        del event["exc_info"]
        event.pop("exception", None)
        event["error"] = str(error).strip()
    return event


def told_once(record: logging.LogRecord) -> bool:
    """Whether the line of Django is kept. A page that is refused to somebody is no error: its request's own line has
    the code, the address and who asked."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, PermissionDenied)


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    without_secrets,
    brief_in_an_outage,
]


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: every logger through structlog's formatter to standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Tracebacks never print local variables: a password may be among them.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    last: list[Any] = (
        [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
        if json
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": SHARED,
            }
        },
        "filters": {"told_once": {"()": lambda: told_once}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"filters": ["told_once"]},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
