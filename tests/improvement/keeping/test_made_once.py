"""Two who begin the same plan at the same moment begin one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.values.months import Month
from improvement.keeping.services import PlanWords, make_plan
from improvement.models import Plan
from parties.participants import participant_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def test_the_same_plan_begun_at_once_is_one(contract, trust_manager):
    def begin(number: int) -> int:
        try:
            by = participant_for(trust_manager, contract.code)
            words = PlanWords("elsewhere", f"Audit {number}", Month(2020, 4), Month(2021, 3))
            start.wait(timeout=30)
            return make_plan(by=by, words=words).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        for number in range(ROUNDS):
            start = Barrier(2)
            assert len(set(people.map(begin, [number] * 2, timeout=60))) == 1

    assert Plan.objects.count() == ROUNDS
