"""Enters what a line's budget was reckoned with, where no document that was loaded says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from audit.services import record
from budgets.books.keeping import lock_book, require_keeper
from budgets.line_page.profiling import Place
from budgets.line_page.refusals import BasisStands, Meanwhile
from budgets.models import Basis
from parties.participants import Participant


@dataclass(frozen=True)
class BasisSaid:
    """How many in hundredths, pence for one and a year with its range where it has one, and where that is written."""

    assumed: int
    unit_cost: int
    lowest: int | None
    highest: int | None
    words: str
    document: str
    place: str


@transaction.atomic
def enter_basis(*, by: Participant, place: Place, said: BasisSaid, seen: int) -> bool:
    """Whether it is another than before. What was entered here may be put right; the trail keeps what it was.

    BasisStands where it came with the book; Meanwhile where somebody else entered one since the form was shown;
    MoneyRefused where the book isn't the person's to enter. ``seen`` is the version that the form showed, 0: none.
    """
    require_keeper(by, place.book)
    lock_book(place.book)
    fields = asdict(said)
    basis = Basis.objects.filter(line=place.line, year=place.year.start).first()
    if basis is not None and not basis.entered_as:
        raise BasisStands("Nothing was kept: this basis is printed, and came with the book.")
    was = {name: getattr(basis, name) for name in fields} if basis else {}
    if was == fields:
        return False
    if (basis.version if basis else 0) != seen:
        raise Meanwhile("Nothing was kept: somebody else entered a basis meanwhile. Look at theirs first.")
    basis = basis or Basis(line=place.line, year=place.year.start)
    for name, value in fields.items():
        setattr(basis, name, value)
    basis.entered_as, basis.version = by.user.display_name, seen + 1
    basis.save()
    record(
        by=by.user,
        action="money.basis.entered",
        subject=place.line,
        contract=by.contract.code,
        summary=f"{place.line.name}, {place.year}: what its budget was reckoned with.",
        changes={name: [was.get(name), value] for name, value in fields.items() if was.get(name) != value},
    )
    return True
