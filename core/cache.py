"""Whole pages, and parts of them, kept under a generation key.

A page that is a pure function of what was computed (contract, generation), of who reads it (roles) and of its
address is rendered once, and again where something else waits for its reader, which the header tells. The key is also
the ETag, so a browser that holds the page is told so without a body. Nothing else that is personal and no form token
may be on such a page.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from redis import exceptions

from core.pages import waiting
from core.pause import redis_pause
from core.release import release

log = structlog.get_logger(__name__)

KEEP_SECONDS = 3600
Made = TypeVar("Made")
# A client that takes gzip, unless it says that it wants none of it.
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, for which an unreachable Redis is a miss: pages are slower then, never down."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._tried(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = KEEP_SECONDS, version: int | None = None) -> None:
        self._tried(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def ask(self) -> None:
        """Tries it, whatever failed before, and ends the pause. RedisError where nothing can be kept."""
        super().set("health", "ok", KEEP_SECONDS)
        redis_pause.worked()

    def _tried(self, what: Callable[[], Any], otherwise: Any) -> Any:
        if not redis_pause.may_try():
            return otherwise
        try:
            answer = what()
        except (exceptions.ConnectionError, exceptions.TimeoutError) as error:
            redis_pause.failed()
            log.warning("cache_unreachable", error=str(error))
            return otherwise
        except exceptions.RedisError as error:
            # It answers, but that it can't, such as one that is full: that costs nobody time.
            log.warning("cache_refuses", error=str(error))
            return otherwise
        redis_pause.worked()
        return answer


def kept_page(request: HttpRequest, key_parts: tuple[object, ...], render: Callable[[], str]) -> HttpResponse:
    """The page for these key parts: 304 when the browser has it, from the cache when we have it, else rendered.

    The body is kept compressed, because every browser takes it so.
    """
    key = hashlib.sha256(repr((release(), key_parts, sorted(waiting(request).items()))).encode()).hexdigest()
    etag = quote_etag(key[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        body = cache.get(f"page:{key}")
        if body is None:
            body = gzip.compress(render().encode(), compresslevel=6, mtime=0)
            cache.set(f"page:{key}", body, KEEP_SECONDS)
        response = _answer(request, body)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def kept(key_parts: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What was made from these parts, which are all that it rests on; made anew where it isn't kept. Never of None."""
    key = f"kept:{hashlib.sha256(repr((release(), key_parts)).encode()).hexdigest()}"
    found: Made | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEEP_SECONDS)
    return found


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    if GZIP.search(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(body)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(body))
    return response
