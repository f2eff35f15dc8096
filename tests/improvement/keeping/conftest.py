"""A browser without JavaScript: opens a page, fills its form and sends it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client


def fields_of(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form as it stands, but for its buttons."""
    sent: dict[str, Any] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(one["name"]), one.get("type")
        if one.name == "select":
            chosen = one.find("option", selected=True) or one.find("option")
            sent[name] = chosen["value"] if isinstance(chosen, Tag) else ""
        elif one.name == "textarea":
            sent[name] = one.get_text().removeprefix("\n")
        elif kind == "checkbox":
            sent.setdefault(name, [])
            if one.has_attr("checked"):
                sent[name].append(str(one["value"]))
        else:
            sent[name] = str(one.get("value", ""))
    return sent


def form_on(answer: HttpResponse) -> Tag:
    form = BeautifulSoup(answer.content, "lxml").select_one("form.plan-form")
    assert form is not None, "the page has no form"
    return form


def opened(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return fields_of(form_on(answer))


@pytest.fixture
def fill() -> Any:
    """fill(client, address, name="Leadership"): what the page answers once its form was sent so."""

    def send(client: Client, address: str, **typed: Any) -> HttpResponse:
        return client.post(address.partition("?")[0], opened(client, address) | typed, follow=True)

    return send
