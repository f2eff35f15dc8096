"""Every route and method, tried as every role through the real client, against the table."""

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from parties.urls import demonstration_patterns
from tests.access import routes
from tests.access.table import ADMINISTRATION, COLUMNS, Row, rows
from tests.cast import BY

pytestmark = pytest.mark.django_db

ROWS = rows()
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def got(response: HttpResponse) -> str:
    """The status of an answer, or the route that it leads to."""
    if response.status_code in (301, 302, 307):
        return resolve(response["Location"].partition("?")[0]).view_name
    return str(response.status_code)


def ask(client: Client, method: str, address: str) -> str:
    form = {"persona": "scrutiny-member"} if address == reverse("continue-as") else {}
    if method == "POST":
        return got(client.post(address, form))
    return got(client.generic(method, address))


def test_every_route_has_a_row_and_every_row_a_route():
    named = {name for name in routes.names() if not name.startswith(routes.ADMIN)}
    in_table = {row.route for row in ROWS}

    assert named == {route for route in in_table if not route.startswith(routes.ADMIN)}
    assert {f"{routes.ADMIN}{name}" for name in routes.ADMIN_OWN} == {
        route for route in in_table if route.startswith(routes.ADMIN) and "(" not in route
    }
    assert len({(row.method, row.route) for row in ROWS}) == len(ROWS)


def test_whoever_opens_the_address_of_an_act_in_a_browser_is_led_on():
    """Each address that takes a form answers GET with a page, or with the way to one; never with 405."""
    opened = {row.route: row.cells for row in ROWS if row.method == "GET"}

    assert {row.route for row in ROWS if row.method == "POST"} <= opened.keys()
    assert [route for route, cells in opened.items() if "405" in cells.values()] == []


@pytest.mark.parametrize("role", COLUMNS)
def test_each_row_is_what_the_role_gets(client_of, role):
    """Where a row changes who is signed in, the next one starts anew."""
    wrong = {}
    client = client_of(role)
    for row in ROWS:
        if "(" in row.route:
            continue
        address = routes.address(row.route)
        for method in ("GET", "HEAD") if row.method == "GET" else (row.method,):
            answer = ask(client, method, address)
            if answer != row.cells[role]:
                wrong[f"{method} {row.route}"] = f"{answer}, not {row.cells[role]}"
            if row.route in ("sign-out", "continue-as", "sign-in"):
                client = client_of(role)
    assert wrong == {}


@pytest.mark.parametrize("role", COLUMNS)
def test_a_method_without_a_row_is_refused(client_of, role):
    listed = {(row.method, row.route) for row in ROWS}
    wrong = {}
    client = client_of(role)
    for row in ROWS:
        if row.method != "GET" or row.route.startswith(routes.ADMIN):
            continue
        for method in METHODS[2:]:
            if (method, row.route) in listed:
                continue
            answer = ask(client, method, routes.address(row.route))
            if answer not in refusals(row, role):
                wrong[f"{method} {row.route}"] = answer
    assert wrong == {}


def refusals(row: Row, role: str) -> set[str]:
    """405, or what the role gets for GET where that is a refusal too."""
    cell = row.cells[role]
    refused = {cell} if cell in {"sign-in", "401", "403", "404"} else set()
    return {"405"} | refused | ({"sign-in-again"} if "sign-in" in refused else set())


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", [column for column in COLUMNS if column != "admin"])
def test_the_administration_is_closed_to_everyone_else(client_of, person, role, method):
    client = client_of(role)
    addresses = routes.admin_addresses(person("admin"))
    assert len(addresses) >= 30

    answers = {route: ask(client, method, address) for route, address in addresses.items()}
    answers["app list"] = ask(client, method, "/admin/kpis/")
    answers["anything"] = ask(client, method, "/admin/nothing/at/all/")

    assert set(answers.values()) == {"admin:login"}, answers


def test_the_administrator_gets_what_each_model_offers(client_of, person):
    client = client_of("admin")
    wrong = {}
    for route, address in routes.admin_addresses(person("admin")).items():
        model, _, page = route.removeprefix(routes.ADMIN).rpartition("_")
        wanted = ADMINISTRATION.get(model, {}).get(page, "403")
        answer = ask(client, "GET", address)
        if answer != wanted:
            wrong[route] = f"{answer}, not {wanted}"
    assert wrong == {}


def test_contracts_that_do_not_exist_look_like_those_of_others(client_of):
    stranger, officer = client_of("other"), client_of("officer")

    for name in ("kpis:dashboard", "kpis:how-we-measure", "api:statuses"):
        theirs = stranger.get(reverse(name, args=["sandwell"]))
        nobodys = stranger.get(reverse(name, args=["nowhere"]))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content.replace(b"sandwell", b"") == nobodys.content.replace(b"nowhere", b"")
        assert officer.get(reverse(name, args=["elsewhere"])).status_code == 404


@pytest.mark.parametrize("code", ["PI16", "pi2", "PI2 ", "x" * 300, "%00", "..", "é"])
def test_indicators_that_do_not_exist(client_of, code):
    for name in ("indicator", "indicator-csv"):
        address = reverse("kpis:indicator", args=["sandwell", "PI2"]).replace("PI2", code)
        assert client_of("officer").get(address + ("figures.csv" if "csv" in name else "")).status_code == 404


def test_a_token_that_is_wrong_or_has_ended_opens_nothing(client_of, person):
    from parties.services.tokens import revoke_tokens

    address = reverse("api:statuses", args=["sandwell"])
    program = client_of("token")
    assert program.get(address).status_code == 200

    revoke_tokens(user=person("token"), by=BY)

    assert program.get(address).status_code == 401
    for token in ("", "x", "é" * 64, "0" * 64):
        assert Client(HTTP_AUTHORIZATION=f"Token {token}").get(address).status_code == 401


def test_the_demonstrations_door_is_in_the_demonstration_only(client_of, settings):
    (door,) = demonstration_patterns
    assert door.name not in {getattr(pattern, "name", "") for pattern in _of_the_program()}
    settings.IS_DEMO = False

    assert client_of("anonymous").post("/continue-as/", {"persona": "client-officer"}).status_code == 404


def _of_the_program() -> list[object]:
    from django.urls import get_resolver

    assert project.SANDWELL_ENV == "test"
    return list(get_resolver("parties.urls").url_patterns)
