"""Why a step with a book's period is refused: small errors whose message a page shows as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgets.books.refusals import MoneyRefused
from budgets.models import Entry, LineDraft


class LinesRefused(MoneyRefused):
    """Something is missing in lines; ``faults`` are by line's code, each with the field and the message."""

    def __init__(self, faults: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__("Nothing was submitted: look at the lines that are marked.")
        self.faults = faults


class MoneyConflict(MoneyRefused):
    """Somebody else was quicker with lines; ``meanwhile`` is what they hold now, by line's code."""

    def __init__(self, meanwhile: Mapping[str, Entry]) -> None:
        super().__init__(
            "Nothing was submitted: somebody else entered lines meanwhile. Choose for each of them what is to stand."
        )
        self.meanwhile = meanwhile


class DraftConflict(MoneyRefused):
    """Somebody else drafted lines meanwhile; ``meanwhile`` is theirs, by line's code, None where it was submitted."""

    def __init__(self, meanwhile: Mapping[str, LineDraft | None]) -> None:
        super().__init__(
            "Nothing was kept: somebody else drafted lines meanwhile. Choose for each of them what is to stand."
        )
        self.meanwhile = meanwhile
