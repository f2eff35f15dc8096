"""Walks every page that a client can reach, as a browser and as someone who guesses addresses."""

import gzip
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

LINKS = ("href", "action", "src", "formaction")
# Sort orders and filters multiply the addresses of one page: so many of each are looked at.
OF_ONE_PATH = 2


@dataclass(frozen=True)
class Answer:
    method: str
    address: str
    status: int
    text: str  # headers and unpacked body


def crawl(client: Client, start: Iterable[str]) -> Iterator[Answer]:
    """Every answer to GET and HEAD for the addresses given and all that are linked from there."""
    waiting, seen, of_path = deque(start), set(start), Counter[str]()
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        yield answer("GET", address, response)
        if "?" not in address:
            yield answer("HEAD", address, client.head(address))
        for link in linked(address, response):
            path = urlsplit(link).path
            if link not in seen and of_path[path] < OF_ONE_PATH and not path.startswith("/static/"):
                seen.add(link)
                of_path[path] += 1
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


def linked(address: str, response: HttpResponse) -> list[str]:
    """Addresses of this host that the answer leads to."""
    found = [response["Location"]] if response.get("Location") else []
    if response.get("Content-Type", "").startswith("text/html"):
        page = BeautifulSoup(body(response), "lxml")
        found += [str(tag[name]) for name in LINKS for tag in page.find_all(attrs={name: True})]
    joined = [urlsplit(urljoin(f"http://testserver{address}", link)) for link in found]
    return [
        f"{parts.path}?{parts.query}" if parts.query else parts.path
        for parts in joined
        if parts.netloc == "testserver" and parts.scheme == "http"
    ]
