"""Moves a contract's figures version on. Nothing else writes the version's rise."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.dispatch import Signal

from core import clock
from kpis.versions.models import FiguresVersion
from parties.models import Contract

# Sent once the transaction in which figures, bands or terms changed is committed: `contract_id` is whose they are.
# What computes from them stands above this room.
moved_on = Signal()


def lock_figures(contract: Contract) -> FiguresVersion:
    """The contract's version row, locked until the transaction ends: writers of one contract wait for each other."""
    return FiguresVersion.objects.select_for_update().get_or_create(contract=contract)[0]


def move_on(contract: Contract) -> None:
    """Note that figures, bands or terms changed, and say so once this transaction is committed.

    ``moved_at`` is the first change that is not computed yet, however many follow it.
    """
    lock_figures(contract)
    waiting_since = Case(When(computed=F("current"), then=Value(clock.now())), default=F("moved_at"))
    FiguresVersion.objects.filter(contract=contract).update(current=F("current") + 1, moved_at=waiting_since)
    transaction.on_commit(partial(moved_on.send, FiguresVersion, contract_id=contract.pk))
