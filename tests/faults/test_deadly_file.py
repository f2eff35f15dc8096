"""A file that ends the process that reads it, each time: it is tried three times, then refused."""

from __future__ import annotations

import signal

from tests.installation import Installation

WITH_REDIS = WITH_WEB = False

HAND_IN = """
from django.db import transaction
from kpis.returns.upload_handler import FIGURES
from parties.models import User
from parties.participants import participant_for
from uploads.receiving import HandedIn, _kept
with transaction.atomic():
    manager = participant_for(User.objects.get(username="trust-manager"), "sandwell")
    _kept(manager, FIGURES, HandedIn.file("deadly.csv", b"indicator,month,value"), "")
"""
# The sweep as the worker runs it, minutes later, in a process that the system ends without a word. How the file
# stands is said before and after it.
SWEEP = """
import os, signal
from datetime import timedelta
from core import clock
from kpis.returns import upload_handler
from uploads.models import Upload
from uploads.tasks import sweep
def stands():
    print(*Upload.objects.values_list("state", "tries").get(), flush=True)
long_ago = clock.now() - timedelta(hours=1)
Upload.objects.update(uploaded_at=long_ago)
Upload.objects.exclude(alive_at=None).update(alive_at=long_ago)
upload_handler.check_header = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
stands()
sweep()
stands()
"""


def shell(site: Installation, script: str, *, check: bool = True):
    return site.manage("shell", "--no-imports", "--command", script, check=check)


def test_a_file_that_kills_its_reader_is_refused_after_three_deaths(site):
    shell(site, HAND_IN)

    for tries in (0, 1, 2):
        death = shell(site, SWEEP, check=False)
        assert (death.returncode, death.stdout) == (-signal.SIGKILL, f"waiting {tries}\n")

    assert shell(site, SWEEP).stdout == "waiting 3\nfaulty 4\n"
    assert shell(site, SWEEP).stdout == "faulty 4\nfaulty 4\n"
