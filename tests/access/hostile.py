"""Addresses and forms that nobody means well by: every part of every route, and every name that its page asks for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

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


class Rota:
    """Hands out to each page the next few of what is bad, so that in the end all of it was tried on one or another."""

    def __init__(self) -> None:
        self.handed_out, self.all = Counter[str](), dict[str, int]()

    def next(self, kind: str, bad: Sequence[Any], many: int) -> list[Any]:
        start, self.all[kind] = self.handed_out[kind], len(bad)
        self.handed_out[kind] += many
        return [bad[number % len(bad)] for number in range(start, start + many)]

    def unfinished(self) -> list[str]:
        return [kind for kind, many in self.handed_out.items() if many < self.all[kind]]


class Attack:
    """Asks as every role, and keeps how many answers there were of each hundred, and which were the server's fault.

    Every role asks for every address. Those who are let in share what is bad about it in turn; whom the gate turns away
    tries one of them all. A name is tried with all that is bad where it is met first; the same lines of code read it at
    the next address, which gets a few.
    """

    def __init__(self, clients: dict[str, Client]) -> None:
        self.clients = clients
        self.cookies = {role: client.cookies.copy() for role, client in clients.items()}
        self.answers = {role: Counter[str]() for role in clients}
        self.failures: list[str] = []
        self.turns = count()
        self.filled: set[tuple[str, ...]] = set()
        self.rota = Rota()
        for client in clients.values():
            client.raise_request_exception = False
        # The header of every page asks for these; a page for which they mean more asks again.
        self.of_the_header = {role: self.send(role, "GET", reverse("account")).asked_for for role in clients}

    def on(self, addresses: Iterable[str]) -> None:
        """Every bad address made from these is asked for, each tenth for its head too; forms get what nobody typed."""
        for address in addresses:
            pages = {role: self.send(role, "GET", address) for role in self.clients}
            self._ask(address, pages)
            self._fill_forms(address, pages)
            self._post(address)

    def send(self, role: str, method: str, address: str, **sent: Any) -> HttpResponse:
        """Each one starts where the one before did: nothing that it writes stays, nor who signed in or out."""
        path, _, query = address.partition("?")
        client = self.clients[role]
        with transaction.atomic():
            response = client.generic(method, path, QUERY_STRING=query, **sent)
            body(response)
            transaction.set_rollback(True)
        client.cookies = self.cookies[role].copy()
        self.answers[role][f"{response.status_code // 100}xx"] += 1
        if response.status_code >= 500:
            self.failures.append(f"{response.status_code} {role} {method} {address[:200]} {str(sent)[:200]}")
        return response

    def _ask(self, address: str, pages: dict[str, HttpResponse]) -> None:
        inside = let_in(pages)
        bad = [(one, inside) for one in self._with_bad_parts(address)] if inside else []
        bad += [(f"{address}?{query}", roles) for query, roles in self._bad_queries(address, pages) if roles]
        bad += [(self._one_of_all(address), [role]) for role in pages if role not in inside]
        for number, (one, roles) in enumerate(bad):
            role = self._in_turn(roles)
            self.send(role, "GET", one)
            if number % 10 == 0:
                self.send(role, "HEAD", one)

    def _fill_forms(self, address: str, pages: dict[str, HttpResponse]) -> None:
        """Each sort of form, wherever it is sent to, once: a list offers the same one for each of its rows."""
        for role, page in pages.items():
            for form in forms_of(page):
                action = urljoin(address, form.get("action") or "")
                sort = (resolve(urlsplit(action).path).view_name, *map(str, form.xpath(".//@name")))
                if sort not in self.filled:
                    self.filled.add(sort)
                    for sent in self.rota.next("form", [*badly_filled(form)], 4):
                        self.send(role, "POST", action, content_type=FORM, data=sent)

    def _post(self, address: str) -> None:
        """What no form would send."""
        answers = {role: self.send(role, "POST", address) for role in self.clients}
        if all(answer.status_code == 405 for answer in answers.values()):
            return
        inside = let_in(answers)
        for role in answers:
            if role not in inside:
                kind, sent = self._in_turn(BODIES)
                self.send(role, "POST", address, content_type=kind, data=sent)
        if inside:
            for bad in self._with_bad_parts(address):
                self.send(self._in_turn(inside), "POST", bad)
            for kind, sent in self.rota.next("body", BODIES, 3):
                self.send(self._in_turn(inside), "POST", address, content_type=kind, data=sent)

    def _bad_queries(self, address: str, pages: dict[str, HttpResponse]) -> Iterator[tuple[str, list[str]]]:
        """Each name for which a page asked, with bad values, and the roles whose page it was."""
        asked = defaultdict[str, list[str]](list)
        for role, page in pages.items():
            offered, not_offered = names_of_a_list(page)
            header = self.of_the_header[role] if is_html(page) else Counter[str]()
            for name in {*(page.asked_for - header), *offered}:
                asked[name].append(role)
            for name in not_offered:
                yield f"{name}={self.rota.next('not offered', VALUES, 1)[0]}", [role]
        for name in sorted(asked):
            yield from ((f"{name}={value}", asked[name]) for value in self._values_of(name))
        first = min(asked, default="month")
        for query in self.rota.next("query", QUERIES, 3):
            yield query.format(first), let_in(pages)

    def _with_bad_parts(self, address: str) -> Iterator[str]:
        return with_bad_parts(address, lambda name: self._values_of(f"part {name}"))

    def _values_of(self, name: str) -> Sequence[str]:
        """All where the name is met first; a lookup of a list's columns is read alike whichever column it is of."""
        kind = name.rpartition("__")[2]
        return self.rota.next(kind, VALUES, 2 if self.rota.handed_out[kind] else len(VALUES))

    def _in_turn(self, some: Sequence[Any]) -> Any:
        return some[next(self.turns) % len(some)]

    def _one_of_all(self, address: str) -> str:
        asked = [f"{address}?{query.format('month')}" for query in QUERIES]
        return self._in_turn([*with_bad_parts(address, lambda name: VALUES), *asked])


def let_in(answers: dict[str, HttpResponse]) -> list[str]:
    """The roles that the gate doesn't turn away; of them those who are shown something, if any are."""
    inside = {
        role: answer
        for role, answer in answers.items()
        if answer.status_code not in (401, 403, 405) and not leads_to_sign_in(answer)
    }
    return [role for role, answer in inside.items() if answer.status_code == 200] or list(inside)


def leads_to_sign_in(answer: HttpResponse) -> bool:
    return urlsplit(answer.get("Location", "")).path.startswith((reverse("sign-in"), reverse("admin:login")))


def is_html(page: HttpResponse) -> bool:
    return page.status_code != 302 and str(page.get("Content-Type", "")).startswith("text/html")


def with_bad_parts(address: str, values_of: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """The address with each part that varies replaced by bad values."""
    found = resolve(address)
    for name in PART.findall(found.route):
        for value in values_of(name):
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


def forms_of(page: HttpResponse) -> list[html.HtmlElement]:
    """The forms on the page that are posted."""
    if page.status_code != 200 or not is_html(page):
        return []
    return html.fromstring(body(page)).xpath(".//form[translate(@method, 'POST', 'post')='post'][.//@name]")


def badly_filled(form: html.HtmlElement) -> Iterator[bytes]:
    """All fields at once, with one bad value after the other; every second time what is hidden is kept as it was."""
    fields = {str(field.get("name")): field for field in form.iterfind(".//*[@name]")}
    del fields["csrfmiddlewaretoken"]
    kept = {
        name: quote_plus(field.get("value", ""))
        for name, field in fields.items()
        if field.get("type") == "hidden"
    }
    for number, value in enumerate(VALUES):
        sent = dict.fromkeys(fields, value) | (kept if number % 2 else {})
        yield "&".join(f"{quote_plus(name)}={text}" for name, text in sent.items()).encode()
