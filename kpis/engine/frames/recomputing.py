"""Statuses of whole contracts: read, computed, compared with the stored ones, and written where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.values.months import Month
from kpis.engine.frames import bulk
from kpis.engine.frames.crossing import band_rows, figure_frame, indicator_frame, stored_statuses
from kpis.engine.frames.series import computed, lay_out
from kpis.engine.freshness import Span
from kpis.rules.due import due_on
from parties.models import Contract


@dataclass(frozen=True)
class Rewritten:
    """Rows computed, rows that were written, and by contract the months that there are to look at."""

    computed: int
    changed: int
    months_offered: dict[int, dict[str, date | None]]


def rewrite_statuses(contracts: Sequence[Contract], spans: Mapping[int, Span]) -> Rewritten:
    """Within the caller's transaction, which holds the contracts' versions locked."""
    contract_ids = [contract.pk for contract in contracts]
    indicators = indicator_frame(contract_ids)
    ids = indicators["indicator"].tolist()
    frame = computed(lay_out(indicators, figure_frame(ids), band_rows(ids), spans))
    dated = bulk.with_days(frame, _due_days(contracts, frame["month"].unique().tolist()))
    found = bulk.difference(dated, stored_statuses(contract_ids))
    bulk.write(dated, found)
    expected = frame[~frame["supporting"]]
    offered = {pk: _months_offered(expected[expected["contract"] == pk]) for pk in contract_ids}
    return Rewritten(len(frame), found.rows, offered)


def _months_offered(frame: pd.DataFrame) -> dict[str, date | None]:
    """The first and last month with a contract band, and the last one with a figure in it."""
    judged = frame.loc[frame["band"].notna(), "month"]
    reported = frame.loc[frame["revision"].notna(), "month"]
    ends = {"first_month": judged.min(), "last_month": judged.max(), "latest_reported": reported.max()}
    return {
        name: None if pd.isna(end) else Month.from_ordinal(int(end)).first_day for name, end in ends.items()
    }


def _due_days(contracts: Sequence[Contract], months: Sequence[int]) -> dict[tuple[int, int], date]:
    return {
        (contract.pk, month): due_on(Month.from_ordinal(month), contract.figures_due_working_day)
        for contract in contracts
        for month in months
    }
