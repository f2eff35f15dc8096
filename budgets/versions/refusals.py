"""Why a change of a budget is refused."""

from __future__ import annotations

from collections.abc import Sequence

from budgets.books.refusals import MoneyRefused
from core.values.words import listed


class ChangeRefused(MoneyRefused):
    """Something is missing; ``faults`` say each thing, and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("Nothing was proposed yet. Put this right, then send it again.")
        self.faults = faults


class ChangeConflict(MoneyRefused):
    """Lines have another budget by now than the person saw."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(
            f"Meanwhile both parties agreed another budget of {listed(lines)}. Nothing was proposed: look at what holds"
            " now, and send yours again if it fits."
        )
