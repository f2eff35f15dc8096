"""The page of a month as the Trust types it."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup

from kpis.figures.models import Figure

RETURNS = "/contracts/sandwell/returns/"
APRIL = f"{RETURNS}2020-04/"
MARCH = f"{RETURNS}2020-03/"
# On target, like the months before, and nothing unusual about it.
GOOD = {"PI1-numerator": "483", "PI1-denominator": "600"}


def fields(response) -> dict[str, str]:
    """What a browser would send of the page's form, but for the buttons."""
    form = BeautifulSoup(response.content, "lxml").find("form", class_="sheets")
    found = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if field.name == "textarea":
            found[name] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            found[name] = chosen["value"]
        else:
            found[name] = field.get("value", "")
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(client, typed: dict[str, str], act: str = "save", page: str = APRIL, begun=None, **rest):
    """Opens the page, or takes it as it was opened before, types over it, and sends it."""
    sent = fields(begun or client.get(page)) | typed
    return client.post(page, sent | {"act": act}, **rest)


def figure(code: str, month: date = date(2020, 4, 1)) -> Figure | None:
    return Figure.objects.select_related("latest").filter(indicator__code=code, month=month).first()
