"""Pages kept under a key: rendered once, told by their tag, the same with and without a cache."""

import gzip

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from core.cache import kept_page
from tests.sandwell.outages import redis_nowhere

BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


class Pages:
    """Renders a page and counts how often."""

    def __init__(self) -> None:
        self.rendered = 0

    def get(self, *key: object, **headers: str):
        def render() -> str:
            self.rendered += 1
            return f"<p>{key} – £5</p>"

        return kept_page(RequestFactory().get("/", **headers), key, render)


@pytest.fixture
def pages() -> Pages:
    return Pages()


def test_a_page_is_rendered_once_for_its_key(pages):
    first, second, other = pages.get("a", 1), pages.get("a", 1), pages.get("a", 2)

    assert first.content == second.content == "<p>('a', 1) – £5</p>".encode()
    assert other.content != first.content
    assert pages.rendered == 2
    assert first["ETag"] == second["ETag"] != other["ETag"]


def test_a_number_and_its_text_are_two_keys(pages):
    assert pages.get("a", 1)["ETag"] != pages.get("a", "1")["ETag"]


def test_a_browser_gets_it_compressed(pages):
    packed, plain = pages.get("a", **BROWSER), pages.get("a")

    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert pages.rendered == 1
    assert set(packed["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    assert packed["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}', "{}, W/{}", "*"])
def test_a_browser_that_has_the_page_is_told_so(pages, sent):
    tag = pages.get("a")["ETag"]

    answer = pages.get("a", HTTP_IF_NONE_MATCH=sent.format(tag, tag))

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert pages.rendered == 1


@pytest.mark.parametrize("sent", ["", '"other"', "nonsense", '"'])
def test_any_other_browser_gets_the_page(pages, sent):
    assert pages.get("a", HTTP_IF_NONE_MATCH=sent).status_code == 200


def test_without_redis_every_page_is_rendered_anew_and_none_is_lost(pages, settings):
    settings.CACHES = redis_nowhere()

    first, second = pages.get("a"), pages.get("a")

    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert pages.rendered == 2
    assert cache.get("a", "nothing") == "nothing"
