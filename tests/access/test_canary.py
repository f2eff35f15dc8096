"""A figure that was never issued occurs in no answer that a scrutiny member, a stranger or the public can get."""

import re
from datetime import date
from itertools import product

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core import clock
from kpis.figures.importing import check_file, import_figures
from kpis.figures.models import Figure
from kpis.review.services import explain_figure, query_figure
from parties.participants import participant_for
from tests.access import routes
from tests.access.crawl import Answer, answer, crawl
from tests.cast import BY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Numbers that occur nowhere else, in every form in which a page might show them, and words of their commentary.
FILE = """indicator,month,numerator,denominator,value,commentary
PI1,2020-03,5172839,6394175,,The quarry lantern burned
PI5,2020-03,,,7193864,A walrus counted them
"""
CANARIES = (
    "5172839", "5,172,839", "6394175", "6,394,175", "80.8992", "80.899", "80.90%", "80.9%", "0.808992",
    "7193864", "7,193,864", "quarry lantern", "A walrus", "61.37", "purple heron", "marmalade", "48.26",
)  # fmt: skip
QUERY = "61.37% of purple herons can't be right"
ANSWER = "It is 48.26% by marmalade"
SEEN_BY_AN_OFFICER = {
    "5172839",
    "5,172,839",
    "6394175",
    "80.8992",
    "80.9%",
    "7193864",
    "7,193,864",
    "quarry lantern",
    "A walrus",
    "61.37",
    "purple heron",
    "48.26",
    "marmalade",
}
QUERIES = ("", "?month=2020-03", "?month=2019-13")
# What was known by the end of today includes the canary.
AS_KNOWN = ("", "dashboard.csv", "heat-map/", "indicators/PI1/", "indicators/PI1/figures.csv")
GUESSES = (
    "/nothing", "/contracts/", "/contracts/elsewhere/", "/contracts/nowhere/", "/contracts/sandwell/indicators/PI99/",
    "/contracts/sandwell/reports/1/", "/api/", "/api/v1/", "/api/v1/contracts/sandwell/", "/admin/kpis/figure/",
    "/admin/kpis/indicatorstatus/", "/admin/audit/auditevent/", "/static/../manage.py", "/media/figures.csv",
    "/contracts/sandwell/indicators/PI5/figures.csv", "/contracts/sandwell/indicators/PI1/",
    "/contracts/sandwell/?month=x", "/contracts/sandwell/review/PI5/?month=2020-03",
    *(f"/admin/audit/auditevent/?q={words}" for words in ("61.3", "herons", "48.2", "marmal", "719386")),
)  # fmt: skip


@pytest.fixture
def canary(demonstration, person, settings, django_capture_on_commit_callbacks):
    """Two figures, one of them queried and explained."""
    settings.CELERY_ON = False
    today = date(2026, 1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        checked = check_file(content=FILE.encode(), contract=demonstration, today=today)
        import_figures(by=BY, contract=demonstration, checked=checked, file_name="canary.csv")
    assert Figure.objects.get(indicator__code="PI1", month="2020-03-01").latest.numerator == 5172839
    seen = Figure.objects.get(indicator__code="PI5", month="2020-03-01").latest
    officer, trust = (participant_for(person(role), demonstration.code) for role in ("officer", "trust"))
    with django_capture_on_commit_callbacks(execute=True):
        query_figure(by=officer, seen=seen, reason=QUERY, answer_by=today, today=today)
        explain_figure(by=trust, seen=seen, words=ANSWER, disputes=False)
    return demonstration


def every_address() -> list[str]:
    known = [routes.address(name) for name in routes.names() if not name.startswith(routes.ADMIN)]
    known.remove(reverse("sign-out"))
    known += [routes.address(f"{routes.ADMIN}{name}") for name in routes.ADMIN_OWN if name != "logout"]
    today = clock.today().isoformat()
    then = [f"/contracts/sandwell/{path}?month=2020-03&known={today}" for path in AS_KNOWN]
    then.append(f"/api/v1/contracts/sandwell/statuses/?month=2020-03&known={today}")
    return [*GUESSES, *then, *(address + query for address, query in product(known, QUERIES))]


def hits(answers: list[Answer]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in answers:
        for form in CANARIES:
            if form in one.text:
                found.setdefault(form, []).append(f"{one.method} {one.address}")
    return found


def other_methods(client: Client) -> list[Answer]:
    """What forms and programs get, and pages of errors: forged forms, too large ones, conditional requests."""
    found = []
    for name in routes.names():
        if name.startswith(routes.ADMIN) or name in ("sign-out", "continue-as"):
            continue
        address = routes.address(name)
        found += [
            answer(method, address, client.generic(method, address))
            for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        ]
        found.append(answer("GET *", address, client.get(address, headers={"If-None-Match": "*"})))
        found.append(answer("GET json", address, client.get(address, headers={"Accept": "application/json"})))
    return found


@pytest.mark.parametrize("role", ["anonymous", "scrutiny", "scrutiny-token", "other", "admin"])
def test_what_is_not_issued_is_nowhere(canary, client_of, role):
    # An officer looks first, so that what can be kept for the next reader is kept.
    officer = client_of("officer", Client)
    for address in every_address():
        officer.get(address)
    client = client_of(role, Client)

    answers = list(crawl(client, [reverse("home"), *every_address()])) + other_methods(client)

    assert hits(answers) == {}
    assert len({one.address for one in answers}) > 60
    assert {one.status for one in answers} <= {200, 302, 307, 400, 401, 403, 404, 405, 415}
    if role == "admin":
        assert any("figures.imported" in one.text for one in answers), "the trail was not looked at"
    if role == "scrutiny":
        pages = {one.address for one in answers if one.status == 200}
        assert {
            reverse("reports:reports", args=["sandwell"]),
            reverse("kpis:how-we-measure", args=["sandwell"]),
        } <= pages


@pytest.mark.parametrize("role", ["officer", "trust"])
def test_the_same_crawl_finds_it_for_those_who_may_see_it(canary, client_of, role):
    found = hits(list(crawl(client_of(role, Client), [reverse("home"), *every_address()])))

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
