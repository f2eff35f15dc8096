"""Recompute of a large installation beside one raw UPDATE of as many rows of the same table.

Each round goes: an UPDATE that judges in SQL alone, for comparison; the raw UPDATE, which leaves every row wrong; the
recompute, which must put every row right; the recompute again, with nothing to do. The first fill is the recompute of
an empty table.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - models need the set-up
from django.test.utils import CaptureQueriesContext  # noqa: E402

from kpis.definitions.models import Indicator  # noqa: E402
from kpis.engine.models import IndicatorStatus  # noqa: E402
from kpis.engine.recompute import recompute  # noqa: E402
from kpis.figures.models import Figure  # noqa: E402
from kpis.figures.services import Entry, add_revisions  # noqa: E402
from kpis.versions.services import move_on  # noqa: E402
from parties.models import Contract  # noqa: E402
from tests.bench.installation import BY, TODAY, build, settle  # noqa: E402
from tests.bench.timing import Spent, middle, spent  # noqa: E402

# Every column that the rules compute gets another value: the least that any way of correcting all rows must do.
NUMBERS = ["numerator", "denominator", "value", "change", "previous_value", "average_12", "pooled_12"]
NUMBERS += ["months_off_target", "months_in_failure", "months_in_average"]
WORDS = {
    "status": "CASE status WHEN 'failure' THEN 'on_target' WHEN 'not_reported' THEN status ELSE 'failure' END",
    "direction": "CASE direction WHEN 'better' THEN 'worse' ELSE 'better' END",
    "provenance": "'changed'",
    "succession_certain": "NOT succession_certain",
    "succession_broken_by": "month",
    "succession_broken_status": "'not_reported'",
    "due_on": "month",
}
CHANGES = [f"{name} = {name} + 1" for name in NUMBERS] + [
    f"{name} = {words}" for name, words in WORDS.items()
]
# What plain SQL can do of the job in one statement: the figure's numbers, the value and the status; no runs, changes,
# averages or days.
JUDGING = """
UPDATE kpis_indicatorstatus SET
    numerator = revision.numerator, denominator = revision.denominator, given_value = revision.value,
    provenance = revision.provenance,
    value = COALESCE(revision.numerator * {scale} / revision.denominator, revision.value),
    status = CASE WHEN {target} THEN 'on_target' WHEN {failure} THEN 'failure' ELSE 'within_tolerance' END
FROM kpis_figurerevision revision, kpis_bandversion band, kpis_indicator indicator
WHERE revision.id = kpis_indicatorstatus.revision_id AND band.id = kpis_indicatorstatus.band_id
    AND indicator.id = kpis_indicatorstatus.indicator_id
"""
SCALE = "(CASE indicator.unit WHEN 'percent' THEN 100.0 WHEN 'rate_per_10000' THEN 10000.0 ELSE 1.0 END)"
HOLDS = """(CASE band.{limit}_operator
    WHEN '>' THEN {ours} > {theirs} WHEN '>=' THEN {ours} >= {theirs}
    WHEN '<' THEN {ours} < {theirs} WHEN '<=' THEN {ours} <= {theirs} END)"""
RAW = f"UPDATE kpis_indicatorstatus SET {', '.join(CHANGES)}"
INCREMENTS = 15


def judging_update() -> None:
    sides = {
        limit: HOLDS.format(
            limit=limit,
            ours=f"COALESCE(revision.numerator * {SCALE}, revision.value)",
            theirs=f"band.{limit}_value * COALESCE(revision.denominator, 1)",
        )
        for limit in ("target", "failure")
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(JUDGING.format(scale=SCALE, **sides))


def raw_update(where: str = "") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{RAW} {where}")


def backend() -> int | None:
    """The server process that works for this connection, where it is on this machine; its time counts too."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number: int = cursor.fetchone()[0]
    return number


def rounds(count: int, rows: int) -> dict[str, list[Spent]]:
    """The full recompute, ``count`` times each way."""
    times: dict[str, list[Spent]] = defaultdict(list)
    besides = backend()

    def measure(name: str, work: Callable[[], Any], expected: int | None = None) -> None:
        settle()
        outcomes: list[Any] = []
        times[name].append(spent(lambda: outcomes.append(work()), besides))
        if expected is not None and (outcomes[0].computed, outcomes[0].changed) != (rows, expected):
            raise RuntimeError(f"{name}: {outcomes[0]}, where {rows} and {expected} were expected.")

    def full() -> Any:
        return recompute(trigger="command", today=TODAY)

    measure("first fill", full, rows)
    for _ in range(count):
        measure("UPDATE that judges only", judging_update)
        measure("raw UPDATE", raw_update)
        measure("every row changed", full, rows)
        measure("nothing changed", full, 0)
    return times


def increments(contract: Contract) -> tuple[dict[str, list[Spent]], int]:
    """One month's 15 figures revised by the service, then the contract recomputed; and the queries of the latter."""
    times: dict[str, list[Spent]] = defaultdict(list)
    besides = backend()
    month = Figure.objects.filter(indicator__contract=contract).latest("month").month
    indicators = list(Indicator.objects.filter(contract=contract).order_by("position"))
    where = f"WHERE contract_id = {contract.pk} AND month = '{month}'"
    outcomes: list[Any] = []
    for number in range(INCREMENTS):
        entries = [_revised(indicator, month, number) for indicator in indicators]
        times["15 figures saved"].append(spent(partial(_save, contract, entries), besides))
        times["contract recomputed"].append(spent(lambda: outcomes.append(_one(contract)), besides))
        times["nothing changed"].append(spent(lambda: _one(contract), besides))
        times["raw UPDATE of 15 rows"].append(spent(lambda: raw_update(where), besides))
    if min(outcome.changed for outcome in outcomes) < len(indicators):
        raise RuntimeError(f"An increment changed less than it should: {outcomes}.")
    with CaptureQueriesContext(connection) as queries:
        _one(contract)
    return times, len(queries)


def _one(contract: Contract) -> Any:
    return recompute(trigger="write", contract_ids=[contract.pk], today=TODAY)


def _revised(indicator: Indicator, month: Any, number: int) -> Entry:
    """What nobody entered before: a numerator that rises with each round."""
    exact = Decimal(100 + number)
    if indicator.denominator_words:
        return Entry(indicator, month, exact, Decimal(500), None, "", "returned")
    return Entry(indicator, month, None, None, exact, "", "returned")


def _save(contract: Contract, entries: list[Entry]) -> None:
    """The service's write, without its audit row and without the recompute that would follow on its commit."""
    with transaction.atomic():
        add_revisions(
            by=BY,
            contract=contract,
            entries=entries,
            state_of=lambda entry: "submitted",
            reason="Benchmark",
            today=TODAY,
        )
        move_on(contract)
        connection.run_on_commit.clear()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contracts", type=int, required=True)
    parser.add_argument("--months", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    asked = parser.parse_args()
    contract = build(asked.contracts, asked.months)
    rows = Indicator.objects.count() * asked.months
    full = rounds(asked.rounds, rows)
    settle()
    one, queries = increments(contract)
    assert IndicatorStatus.objects.count() == rows
    found = {
        "rows": rows,
        "full": {name: vars(middle(times)) for name, times in full.items()},
        "one": {name: vars(middle(times)) for name, times in one.items()},
        "queries": queries,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
