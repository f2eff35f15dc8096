"""Is the program alive, and can it do its work? For load balancers and container health checks, not for people."""

import structlog
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from core.declarations import declared
from core.jobs import HealthCheck

log = structlog.get_logger(__name__)


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and whatever apps rest on do their part, else 503; each check with its own word."""
    checks = {"database": _database(), "cache": _cache()}
    checks |= {check.name: _asked(check) for check in declared(HealthCheck)}
    ok = all(word == "ok" for word in checks.values())
    return JsonResponse({"status": "ok" if ok else "failing", "checks": checks}, status=200 if ok else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _cache() -> str:
    try:
        # Asked directly: the forgiving parts of our cache would hide an outage.
        caches["default"].has_key("health")
    except RedisError:
        return "unreachable"
    return "ok"


def _asked(declared_check: HealthCheck) -> str:
    """What an app's check says; one that fails keeps no other from being answered."""
    try:
        return declared_check.check()
    except DatabaseError:
        return "unknown"
    except Exception:
        log.exception("health_check_failed", check=declared_check.name)
        return "failing"
