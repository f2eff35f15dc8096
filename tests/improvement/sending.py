"""Takes steps with an action through the forms that its pages offer."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

BASE = "/contracts/sandwell"
ACTION = f"{BASE}/plans/small/actions/OR1/1/"


def typed(client: Client, page: str, step: str) -> tuple[str, dict[str, str]]:
    """The fields of a step's form as the page offers them."""
    soup = BeautifulSoup(client.get(page).content, "lxml")
    form = soup.find("form", action=lambda address: address and address.endswith(f"/{step}/"))
    assert form is not None, f"no form for {step}"
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    fields |= {one["name"]: one.text for one in form.find_all("textarea")}
    for one in form.find_all("select"):
        chosen = one.find("option", selected=True)
        fields[one["name"]] = chosen["value"] if chosen else ""
    return form["action"], fields


def send(client: Client, step: str, page: str = ACTION, **changes: str) -> HttpResponse:
    address, fields = typed(client, page, step)
    return client.post(address, fields | changes, follow=True)
