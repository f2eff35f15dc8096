"""The pages of the review as people use them."""

from __future__ import annotations

from datetime import date, timedelta

from bs4 import BeautifulSoup

from core import clock
from kpis.figures.models import Figure

REVIEW = "/contracts/sandwell/review/"
MARCH = "?month=2020-03"


def figure(code: str, month: date = date(2020, 3, 1)) -> Figure:
    return Figure.objects.select_related("latest").get(indicator__code=code, month=month)


def section(response, name: str) -> str:
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(page.find("section", attrs={"aria-labelledby": name}).get_text(" ").split())


def accept(client, *codes: str, **rest):
    return client.post(f"{REVIEW}accept/", {"revision": [figure(code).latest_id for code in codes]}, **rest)


def ask(client, code: str, reason: str = "Which team?", days: int = 7, **rest):
    sent = {"revision": figure(code).latest_id, "reason": reason}
    sent["answer_by"] = (clock.today() + timedelta(days=days)).isoformat()
    return client.post(f"{REVIEW}{code}/query/{MARCH}", sent, **rest)


def reply(
    client, code: str, kind: str = "explains", said: str = "The west team; two posts are filled now.", **rest
):
    sent = {"revision": figure(code).latest_id, "kind": kind, "words": said}
    return client.post(f"{REVIEW}{code}/answer/{MARCH}", sent, **rest)


def offered(client, code: str, month: str = "2020-03") -> set[str]:
    page = BeautifulSoup(client.get(f"{REVIEW}{code}/?month={month}").content, "lxml")
    return {name for name in ("accept", "ask", "reply") if page.find(attrs={"aria-labelledby": name})}
