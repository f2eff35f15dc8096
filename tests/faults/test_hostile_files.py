"""No file takes more than its share of time and memory, and nobody waits for one meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation
from tests.uploads.hostile_files import LARGEST, PASTED, TEXTS, WORKBOOKS

WITH_REDIS = False
MEMORY, SECONDS = 512, 10
FILES = {**WORKBOOKS, **TEXTS, **PASTED}
SPREADSHEET = "/contracts/sandwell/returns/2020-03/spreadsheet/"
SECOND = 1.0
# From when a program has had its time until it is gone, with its memory; and from tick to tick of its processor's time.
GONE, TICK = 1.0, 0.1

# What the parent asks of the program that opens files, from a process that is small itself: the memory of its children
# is counted with its own, from before they became another program.
OPEN = """
import resource, sys, time
from pathlib import Path
from kpis.figures.columns import LAYOUT
from uploads.tables.opening import open_table
from uploads.tables.refusal import FileAsks, FileRefused, Limits
content = Path(sys.argv[1]).read_bytes()
began = time.monotonic()
try:
    with open_table(content, Limits(len(content), 200 * 2**20, 200_000), LAYOUT, pasted=bool(sys.argv[2])) as table:
        words = f"Read: {sum(1 for _ in table.rows)} rows."
except (FileAsks, FileRefused) as refused:
    words = str(refused)
took, child = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
print(took, child.ru_utime + child.ru_stime, child.ru_maxrss // 1024, words)
"""


def test_there_are_many():
    assert len(FILES) >= 40


@pytest.mark.once
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_takes_no_more_than_its_share(name, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(FILES[name]()[:LARGEST])

    opened = subprocess.run(
        [sys.executable, "-c", OPEN, str(file), "pasted" if name in PASTED else ""],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert opened.returncode == 0, opened.stderr
    seconds, of_processor, megabytes, words = opened.stdout.strip().split(" ", 3)
    assert words.endswith((".", "?")), words
    assert float(seconds) < SECONDS + GONE
    assert float(of_processor) < SECONDS + TICK
    assert int(megabytes) < MEMORY


def test_pages_answer_while_a_hostile_file_is_read(site: Installation, tmp_path: Path):
    """In the demonstration the web server reads files itself."""
    cookie = site.sign_in("trust-manager")
    answered: list[int] = []
    sent = threading.Thread(
        target=lambda: answered.append(hand_in(site, cookie, WORKBOOKS["everything merged, many times"]()))
    )
    page_seconds(site, cookie)  # the first loads what the others need
    usual = [page_seconds(site, cookie) for _ in range(10)]

    meanwhile = []
    sent.start()
    while sent.is_alive():
        meanwhile.append(page_seconds(site, cookie))
        time.sleep(0.1)
    sent.join()

    assert answered == [302]
    assert len(meanwhile) > 5
    assert max(meanwhile) < max(usual) + SECOND
    status, _, body = site.get("/contracts/sandwell/uploads/1/", Cookie=cookie)
    assert status == 200
    assert "data-upload-progress" not in body.decode(), "the file was read to its end, or refused"


def page_seconds(site: Installation, cookie: str) -> float:
    """How long a page takes to come."""
    began = time.monotonic()
    status, _, _ = site.get("/contracts/sandwell/?month=2020-02", Cookie=cookie)
    assert status == 200
    return time.monotonic() - began


def hand_in(site: Installation, cookie: str, content: bytes) -> int:
    """The status with which a file is taken."""
    _, _, page = site.get(SPREADSHEET, Cookie=cookie)
    token = page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = b"".join(
        (
            part.format("csrfmiddlewaretoken", "").encode(), token.encode(), b"\r\n",
            part.format("rows", "").encode(), b"\r\n",
            part.format("file", '; filename="hostile.xlsx"').encode(), content, b"\r\n--x--\r\n",
        )
    )  # fmt: skip
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {
        "Cookie": cookie,
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": str(len(body)),
    }
    connection.request("POST", SPREADSHEET, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status
