"""How far a contract's money has moved on."""

from __future__ import annotations

from django.db import models

from parties.models import Contract


class MoneyMoved(models.Model):
    """``number`` rises with each write to the contract's lines, budgets and months, in its transaction, and keys what
    is kept of them.

    A row of its own beside the contract, so that it comes with it and costs a page no query. A contract without one has
    no books.
    """

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="money_moved")
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "money moved"

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.number}"
