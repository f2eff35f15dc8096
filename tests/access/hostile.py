"""Addresses and forms that nobody means well by: every part of every route, and every name that its page asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote_plus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from tests.access.crawl import body

# As they stand in an address, percent-encoded already.
VALUES = (
    "PI2%00",
    "%ED%A0%80%E2%80%AE%D7%90",  # half of a surrogate pair, and letters that run from right to left
    "-1",
    "9" * 20,
    "9" * 5000,
    "0001-01",
    "0001-01-01",
    "9999-12",
    "9999-12-31",
    "%27%20OR%201%3D1--%28%2A%25%5C..%2F",
)
# In the place of all that a page asks for: what is unknown, comes twice, is a list, is half a pair, or is a crowd.
QUERIES = (
    "%00=1",
    "nothing=1",
    "{0}=1&{0}=%00",
    "{0}[]=1&{0}",
    "=&=&%",
    "&".join(f"p{n}=1" for n in range(500)),
)
PART = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
FORM = "application/x-www-form-urlencoded"
BODIES = (
    (FORM, b""),
    (FORM, b"%00=%00&x=%ED%A0%80&=&"),
    (f"{FORM}; charset=nothing", b"a=1"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a\0"\r\n\r\n\0\r\n--x',
    ),
    ("multipart/form-data", b"nothing"),
    ("application/json", b'{"a": "\\ud800"'),
    ("text/plain\0", b"\0"),
)
# What Django's list of a model reads besides the filters that it offers, and ways to ask a column for more.
LIST_NAMES = ("q", "o", "p", "all", "e", "_to_field", "_popup", "_changelist_filters", "_facets")
LOOKUPS = (
    "",
    "__exact",
    "__in",
    "__range",
    "__gte",
    "__isnull",
    "__regex",
    "__year",
    "__month",
    "__day",
    "__x",
)


class Asking(QueryDict):
    """A query that counts in ``names`` what it is asked for, and how often."""

    def __init__(self, query: str) -> None:
        self.names = Counter[str]()
        super().__init__(query)
        self.names.clear()

    def __getitem__(self, key: str) -> Any:
        self.names[key] += 1
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names[str(key)] += 1
        return super().__contains__(key)


class Noting:
    """Middleware that leaves at the answer the names for which its page asked the address."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = asking = Asking(request.META.get("QUERY_STRING", ""))
        response = self.get_response(request)
        response.asked_for = asking.names
        return response


class Attack:
    """Asks as one role, and keeps how many answers there were of each hundred, and which were the server's fault."""

    def __init__(self, client: Client, role: str) -> None:
        self.client, self.role = client, role
        self.answers = Counter[str]()
        self.failures: list[str] = []
        client.raise_request_exception = False
        self.cookies = client.cookies.copy()
        # The header of every page asks for these; a page for which they mean more asks again.
        self.of_the_header = self.send("GET", reverse("account")).asked_for

    def on(self, addresses: Iterable[str]) -> None:
        """Every bad address made from these is asked for, each third for its head too; forms get what nobody typed."""
        for address in addresses:
            page = self.send("GET", address)
            for number, bad in enumerate([*with_bad_parts(address), *self._with_bad_queries(address, page)]):
                self.send("GET", bad)
                if number % 3 == 0:
                    self.send("HEAD", bad)
            if self.send("POST", address).status_code == 405:
                continue
            for bad in with_bad_parts(address):
                self.send("POST", bad)
            for kind, sent in [*BODIES, *bad_forms(page)]:
                self.send("POST", address, content_type=kind, data=sent)

    def send(self, method: str, address: str, **sent: Any) -> HttpResponse:
        """Each one starts where the one before did: nothing that it writes stays, nor who signed in or out."""
        path, _, query = address.partition("?")
        with transaction.atomic():
            response = self.client.generic(method, path, QUERY_STRING=query, **sent)
            body(response)
            transaction.set_rollback(True)
        self.client.cookies = self.cookies.copy()
        self.answers[f"{response.status_code // 100}xx"] += 1
        if response.status_code >= 500:
            self.failures.append(
                f"{response.status_code} {self.role} {method} {address[:200]} {str(sent)[:200]}"
            )
        return response

    def _with_bad_queries(self, address: str, page: HttpResponse) -> Iterator[str]:
        """The address with each name for which its page asked, and each bad value of it."""
        own = sorted(page.asked_for - self.of_the_header)
        offered, not_offered = names_of_a_list(page)
        for name in own:
            yield from (f"{address}?{name}={value}" for value in VALUES if not name.startswith("_"))
        # Every page of the administration reads these by the same lines of code, so each gets some of the values.
        for number, name in enumerate([*offered, *(name for name in own if name.startswith("_"))]):
            yield from (f"{address}?{name}={value}" for value in VALUES[number % 4 :: 4])
        for number, name in enumerate(not_offered):
            yield f"{address}?{name}={VALUES[number % len(VALUES)]}"
        first = [*own, *offered, "month"][0]
        for query in QUERIES:
            yield f"{address}?{query.format(first)}"


def with_bad_parts(address: str) -> Iterator[str]:
    """The address with each part that varies replaced by bad values: all, and two of the contract that most have."""
    found = resolve(address)
    start = len(address) % (len(VALUES) - 1)
    for name in PART.findall(found.route):
        for value in VALUES[start : start + 2] if name == "contract_code" else VALUES:
            parts = {other: quote_plus(str(kept)) for other, kept in found.kwargs.items()} | {name: value}
            yield "/" + PART.sub(lambda part, parts=parts: parts[part[1]], found.route)


def names_of_a_list(page: HttpResponse) -> tuple[list[str], list[str]]:
    """What a list of the administration can be asked for; and columns of its model, asked in ways that it refuses."""
    shown = (page.context or {}).get("cl") if page.status_code == 200 else None
    if shown is None:
        return [], []
    offered = {*LIST_NAMES, *(name for kind in shown.filter_specs for name in kind.expected_parameters())}
    if shown.date_hierarchy:
        offered |= {f"{shown.date_hierarchy}__{part}" for part in ("year", "month", "day")}
    columns = [column.name for column in shown.lookup_opts.fields]
    asked = {f"{column}{LOOKUPS[number % len(LOOKUPS)]}" for number, column in enumerate(columns)}
    return sorted(offered), sorted(asked - offered)


def bad_forms(page: HttpResponse) -> Iterator[tuple[str, bytes]]:
    """All fields of the page's forms at once, with one bad value after the other."""
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return
    fields = html.fromstring(body(page)).iterfind(".//form//*[@name]")
    names = sorted({str(field.get("name")) for field in fields} - {"csrfmiddlewaretoken"})
    for value in VALUES[::2] if names else ():
        yield FORM, "&".join(f"{quote_plus(name)}={value}" for name in names).encode()
