"""Figures entered and computed at once, as an import does."""

from __future__ import annotations

from decimal import Decimal

from core.values.months import Month
from kpis.engine.recompute import recompute
from kpis.figures.services import Entry, save_figures
from kpis.importing.one_contract import as_it_comes
from tests.cast import BY


def entry(
    indicator, month, numerator=None, denominator=None, value=None, commentary="", provenance="returned"
):
    exact = [None if number is None else Decimal(number) for number in (numerator, denominator, value)]
    return Entry(indicator, Month.parse(month).first_day, *exact, commentary, provenance)


def save(contract, *entries):
    save_figures(
        by=BY,
        contract=contract,
        entries=entries,
        state_of=as_it_comes,
        reason="Corrected count",
        action="figures.imported",
    )
    recompute(trigger="command", contract_ids=[contract.pk])
