"""What people can be told, as apps declare it: kinds of notices, and what falls due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core.declarations import declared, named, per_installation
from parties.models import Contract
from parties.participants import Participant
from parties.selectors import Audience

if TYPE_CHECKING:
    from notices.models import Notice

# Told of whatever falls due, in whichever app.
DUE, OVERDUE = "due", "overdue"


def _none_settled(notices: Sequence[Notice], today: date) -> Collection[int]:
    return ()


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    ``label`` heads it on the page; ``told_when`` says to those who hold a permission when they are told: pairs of the
    permission and "the council asks about a figure". ``in_subject`` names so many of them in an e-mail's subject.
    ``settled`` finds the keys of those whose matter is settled by now, so that no e-mail asks for it any more.
    """

    name: str
    label: str
    told_when: tuple[tuple[str, str], ...]
    in_subject: Callable[[int], str]
    settled: Callable[[Sequence[Notice], date], Collection[int]] = _none_settled


@dataclass(frozen=True)
class Owed:
    """One thing that is owed, as its notice says it, by whoever holds a permission in a contract.

    ``kind`` is DUE or OVERDUE, ``key`` names the thing for good, ``path`` leads to where it is done. ``remark`` is for
    the app's own use. Where ``organisations`` are named, their people alone owe it.
    """

    contract: Contract
    permission: str
    kind: str
    key: str
    words: str
    path: str
    remark: Any = None
    organisations: frozenset[int] = frozenset()

    @property
    def audience(self) -> Audience:
        return Audience(self.permission, self.contract, self.organisations)


def _as_they_are(owed: Sequence[Owed]) -> list[Owed]:
    return list(owed)


@dataclass(frozen=True)
class Deadlines:
    """What one app knows to be near or past today, of any number of contracts at once.

    ``owed`` finds it; ``in_full`` adds what costs more to find, for those alone that somebody is told for the first
    time. ``due_when`` and ``overdue_when`` say to those who hold a permission when they are told.
    """

    owed: Callable[[Sequence[Contract], date], list[Owed]]
    due_when: tuple[tuple[str, str], ...]
    overdue_when: tuple[tuple[str, str], ...]
    in_full: Callable[[Sequence[Owed]], list[Owed]] = _as_they_are


@per_installation
def kinds() -> dict[str, NoticeKind]:
    """Every kind there is, by its name, in the order in which pages list them."""
    return {kind.name: kind for kind in _of_deadlines()} | named(NoticeKind)


def kinds_for(participant: Participant) -> list[NoticeKind]:
    """The kinds of notices that can reach the person in their roles."""
    return [kind for kind in kinds().values() if when_told(kind, participant)]


def labels_of_kinds() -> dict[str, str]:
    """What heads each kind on a page, by its name."""
    return {name: kind.label for name, kind in kinds().items()}


def when_told(kind: NoticeKind, participant: Participant) -> str:
    """When the person is told this kind, in words; empty where they never are."""
    return ", or ".join(words for permission, words in kind.told_when if participant.may(permission))


def everything_owed(contracts: Sequence[Contract], today: date) -> list[tuple[Deadlines, list[Owed]]]:
    """All that deserves a word today, app by app."""
    return [(source, source.owed(contracts, today)) for source in declared(Deadlines)]


def _of_deadlines() -> tuple[NoticeKind, NoticeKind]:
    sources = declared(Deadlines)
    return (
        NoticeKind(
            DUE,
            "Due soon",
            told_when=tuple(pair for source in sources for pair in source.due_when),
            in_subject=lambda number: "due soon",
            settled=_settled_deadlines,
        ),
        NoticeKind(
            OVERDUE,
            "Overdue",
            told_when=tuple(pair for source in sources for pair in source.overdue_when),
            in_subject=lambda number: "overdue",
            settled=_settled_deadlines,
        ),
    )


def _settled_deadlines(notices: Sequence[Notice], today: date) -> list[int]:
    """Deadlines that nobody would be told today: settled meanwhile, or past instead of near."""
    contracts = list({notice.contract.pk: notice.contract for notice in notices}.values())
    owed = {
        (deadline.kind, deadline.key) for _, found in everything_owed(contracts, today) for deadline in found
    }
    return [notice.pk for notice in notices if (notice.kind, notice.key) not in owed]
