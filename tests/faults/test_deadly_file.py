"""A file that ends the process that reads it, each time: it is tried three times, then refused."""

from __future__ import annotations

import signal

from tests.installation import Installation

WITH_REDIS = False

HAND_IN = """
from django.db import transaction
from kpis.returns.upload_handler import FIGURES
from parties.models import User
from parties.participants import participant_for
from uploads.receiving import _kept
with transaction.atomic():
    manager = participant_for(User.objects.get(username="trust-manager"), "sandwell")
    _kept(manager, FIGURES, "deadly.csv", b"indicator,month")
"""
# The sweep as the worker runs it, minutes later, in a process that the system ends without a word.
SWEEP = """
import os, signal
from datetime import timedelta
from core import clock
from kpis.returns import upload_handler
from uploads.models import Upload
from uploads.tasks import sweep
long_ago = clock.now() - timedelta(hours=1)
Upload.objects.update(uploaded_at=long_ago)
Upload.objects.exclude(alive_at=None).update(alive_at=long_ago)
upload_handler.read_rows = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
sweep()
"""
STANDS = "from uploads.models import Upload; print(*Upload.objects.values_list('state', 'tries').get())"


def shell(site: Installation, script: str, *, check: bool = True):
    return site.manage("shell", "--no-imports", "--command", script, check=check)


def test_a_file_that_kills_its_reader_is_refused_after_three_deaths(site):
    shell(site, HAND_IN)

    for tries in (1, 2, 3):
        assert shell(site, SWEEP, check=False).returncode == -signal.SIGKILL
        assert shell(site, STANDS).stdout == f"waiting {tries}\n"

    shell(site, SWEEP)
    assert shell(site, STANDS).stdout == "faulty 4\n"
    shell(site, SWEEP)
    assert shell(site, STANDS).stdout == "faulty 4\n"
