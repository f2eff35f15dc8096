"""What load balancers are told, with everything there and with each part gone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from core import clock
from kpis.engine.freshness import expected_of
from kpis.versions.models import FiguresVersion
from kpis.versions.services import move_on
from tests.sandwell.outages import redis_nowhere, without_database


def test_live_needs_no_database(client):
    answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_live_needs_none_for_whom_a_cookie_names_either(
    django_assert_num_queries, db, signed_in, client_officer
):
    officer = signed_in(client_officer)

    with django_assert_num_queries(0):
        answer = officer.get("/health/live")

    assert answer.status_code == 200


def test_ready_when_all_is_well(db, contract, client):
    FiguresVersion.objects.create(
        contract=contract,
        current=2,
        computed=2,
        moved_at=clock.now() - timedelta(days=1),
        computed_at=clock.now(),
        expected=expected_of(contract, clock.today()),
    )

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "worker": "ok"},
        "behind": {"worker": {"contracts": 0, "seconds": 0}},
    }


@pytest.mark.parametrize(("seconds", "late"), [(60, False), (170, False), (200, True), (86_400, True)])
def test_a_worker_that_is_late(db, contract, client, settings, seconds, late):
    settings.WORKER_LAG_SECONDS = 180
    moved = clock.now() - timedelta(seconds=seconds)
    FiguresVersion.objects.create(contract=contract, current=2, computed=1, moved_at=moved)

    answer = client.get("/health/ready")

    assert answer.status_code == (503 if late else 200)
    word, behind = answer.json()["checks"]["worker"], answer.json()["behind"]["worker"]
    assert word == (f"late by {behind['seconds']} seconds" if late else "ok")
    assert behind["contracts"] == 1
    assert seconds <= behind["seconds"] <= seconds + 5


def test_a_worker_that_is_dead_while_people_go_on_writing(db, contract, client):
    FiguresVersion.objects.create(
        contract=contract,
        current=2,
        computed=1,
        moved_at=clock.now() - timedelta(hours=5),
        expected=expected_of(contract, clock.today()),
    )

    with transaction.atomic():
        move_on(contract)

    assert client.get("/health/ready").json()["checks"]["worker"].startswith("late by 18")


def test_a_write_after_a_quiet_time_counts_from_now(db, contract, client):
    FiguresVersion.objects.create(
        contract=contract,
        current=2,
        computed=2,
        moved_at=clock.now() - timedelta(hours=5),
        expected=expected_of(contract, clock.today()),
    )

    with transaction.atomic():
        move_on(contract)

    assert client.get("/health/ready").json()["checks"]["worker"] == "ok"


def test_a_month_that_ended_waits_too(db, contract, client):
    """Nobody wrote, but the worker that should have seen the month end did not."""
    FiguresVersion.objects.create(
        contract=contract,
        current=2,
        computed=2,
        computed_at=clock.now() - timedelta(hours=1),
        expected="another month",
    )

    assert client.get("/health/ready").status_code == 503


def test_a_cache_that_is_gone(db, client, settings):
    settings.CACHES = redis_nowhere()

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "failing",
        "checks": {"database": "ok", "cache": "unreachable", "worker": "ok"},
        "behind": {"worker": {"contracts": 0, "seconds": 0}},
    }


def test_a_database_that_is_gone(db):
    with without_database() as run:
        answer = run(lambda: Client().get("/health/ready"))
        live = run(lambda: Client().get("/health/live"))

    assert (answer.status_code, live.status_code) == (503, 200)
    assert answer.json() == {
        "status": "failing",
        "checks": {"database": "unreachable", "cache": "ok", "worker": "unknown"},
        "behind": {"worker": None},
    }
