"""Moves a contract's money on, so that nothing kept of its books outlives a write to them."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Greatest

from budgets.models import MoneyMoved
from core import clock
from parties.models import Contract


def money_moves(contract_id: int) -> None:
    """Within the transaction that writes. Writers of other books of the contract wait from here on until it ends.

    The number is the time in microseconds, so that none comes back with a restored database: browsers hold pages by it.
    """
    now = clock.real_microseconds()
    rows = MoneyMoved.objects.filter(contract=contract_id)
    if not rows.update(number=Greatest(F("number") + 1, Value(now))):
        MoneyMoved.objects.create(contract_id=contract_id, number=now)


def moved_to(contract: Contract) -> int | None:
    """How far the contract's money has moved on; None where it has no books. No query: it comes with the contract."""
    moved: MoneyMoved | None = getattr(contract, "money_moved", None)
    return moved.number if moved else None
