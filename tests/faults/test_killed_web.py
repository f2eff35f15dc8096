"""The web process is killed at random points, two hundred times, while figures are submitted.

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
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from tests.installation import Installation, installation, poll

pytestmark = pytest.mark.services

KILLS = 200
PAGE = "/contracts/sandwell/returns/2020-03/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose web process is forked anew at once when it is killed."""
    with installation(tmp_path_factory.mktemp("killed")) as running:
        running.kill("web")
        running.start(
            "web", sys.executable, "-m", "gunicorn", "sandwell.wsgi:application", "--bind",
            f"127.0.0.1:{running.port}", "--preload", "--threads", "4", "--no-control-socket",
            "--log-level", "critical",
        )  # fmt: skip
        poll(running.answers, seconds=60)
        yield running


def workers(site: Installation) -> list[int]:
    master = site.processes["web"].pid
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def kill_now_and_then(site: Installation, done: threading.Event) -> None:
    chance = random.Random(20200331)
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.35))
            poll(lambda: workers(site), seconds=30)
            with suppress(ProcessLookupError):
                os.kill(workers(site)[0], signal.SIGKILL)
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


def submit(site: Installation, cookie: str, number: int) -> bool:
    """One correction of PI5 with a value of its own; whether it was confirmed."""
    _, html = ask(site, "GET", cookie)
    form = BeautifulSoup(html, "html.parser").find("form", class_="sheets")
    assert form is not None
    sent = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input", attrs={"name": lambda name: name and name.startswith("PI5-")})
    }
    sent["csrfmiddlewaretoken"] = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    sent |= {
        "PI5-value": str(5 + number % 2), "PI5-commentary": f"attempt {number}", "PI5-standing": "final",
        "PI5-change_reason": f"attempt {number}", "act": "submit:PI5",
    }  # fmt: skip
    status, answer = ask(site, "POST", cookie, sent)
    if status == 200:
        page = BeautifulSoup(answer, "html.parser")
        warned = page.find_all("input", attrs={"name": lambda name: name and name.startswith("PI5-answer-")})
        was = page.find("input", attrs={"name": "PI5-was"})["value"]
        sent |= {field["name"]: "Yes" for field in warned} | {"PI5-was": was}
        status, _ = ask(site, "POST", cookie, sent)
    return status == 302


def test_every_confirmed_write_is_there_once_and_none_half(site: Installation) -> None:
    cookie, done = site.sign_in("trust-manager"), threading.Event()
    killer = threading.Thread(target=kill_now_and_then, args=(site, done))
    killer.start()
    confirmed, number = [], 0
    while not done.is_set():
        number += 1
        with suppress(OSError, HTTPException, AssertionError):
            if submit(site, cookie, number):
                confirmed.append(f"attempt {number}")
    killer.join()
    poll(site.answers, seconds=60)

    told = site.manage(
        "shell", "--verbosity", "0", "-c",
        "import json; from kpis.models import *; from audit.models import AuditEvent;"
        "f = Figure.objects.get(indicator__code='PI5', month='2020-03-01');"
        "r = list(f.revisions.filter(number__gt=1).order_by('number'));"
        "print(json.dumps({'words': [x.commentary for x in r], 'numbers': [x.number for x in r],"
        " 'latest': f.latest.number, 'rows': AuditEvent.objects.filter(action='return.submitted').count(),"
        " 'answered': sorted({x.check_answers.count() for x in r})}))",
    )  # fmt: skip
    kept = json.loads(told.stdout.strip().splitlines()[-1])

    assert len(confirmed) >= 20
    assert set(confirmed) <= set(kept["words"])
    assert len(kept["words"]) == len(set(kept["words"]))
    assert kept["numbers"] == list(range(2, len(kept["words"]) + 2))
    assert kept["latest"] == kept["numbers"][-1]
    assert kept["rows"] == len(kept["words"])
    assert site.manage("verify_audit").returncode == 0
