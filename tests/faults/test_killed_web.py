"""The web process is killed at random points, two hundred times, while three people submit figures.

Every confirmed write is there once, none half: a revision, its audit row and the figure's pointer stand or fall
together.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag

from tests.installation import Installation, installation, poll

pytestmark = pytest.mark.services

KILLS = 200
WORKERS = 4
SECONDS_BETWEEN = (0.05, 0.45)
# After so many kills the next one waits until something was confirmed since, however slow the machine is.
IN_A_ROW = 8
CODES = ("PI1", "PI5", "PI7")
PAGE = "/contracts/sandwell/returns/2020-03/"
# Before the first fork the program is warmed by one page, so that a worker answers as soon as it is there. A
# connection that was opened meanwhile is nobody's to share.
HOOKS = f"""
warm = []


def pre_fork(server, worker):
    from django.contrib.auth import get_user_model
    from django.db import connections
    from django.test import Client

    if not warm:
        client = Client()
        client.force_login(get_user_model().objects.get(username="trust-manager"))
        warm.append(client.get("{PAGE}", headers={{"host": "127.0.0.1"}}).status_code)
        server.log.warning("warmed: %s", warm)
    connections.close_all()
"""

# What every submission of a figure by hand left behind.
WHAT_IS_KEPT = f"""
import json
from audit.models import AuditEvent
from kpis.models import Figure

figures = Figure.objects.filter(indicator__code__in={CODES!r}, month="2020-03-01").select_related("latest")
print(json.dumps({{
    "figures": [
        {{
            "latest": figure.latest.number,
            "state": figure.state,
            "revisions": [
                {{"number": one.number, "words": one.commentary}}
                for one in figure.revisions.filter(number__gt=1).order_by("number")
            ],
        }}
        for figure in figures
    ],
    "in_trail": [
        words.split(":")[0]
        for event in AuditEvent.objects.filter(action="return.submitted")
        for words in event.changes["figures"]
    ],
}}))
"""


@dataclass
class Attempts:
    """What became of the submissions of one figure: confirmed, or cut off before the answer came."""

    code: str

    confirmed: list[str] = field(default_factory=list)
    cut_off: int = 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose web processes are forked anew at once when they are killed."""
    with installation(tmp_path_factory.mktemp("killed")) as running:
        running.kill("web")
        hooks = running.folder / "hooks.py"
        hooks.write_text(HOOKS)
        running.start(
            "web", sys.executable, "-m", "gunicorn", "sandwell.wsgi:application", "--bind",
            f"127.0.0.1:{running.port}", "--config", str(hooks), "--preload", "--workers", str(WORKERS),
            "--threads", "2", "--no-control-socket", "--log-level", "warning",
        )  # fmt: skip
        poll(running.answers, seconds=60)
        yield running


def workers(site: Installation) -> list[int]:
    master = site.processes["web"].pid
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def kill_now_and_then(site: Installation, made: list[Attempts], done: threading.Event) -> None:
    """Two hundred kills of one process among several, never the same one twice."""
    chance, killed, confirmed = random.Random(20200331), set(), 0

    def another() -> bool:
        return sum(len(one.confirmed) for one in made) > confirmed

    try:
        while len(killed) < KILLS:
            time.sleep(chance.uniform(*SECONDS_BETWEEN))
            alive = sorted(set(workers(site)) - killed)
            if alive:
                one = chance.choice(alive)
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
                    killed.add(one)
            if len(killed) % IN_A_ROW == 0:
                poll(another, seconds=60)
                confirmed = sum(len(one.confirmed) for one in made)
    finally:
        done.set()


def ask(site: Installation, method: str, cookie: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, PAGE, urlencode(form) if form else None, sent)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def hidden(form: BeautifulSoup | Tag, name: str) -> str:
    found = form.find("input", attrs={"name": name})
    assert isinstance(found, Tag), f"{name} is not on the page"
    return str(found["value"])


def submit(site: Installation, cookie: str, code: str, number: int) -> None:
    """One correction of the figure, with words of its own. OSError or HTTPException where it isn't confirmed."""
    status, html = ask(site, "GET", cookie)
    assert status == 200, html
    form = BeautifulSoup(html, "lxml").find("form", class_="sheets")
    assert isinstance(form, Tag)
    sent = {
        str(one["name"]): str(one.get("value", ""))
        for one in form.find_all("input", attrs={"name": lambda name: name and name.startswith(f"{code}-")})
        if one.get("type") not in ("radio", "checkbox")
    }
    words = f"{code}, attempt {number}"
    sent |= {
        "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"), "act": f"submit:{code}",
        f"{code}-commentary": words, f"{code}-standing": "final", f"{code}-change_reason": words,
    }  # fmt: skip
    if denominator := sent.get(f"{code}-denominator"):
        sent[f"{code}-numerator"] = str(int(denominator) - number % 50)
    else:
        sent[f"{code}-value"] = str(5 + number % 2)
    status, html = ask(site, "POST", cookie, sent)
    if status == 200:
        page = BeautifulSoup(html, "lxml")
        warned = page.find_all(
            "input", attrs={"name": lambda name: name and name.startswith(f"{code}-answer-")}
        )
        sent |= {str(one["name"]): "Yes" for one in warned} | {f"{code}-was": hidden(page, f"{code}-was")}
        status, html = ask(site, "POST", cookie, sent)
    assert status == 302, BeautifulSoup(html, "lxml").get_text(" ", strip=True)


def keep_submitting(site: Installation, cookie: str, made: Attempts, done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        try:
            submit(site, cookie, made.code, number)
        except (OSError, HTTPException):
            made.cut_off += 1
        else:
            made.confirmed.append(f"{made.code}, attempt {number}")


def test_every_confirmed_write_is_there_once_and_none_half(site: Installation) -> None:
    cookie, done = site.sign_in("trust-manager"), threading.Event()
    made = [Attempts(code) for code in CODES]
    with ThreadPoolExecutor(len(CODES) + 1) as threads:
        killer = threads.submit(kill_now_and_then, site, made, done)
        people = [threads.submit(keep_submitting, site, cookie, one, done) for one in made]
    for person in people:
        person.result()
    poll(site.answers, seconds=60)

    killer.result()
    confirmed = [words for one in made for words in one.confirmed]
    assert sum(one.cut_off for one in made) >= 20

    kept = json.loads(
        site.manage("shell", "--verbosity", "0", "-c", WHAT_IS_KEPT).stdout.strip().splitlines()[-1]
    )
    words = [one["words"] for figure in kept["figures"] for one in figure["revisions"]]
    assert set(confirmed) <= set(words)
    assert len(words) == len(set(words))
    for figure in kept["figures"]:
        numbers = [1, *(one["number"] for one in figure["revisions"])]
        assert numbers == list(range(1, len(numbers) + 1))
        assert (figure["latest"], figure["state"]) == (numbers[-1], "submitted")
    assert sorted(kept["in_trail"]) == sorted(f"{word.split(',')[0]} 2020-03" for word in words)
    assert site.manage("verify_audit").returncode == 0
