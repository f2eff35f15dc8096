"""Production refuses to start with demonstration personas in its database."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from parties.models import User


@register(Tags.database)
def no_personas_in_production(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """parties.E001 for each database with a persona. Asked by migrate, check --database, and at the start."""
    if not settings.IS_PRODUCTION:
        return []
    return [_found(alias) for alias in databases or [] if _has_personas(alias)]


def _has_personas(alias: str) -> bool:
    if User._meta.db_table not in connections[alias].introspection.table_names():
        return False  # a new database, before its first migration
    return User.objects.using(alias).filter(is_persona=True).exists()


def _found(alias: str) -> Error:
    return Error(
        f"The database {alias!r} holds demonstration personas, and this is production.",
        hint="Start production with a database of its own; a demonstration's can't be turned into one.",
        id="parties.E001",
    )
