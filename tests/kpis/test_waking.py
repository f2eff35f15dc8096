"""After a write: the worker is woken, and a message that gets lost takes nothing with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from kombu import pools

from kpis.models import FiguresVersion
from kpis.recompute import lagging_contracts
from kpis.services.versions import move_on
from kpis.tasks import recompute_rag, sweep
from sandwell.celery import app
from tests.installation import spare_port

pytestmark = pytest.mark.django_db


def use(broker: str) -> None:
    """Connections are kept open, so those to the broker before are given up."""
    pools.reset()
    app._pool = app.amqp._producer_pool = None
    app.conf.broker_url = broker


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


def test_the_task_twice_changes_nothing_and_a_sweep_with_nothing_to_do_leaves_no_trace(defined, moved):
    recompute_rag([defined.pk], "write")
    computed = FiguresVersion.objects.get().computed
    before = list(FiguresVersion.objects.values_list("current", "computed"))

    recompute_rag([defined.pk], "write")
    assert list(FiguresVersion.objects.values_list("current", "computed")) == before == [(computed, computed)]

    generation = FiguresVersion.objects.get().generation
    sweep()
    assert FiguresVersion.objects.get().generation == generation
