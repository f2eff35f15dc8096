"""The same figure is found by those who may see it, and what is kept for one is given to no other."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access.canary import SEEN_BY_AN_OFFICER, every_address, hits
from tests.access.crawl import answer, crawl

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("role", ["officer", "trust"])
def test_the_same_crawl_finds_it_for_those_who_may_see_it(canary, client_of, role):
    start = [address for address in every_address() if "/plans/" not in address]

    found = hits(list(crawl(client_of(role, Client), [reverse("home"), *start], sparing=True)))

    assert set(found) >= SEEN_BY_AN_OFFICER, SEEN_BY_AN_OFFICER - set(found)
    for part in ("/figures.csv", "/values.csv", "/dashboard.csv", "/api/", "/heat-map/", "/indicators/PI1/"):
        assert any(part in where for places in found.values() for where in places), part


@pytest.mark.parametrize("role", ["officer", "trust"])
def test_a_calendar_holds_no_figure_though_its_person_may_see_them(canary, client_of, role):
    client, page = client_of(role, Client), reverse("calendars:calendar-link", args=["sandwell"])
    shown = client.post(page)
    (address,) = re.findall(r"/calendar/[\w-]{43}\.ics", shown.content.decode())

    feed = Client().get(address)

    assert b"The council answers the figures of March 2020" in feed.content
    assert hits([answer("POST", page, shown), answer("GET", address, feed)]) == {}


def test_an_etag_that_another_got_opens_nothing(canary, client_of):
    address = reverse("kpis:dashboard", args=["sandwell"])
    etag = client_of("officer").get(address)["ETag"]
    assert client_of("officer").get(address, headers={"If-None-Match": etag}).status_code == 304

    for role, status in (("scrutiny", 403), ("other", 404), ("anonymous", 302)):
        refused = client_of(role).get(address, headers={"If-None-Match": etag})
        assert refused.status_code == status
        assert "ETag" not in refused


def test_a_page_kept_for_one_role_is_not_given_to_another(canary, client_of):
    """Two roles that may both see the page have a page each, with their own header."""
    address = reverse("kpis:dashboard", args=["sandwell"])
    pages = {role: client_of(role).get(address) for role in ("officer", "trust")}

    assert pages["officer"]["ETag"] != pages["trust"]["ETag"]
    assert "Client officer" in pages["officer"].content.decode()
    assert "Client officer" not in pages["trust"].content.decode()
    for page in pages.values():
        assert "Cookie" in page["Vary"]
        assert page["Cache-Control"] == "private, no-cache"
    assert cache.key_prefix
