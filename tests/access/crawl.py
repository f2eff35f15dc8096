"""Walks every page that a client can reach, as a browser and as someone who guesses addresses."""

import gzip
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from lxml import html

LINKS = ("href", "action", "src", "formaction")
# Sort orders and filters multiply the addresses of one page: so many of each are looked at.
OF_ONE_PATH = 2
MONTH = re.compile(r"\d{4}-\d{2}")
# The priorities, rows and actions of a plan are one page each for many: they count like sort orders.
PLAN = re.compile(r"/plans/.*")
OF_A_PLAN = re.compile(r"/(actions|priorities|recommendations)/[^/]+(/\d+)?/")


@dataclass(frozen=True)
class Answer:
    method: str
    address: str
    status: int
    text: str  # headers and unpacked body


def crawl(client: Client, start: Iterable[str], *, sparing: bool = False) -> Iterator[Answer]:
    """Every answer to GET and HEAD for the addresses given and all that are linked from there.

    Where it is ``sparing``, months and what belongs to a plan count like sort orders of one page.
    """
    waiting, seen, of_path = deque(start), set(start), Counter[str]()
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        yield answer("GET", address, response)
        if "?" not in address:
            yield answer("HEAD", address, client.head(address))
        for link in linked(address, response):
            path = urlsplit(link).path
            page = PLAN.sub("", MONTH.sub("", path)) if sparing else OF_A_PLAN.sub(r"/\1/", path)
            if link not in seen and of_path[page] < OF_ONE_PATH and not path.startswith("/static/"):
                seen.add(link)
                of_path[page] += 1
                waiting.append(link)


def answer(method: str, address: str, response: HttpResponse) -> Answer:
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return Answer(method, address, response.status_code, f"{headers}\n{cookies}\n{body(response)}")


def body(response: HttpResponse) -> str:
    content = b"".join(response) if response.streaming else response.content
    if response.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode(errors="replace")


def links_of(tag: html.HtmlElement) -> list[str]:
    return [str(tag.get(name)) for name in LINKS if tag.get(name) is not None]


def linked(address: str, response: HttpResponse) -> list[str]:
    """Addresses of this host that the answer leads to."""
    found = [response["Location"]] if response.get("Location") else []
    if response.get("Content-Type", "").startswith("text/html"):
        found += [link for tag in html.fromstring(body(response) or "<p>").iter() for link in links_of(tag)]
    joined = [urlsplit(urljoin(f"http://testserver{address}", link)) for link in found]
    return [
        f"{parts.path}?{parts.query}" if parts.query else parts.path
        for parts in joined
        if parts.netloc == "testserver" and parts.scheme == "http"
    ]
