"""Tells a database that can't be used just now from a program that asked it amiss."""

import sqlite3

from django.db import InterfaceError, OperationalError


def is_away(error: BaseException | None) -> bool:
    """Whether the database is gone, hangs, or is too busy for what was asked."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def was_not_reached(error: BaseException | None) -> bool:
    """Whether PostgreSQL itself said nothing: where the program was then tells nothing either."""
    return is_away(error) and error is not None and getattr(error.__cause__, "pgcode", "") is None
