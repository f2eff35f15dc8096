"""After a write: the worker is woken, and a message that gets lost takes nothing with it."""

import socket
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from kombu import pools

from core import clock
from core.pause import redis_pause
from kpis.engine.freshness import lagging_contracts
from kpis.engine.models import IndicatorStatus, RecomputeRun
from kpis.returns.upload_handler import FIGURES
from kpis.tasks import recompute_rag, sweep
from kpis.versions.models import FiguresVersion
from kpis.versions.services import move_on
from parties.participants import participant_for
from parties.services import change_contract
from sandwell.celery import app
from tests.cast import BY
from tests.installation import spare_port
from uploads.receiving import HandedIn, receive
from uploads.tasks import read_upload
from uploads.tasks import sweep as sweep_uploads

pytestmark = pytest.mark.django_db


def use(broker: str) -> None:
    """Connections are kept open, so those to the broker before are given up."""
    pools.reset()
    app._pool = app.amqp._producer_pool = None
    app.conf.broker_url = broker
    redis_pause.worked()


@pytest.fixture
def broker() -> Iterator[Any]:
    usual = app.conf.broker_url
    yield use
    use(usual)


@pytest.fixture
def moved(defined, settings, django_capture_on_commit_callbacks) -> Any:
    """A write to the contract, with its waking put off until the test asks for it."""
    settings.CELERY_ON = True
    with django_capture_on_commit_callbacks() as waiting:
        move_on(defined)
    (wake,) = waiting
    return wake


def test_the_worker_is_told_which_contract(defined, moved, broker):
    broker("memory://")

    moved()

    with app.connection_for_read() as connection:
        message = connection.SimpleQueue(app.conf.task_default_queue).get(timeout=1)
        message.ack()
    assert message.headers["task"] == "kpis.recompute_rag"
    assert message.payload[1] == {"contract_ids": [defined.pk], "trigger": "write"}


def test_a_message_that_is_lost_is_found_by_the_sweep(defined, moved, broker):
    broker(f"redis://127.0.0.1:{spare_port()}/0")

    moved()
    assert lagging_contracts() == [defined.pk]
    sweep()

    assert lagging_contracts() == []


@pytest.fixture
def hung() -> Iterator[str]:
    """A Redis that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("outage", ["gone", "hung"])
def test_nobody_waits_long_for_a_message_that_is_lost(moved, broker, hung, outage):
    broker(hung if outage == "hung" else f"redis://127.0.0.1:{spare_port()}/0")
    began = time.monotonic()

    moved()

    assert time.monotonic() - began < 3, "0.3 seconds at most, and what a busy machine adds"


def test_only_the_first_waits_for_a_broker_that_hangs(moved, broker, hung):
    broker(hung)
    moved()
    began = time.monotonic()

    for _ in range(20):
        moved()

    assert time.monotonic() - began < 20 * 0.3 / 2


def test_after_the_pause_one_more_tries_and_all_go_on(moved, broker, hung, monkeypatch):
    monkeypatch.setattr("core.pause.SECONDS", 0.5)
    broker(hung)
    moved()
    app.conf.broker_url = "memory://"
    moved()  # in the pause, so it is lost
    time.sleep(0.6)
    moved()
    moved()

    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        queue.get(timeout=1).ack()
        queue.get(timeout=1).ack()
        with pytest.raises(queue.Empty):
            queue.get(block=False)


@pytest.fixture
def handed_in(defined, trust_manager, settings, django_capture_on_commit_callbacks) -> Any:
    """A file of figures, with its waking put off until the test asks for it."""
    settings.CELERY_ON = True
    participant = participant_for(trust_manager, defined.code)
    with django_capture_on_commit_callbacks() as waiting:
        upload = receive(
            handler=FIGURES,
            by=participant,
            given=HandedIn.file("march.csv", b"indicator,month,value\nPI5,2019-03,7\n"),
        )
    (wake,) = waiting
    return upload, wake


def test_the_worker_is_told_which_file(handed_in, broker):
    broker("memory://")
    upload, wake = handed_in

    wake()

    with app.connection_for_read() as connection:
        message = connection.SimpleQueue(app.conf.task_default_queue).get(timeout=1)
        message.ack()
    assert message.headers["task"] == "uploads.read_upload"
    assert message.payload[1] == {"upload_id": upload.pk}


def test_a_file_whose_message_is_lost_is_found_by_the_sweep(handed_in, broker):
    broker(f"redis://127.0.0.1:{spare_port()}/0")
    upload, wake = handed_in

    wake()
    type(upload).objects.update(uploaded_at=clock.now() - timedelta(minutes=2))
    broker("memory://")
    sweep_uploads()

    with app.connection_for_read() as connection:
        message = connection.SimpleQueue(app.conf.task_default_queue).get(timeout=1)
        message.ack()
    assert (message.headers["task"], message.payload[1]) == ("uploads.read_upload", {"upload_id": upload.pk})
    read_upload(**message.payload[1])
    upload.refresh_from_db()
    assert upload.state == "checked"


def test_the_task_twice_changes_nothing_and_a_sweep_with_nothing_to_do_leaves_no_trace(defined, moved):
    recompute_rag([defined.pk], "write")
    computed = FiguresVersion.objects.get().computed
    before = list(FiguresVersion.objects.values_list("current", "computed"))

    recompute_rag([defined.pk], "write")
    assert list(FiguresVersion.objects.values_list("current", "computed")) == before == [(computed, computed)]

    generation = FiguresVersion.objects.get().generation
    sweep()
    assert FiguresVersion.objects.get().generation == generation


def test_changed_terms_wake_the_recompute(demonstration, settings, django_capture_on_commit_callbacks):
    settings.CELERY_ON = False
    row = IndicatorStatus.objects.filter(indicator__code="PI9", month="2020-03-01")
    assert row.get().due_on == date(2020, 4, 16)

    with django_capture_on_commit_callbacks(execute=True):
        change_contract(contract=demonstration, by=BY, figures_due_working_day=3)

    assert row.get().due_on == date(2020, 4, 3)
    assert lagging_contracts() == []


def test_changed_terms_are_said_to_be_computed(demonstration, settings, signed_in, persona):
    settings.CELERY_ON = True
    change_contract(contract=demonstration, by=BY, figures_due_working_day=3)

    page = signed_in(persona("client-officer")).get("/contracts/sandwell/").content.decode()

    assert "newer figures are being computed" in page


@pytest.mark.parametrize("celery", [True, False])
def test_without_a_worker_the_first_to_look_has_an_ended_month_computed(
    demonstration, settings, signed_in, persona, celery
):
    settings.CELERY_ON = celery
    officer = signed_in(persona("client-officer"))
    FiguresVersion.objects.update(expected="the month before")
    before = FiguresVersion.objects.get().generation

    pages = [officer.get("/contracts/sandwell/").content.decode() for _ in range(2)]

    assert FiguresVersion.objects.get().generation == before + (0 if celery else 1)
    assert [("are being computed" in page) for page in pages] == [celery, celery]


def test_without_a_worker_what_cannot_be_computed_is_tried_once(
    demonstration, settings, signed_in, persona, monkeypatch
):
    settings.CELERY_ON = False
    officer = signed_in(persona("client-officer"))
    FiguresVersion.objects.update(expected="the month before")
    runs = RecomputeRun.objects.count()
    monkeypatch.setattr("kpis.engine.frames.recomputing.computed", lambda frame: 1 / 0)

    pages = [officer.get("/contracts/sandwell/") for _ in range(3)]

    assert all("are being computed" in page.content.decode() for page in pages)
    assert RecomputeRun.objects.count() == runs + 1
