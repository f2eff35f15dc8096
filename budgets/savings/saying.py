"""The doors by which something is said of savings: what was delivered, what is at risk, and how a plan is read.

Nothing is overwritten: each time a row is added, and the last one holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.services import record
from budgets.books.keeping import answers, keeps
from budgets.models import ReadingSaid, Saving, SavingSaid, SavingsPlan
from budgets.rules.money import written
from budgets.rules.savings import Delivery, wrong_of
from core.refusals import Refused
from core.values.months import ContractYear
from core.values.words import says_something
from parties.participants import Participant


class SavingsRefused(Refused):
    """Not allowed, or not to this person; nothing was changed."""


class SavingsConflict(SavingsRefused):
    """Somebody else said something meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was kept: somebody else said something since you opened the page. It stands there now; send yours"
            " again if it still fits."
        )


@dataclass(frozen=True)
class Said:
    """Pence, None where it isn't said, and the words to them. ``seen`` is the number of the last row seen, or 0."""

    delivered: int | None
    at_risk: int | None
    words: str
    seen: int


@transaction.atomic
def say_saving(*, by: Participant, saving: Saving, said: Said, today: date) -> bool:
    """Adds what is said of a year's saving; False where the same was said last.

    SavingsRefused to anyone but the book's keeper, without words, or with amounts that can't be; SavingsConflict where
    somebody said something since ``said.seen``.
    """
    book = saving.plan.book
    if not keeps(by, book):
        raise SavingsRefused("This book is kept by the other party, which alone says what was delivered.")
    _lock(saving.plan)
    last = saving.said.order_by("number").last()
    if last is not None and _is_same(last, said):
        return False
    if (last.number if last else 0) != said.seen:
        raise SavingsConflict
    if wrong := wrong_of(Delivery(saving.planned, said.delivered, said.at_risk)):
        raise SavingsRefused(wrong)
    if not says_something(said.words):
        raise SavingsRefused("Say on what it rests: who found it, and where it is seen.")
    SavingSaid.objects.create(
        saving=saving,
        number=said.seen + 1,
        delivered=said.delivered,
        at_risk=said.at_risk,
        words=said.words.strip(),
        day=today,
        provenance=SavingSaid.Provenance.RETURNED,
        party=by.party,
        said_by=by.user,
        said_as=by.user.display_name,
    )
    year = ContractYear(saving.year).label
    amounts = {"delivered": _written(said.delivered), "at_risk": _written(said.at_risk)}
    changes = {"year": year, **amounts, "words": said.words.strip()}
    _record(by, saving.plan, "said", f"savings of {year}: {_summary(said)}", changes)
    return True


@transaction.atomic
def say_reading(
    *, by: Participant, plan: SavingsPlan, reading: str, words: str, seen: int, today: date
) -> bool:
    """Says whether a year's amount counts those before it, and why; False where that was said last.

    Whom the savings are promised to says it: the reading changes what the keeper owes. SavingsRefused to whoever keeps
    the book, and without a reason; SavingsConflict as in ``say_saving``.
    """
    if not answers(by, plan.book):
        raise SavingsRefused("How these savings are read is said by the party that doesn’t keep the book.")
    _lock(plan)
    last = plan.readings.order_by("number").last()
    if last is not None and (last.reading, last.words) == (reading, words.strip()):
        return False
    if (last.number if last else 0) != seen:
        raise SavingsConflict
    if not says_something(words):
        raise SavingsRefused("Say why it is read so, or who said it.")
    said = ReadingSaid.objects.create(
        plan=plan,
        number=seen + 1,
        reading=reading,
        words=words.strip(),
        day=today,
        party=by.party,
        said_by=by.user,
        said_as=by.user.display_name,
    )
    meant = said.get_reading_display()
    summary = f"savings are read so: {meant[0].lower()}{meant[1:]}"
    _record(by, plan, "read", summary, {"reading": reading, "words": said.words})
    return True


def _lock(plan: SavingsPlan) -> None:
    """Whoever says something of a plan waits for who does so already."""
    SavingsPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def _is_same(last: SavingSaid, said: Said) -> bool:
    """The same form sent twice has one effect; what was made up becomes somebody's word when it is said."""
    kept = (last.delivered, last.at_risk, last.words)
    returned = last.provenance == SavingSaid.Provenance.RETURNED
    return returned and kept == (said.delivered, said.at_risk, said.words.strip())


def _written(pence: int | None) -> str:
    return "not said" if pence is None else written(pence)


def _summary(said: Said) -> str:
    return f"{_written(said.delivered)} delivered, {_written(said.at_risk)} at risk"


def _record(by: Participant, plan: SavingsPlan, what: str, summary: str, changes: dict[str, Any]) -> None:
    record(
        by=by.user,
        action=f"money.savings.{what}",
        subject=plan,
        contract=by.contract.code,
        summary=f"{plan.book.name}: {summary}.",
        changes=changes,
    )
