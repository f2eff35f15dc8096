"""A figure that occurs nowhere else, and every address at which it is looked for."""

from itertools import product

from django.test import Client
from django.urls import reverse

from core import clock
from tests.access import routes
from tests.access.crawl import Answer, answer

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
    "/contracts/sandwell/?month=x", "/contracts/sandwell/returns/2020-03/",
    "/contracts/sandwell/returns/2020-03/template.csv", "/contracts/sandwell/review/PI5/?month=2020-03",
    *(f"/admin/audit/auditevent/?q={words}" for words in ("61.3", "herons", "48.2", "marmal", "719386")),
)  # fmt: skip


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
