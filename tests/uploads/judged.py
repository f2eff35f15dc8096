"""What a file comes to, beside what it should."""

from __future__ import annotations

from kpis.returns.upload_handler import read
from parties.participants import Participant
from tests.uploads.corpus import Asks, Refused, Right, Verdict, Wrong
from tests.uploads.opened import opened_here
from uploads.handlers import CHANGED, LEFT_OUT, NEW
from uploads.limits import upload_limits
from uploads.tables.refusal import FileAsks, FileRefused


class Unheard:
    """Progress that nobody follows."""

    def begin(self, total: int) -> None: ...

    def __call__(self, done: int) -> None: ...


def verdict(participant: Participant, content: bytes, *, pasted: bool = False) -> Verdict:
    """What the file comes to, with whole messages."""
    try:
        table = opened_here(content, upload_limits(), pasted=pasted)
        found = read(participant, table, Unheard())
    except FileRefused as refused:
        return Refused(str(refused))
    except FileAsks as asks:
        return Asks(asks.about)
    if found.problems:
        return Wrong(tuple((one.row, one.column, one.message) for one in found.problems))
    changes = [
        (
            one["code"],
            one["month"],
            typed["numerator"],
            typed["denominator"],
            typed["value"],
            typed["commentary"],
        )
        for one in found.changes
        if one["kind"] in (NEW, CHANGED) and (typed := one["typed"])
    ]
    return Right(tuple(changes), sum(1 for one in found.changes if one["kind"] == LEFT_OUT))


def as_expected(found: Verdict, wanted: Verdict) -> bool:
    """Whether it is the verdict wanted, whose words are a part of each message."""
    if isinstance(wanted, Refused):
        return isinstance(found, Refused) and wanted.words in found.words
    if isinstance(wanted, Wrong):
        return (
            isinstance(found, Wrong)
            and len(found.problems) == len(wanted.problems)
            and all(
                one[:2] == other[:2] and other[2] in one[2]
                for one, other in zip(found.problems, wanted.problems, strict=True)
            )
        )
    return found == wanted
