"""Moves a contract's money on, so that nothing kept of its books outlives a write to them."""

from __future__ import annotations

from django.db.models import F

from budgets.models import MoneyMoved
from parties.models import Contract


def money_moves(contract_id: int) -> None:
    """Within the transaction that writes. Writers of other books of the contract wait from here on until it ends."""
    rows = MoneyMoved.objects.filter(contract=contract_id)
    if not rows.update(number=F("number") + 1):
        MoneyMoved.objects.create(contract_id=contract_id, number=1)


def moved_to(contract: Contract) -> int | None:
    """By how many writes the contract's money has moved; None where it has no books. No query: it comes with the
    contract.
    """
    moved: MoneyMoved | None = getattr(contract, "money_moved", None)
    return moved.number if moved else None
