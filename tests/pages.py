"""Reads pages the way a person does: by their rows, links and words."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

ADDRESS = "/contracts/sandwell/"


def page(client: Client, query: str = "?month=2019-03", address: str = ADDRESS) -> BeautifulSoup:
    response = client.get(address + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def text(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def words(response: HttpResponse) -> str:
    """What the page says between its header and its footer."""
    return text(BeautifulSoup(response.content, "lxml").main)


def codes(soup: BeautifulSoup) -> list[str]:
    return [text(cell) for cell in soup.select("table.indicators tbody td.indicators__code")]


def row_of(soup: BeautifulSoup, code: str) -> dict[str, str]:
    for row in soup.select("table.indicators tbody tr"):
        cells = [text(cell) for cell in row.find_all(["td", "th"])]
        if cells[0] == code:
            names = ["code", "name", "value", "status", "change", "target", "average", "run"]
            return dict(zip(names, cells, strict=False))
    raise AssertionError(f"{code} has no row")


def links(soup: BeautifulSoup, label: str) -> dict[str, str]:
    block = soup.find("ul", attrs={"aria-label": label})
    assert isinstance(block, Tag)
    return {text(link): str(link["href"]) for link in block.find_all("a")}


def sent_by(response: HttpResponse, action: str) -> dict[str, list[str]]:
    """What a browser would send of the form that goes to this address, but for its buttons and empty file fields."""
    form = BeautifulSoup(response.content, "lxml").find("form", action=action)
    assert isinstance(form, Tag), (
        f"no form goes to {action}: {text(BeautifulSoup(response.content, 'lxml').main)}"
    )
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name]"):
        kind = field.get("type", "")
        if kind in ("checkbox", "radio", "file") and not field.has_attr("checked"):
            continue
        value = str(field.get("value", ""))
        if field.name == "textarea":
            value = field.get_text().removeprefix("\n").replace("\n", "\r\n")
        sent.setdefault(str(field["name"]), []).append(value)
    return sent
