"""With PostgreSQL, Redis, a real worker and beat: what was entered is seen, whatever is stopped meanwhile."""

from __future__ import annotations

import json
import signal
import time

import pytest

from tests.installation import poll

pytestmark = pytest.mark.services

WITH_REDIS = True
DASHBOARD = "/contracts/sandwell/?month=2020-03"
# A minute until the next sweep, and what a process takes that loads what it needs for its first recompute.
FOUND_WITHIN = 60 + 15


@pytest.fixture(scope="module", autouse=True)
def awake(site):
    """The worker is up, and has loaded what its first recompute takes longer for than any after it."""
    send = (
        "from sandwell.celery import app; app.send_task('kpis.recompute_rag', kwargs={'trigger': 'command'})"
    )
    site.manage("shell", "--verbosity", "0", "-c", send)
    poll(lambda: "trigger=command" in site.log("worker"), seconds=60)


def shows(officer, text):
    return lambda: text in officer(DASHBOARD)[1]


def version(site):
    """(current, computed) of the only contract."""
    code = "from kpis.models import FiguresVersion as V; v = V.objects.get(); print(v.current, v.computed)"
    return tuple(
        int(part) for part in site.manage("shell", "--verbosity", "0", "-c", code).stdout.split()[-2:]
    )


def nothing_left_to_compute(site):
    """A recompute from scratch changes no row: the statuses are those of the figures."""
    return site.manage("recompute_rag", "--all").stdout.strip().endswith(" 0 changed")


def test_a_figure_is_on_the_dashboard_within_two_seconds(site, officer, enter):
    assert not shows(officer, "71.1%")()

    enter("PI1", 711, 1000)

    assert poll(shows(officer, "71.1%"), seconds=2) <= 2


def test_nothing_is_lost_while_redis_is_gone(site, officer, enter):
    site.kill("redis")

    start = time.monotonic()
    enter("PI1", 722, 1000)
    assert time.monotonic() - start < 15, "the write itself must not wait for Redis"
    assert officer(DASHBOARD)[0] == 200, "pages go on without the cache"
    status, _, body = site.get("/health/ready")
    assert (status, json.loads(body)["checks"]["cache"]) == (503, "unreachable")

    site.start_redis()
    poll(shows(officer, "72.2%"), seconds=FOUND_WITHIN, every=0.5)
    assert nothing_left_to_compute(site)
    poll(lambda: site.get("/health/ready")[0] == 200, seconds=10)


def test_nothing_is_lost_while_redis_hangs(site, officer, enter):
    site.processes["redis"].send_signal(signal.SIGSTOP)
    try:
        start = time.monotonic()
        enter("PI1", 733, 1000)
        assert time.monotonic() - start < 20
        assert officer(DASHBOARD)[0] == 200
    finally:
        site.processes["redis"].send_signal(signal.SIGCONT)

    poll(shows(officer, "73.3%"), seconds=FOUND_WITHIN, every=0.5)
    assert nothing_left_to_compute(site)


def test_a_killed_worker_leaves_nothing_behind(site, officer, enter):
    site.kill("worker")
    enter("PI1", 744, 1000)
    current, computed = version(site)
    assert computed < current
    assert "being computed" in officer(DASHBOARD)[1]

    site.start_worker()

    poll(shows(officer, "74.4%"), seconds=FOUND_WITHIN, every=0.5)
    assert nothing_left_to_compute(site)


def test_running_the_task_twice_changes_nothing(site, officer):
    send = (
        "from sandwell.celery import app\n"
        "for _ in range(2): app.send_task('kpis.recompute_rag', kwargs={'trigger': 'schedule'})"
    )
    count = (
        "from kpis.models import RecomputeRun as R;"
        "print(list(R.objects.filter(trigger='schedule', ended_at__isnull=False).values_list('changed', 'error')))"
    )

    site.manage("shell", "--verbosity", "0", "-c", send)

    poll(
        lambda: site.manage("shell", "--verbosity", "0", "-c", count).stdout.strip() == "[(0, ''), (0, '')]",
        seconds=30, every=0.5,
    )  # fmt: skip


def test_writers_and_recomputes_at_once_end_in_step(site, enter):
    for number in range(5):
        enter("PI2", 500 + number, 81000)
        site.manage("recompute_rag", "--all")

    poll(lambda: len(set(version(site))) == 1, seconds=10, every=0.3)
    assert nothing_left_to_compute(site)


def test_the_calendar_recomputes_at_the_turn_of_the_month():
    from sandwell.celery import app

    app.finalize()  # as beat does; in a process of their own nothing else did
    entry = app.conf.beat_schedule["recompute-at-the-turn-of-the-month"]
    schedule = entry["schedule"]
    assert entry["task"] == "kpis.recompute_rag"
    assert (schedule.minute, schedule.hour, schedule.day_of_month) == ({0}, {2}, {1})
    assert app.conf.timezone == "UTC"
    assert app.conf.beat_schedule["sweep-what-a-lost-message-left"]["schedule"] == 60
