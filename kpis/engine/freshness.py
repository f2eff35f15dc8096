"""How far the read model is behind the figures, the calendar and the contract's terms: one rule for all who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from core import clock
from core.values.months import Month
from kpis.terms import months_over
from kpis.versions.models import FiguresVersion
from parties.models import Contract


@dataclass(frozen=True)
class Span:
    """The months that a contract reports: ordinals of the first and of the last one expected so far."""

    first: int
    last: int


def lagging_contracts(today: date | None = None) -> list[int]:
    """Contracts to be computed: their figures moved on, a month ended, their terms changed, or they are new."""
    today = today or clock.today()
    return [contract.pk for contract, version in _with_versions() if is_behind(contract, version, today)]


def is_behind(contract: Contract, version: FiguresVersion | None, today: date) -> bool:
    return (
        version is None
        or version.computed < version.current
        or version.expected != expected_of(contract, today)
    )


class Backlog(NamedTuple):
    """How many contracts' statuses are not computed yet, and seconds since the oldest change that waits."""

    contracts: int
    seconds: int


def backlog() -> Backlog:
    """A new contract counts from its first write on."""
    now = clock.now()
    today = clock.day_of(now)
    since = [
        _waiting_since(version, today)
        for contract, version in _with_versions()
        if version is not None and is_behind(contract, version, today)
    ]
    seconds = [int((now - start).total_seconds()) for start in since if start]
    return Backlog(len(seconds), max(seconds, default=0))


def expected_of(contract: Contract, today: date) -> str:
    """What the contract expects today, as one text: its first and last month, and the day on which figures fall due."""
    span = reported_span(contract, today)
    last = Month.from_ordinal(span.last) if span.last >= span.first else "none"
    return f"{Month.from_ordinal(span.first)} to {last}, working day {contract.figures_due_working_day}"


def reported_span(contract: Contract, today: date) -> Span:
    """The months that are expected so far."""
    first, last = months_over(contract, today)
    return Span(first.ordinal, last.ordinal)


def _with_versions() -> list[tuple[Contract, FiguresVersion | None]]:
    versions = {version.contract_id: version for version in FiguresVersion.objects.all()}
    return [(contract, versions.get(contract.pk)) for contract in Contract.objects.order_by("pk")]


def _waiting_since(version: FiguresVersion, today: date) -> datetime | None:
    """The first write that is not computed yet; where there is none, a month ended or the terms changed since."""
    if version.computed < version.current:
        return version.moved_at
    began = clock.start_of(today.replace(day=1))
    return max(began, version.computed_at) if version.computed_at else began
