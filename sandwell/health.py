"""Is the program alive, and can it do its work? For load balancers and container health checks, not for people."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis.exceptions import OutOfMemoryError, RedisError

from core.declarations import declared
from core.jobs import HealthCheck

Answer = TypeVar("Answer")
log = structlog.get_logger(__name__)


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and whatever apps rest on do their part, else 503; each check with its own word, and how
    far behind is what works through something.
    """
    checks = {"database": _database(), "cache": _cache()}
    checks |= {
        check.name: _safely(check.name, check.check, unknown="unknown", failing="failing")
        for check in declared(HealthCheck)
    }
    behind = {
        check.name: _safely(check.name, check.behind, unknown=None, failing=None)
        for check in declared(HealthCheck)
        if check.behind
    }
    ok = all(word == "ok" for word in checks.values())
    answer = {"status": "ok" if ok else "failing", "checks": checks, "behind": behind}
    return JsonResponse(answer, status=200 if ok else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _cache() -> str:
    try:
        ask = getattr(caches["default"], "ask", None)
        if ask:  # the forgiving parts of our cache would hide an outage
            ask()
    except OutOfMemoryError:
        return "full"
    except RedisError:
        return "unreachable"
    return "ok"


def _safely(name: str, ask: Callable[[], Answer], *, unknown: Answer, failing: Answer) -> Answer:
    """What an app's check says; one that fails keeps no other from being answered."""
    try:
        return ask()
    except DatabaseError:
        return unknown
    except Exception:
        log.exception("health_check_failed", check=name)
        return failing
