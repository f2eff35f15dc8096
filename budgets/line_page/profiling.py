"""Sets how a line's budget is planned over the months of a year. What was planned before stays to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from audit.services import record
from budgets.books.amounts import budgets_of
from budgets.books.keeping import lock_book, require_keeper
from budgets.books.refusals import MoneyRefused
from budgets.line_page.refusals import Meanwhile
from budgets.line_page.ways import UNCHOSEN, WAYS
from budgets.models import Book, Line, Profile
from budgets.rules.profile import own
from core.values.months import ContractYear
from parties.participants import Participant


@dataclass(frozen=True)
class Planned:
    """A way, and the owner's twelve amounts in pence where it is theirs; ``seen`` is what number the form showed."""

    way: str
    shares: Sequence[int]
    words: str
    seen: int


@dataclass(frozen=True)
class Place:
    """A line's year in its book."""

    book: Book
    line: Line
    year: ContractYear


@transaction.atomic
def set_profile(*, by: Participant, place: Place, planned: Planned) -> bool:
    """Whether it is another than before; the same again changes nothing, nor does what holds where nobody chose.

    NotTheBudget where own amounts don't add up to the budget; Meanwhile where somebody else set one since the form was
    shown; MoneyRefused where the book isn't the person's to enter, or there is nothing to plan.
    """
    require_keeper(by, place.book)
    lock_book(place.book)
    line, year = place.line, place.year
    latest = line.profiles.filter(year=year.start).order_by("number").last()
    holds = (latest.way, latest.shares) if latest else (UNCHOSEN, [])
    if holds == (planned.way, list(planned.shares)):
        return False
    if (latest.number if latest else 0) != planned.seen:
        raise Meanwhile("Nothing was kept: somebody else changed this plan meanwhile. Look at theirs first.")
    budget = _budget(line, year)
    if planned.way == Profile.Way.OWN:
        if min(planned.shares) < 0:
            raise MoneyRefused("A month of a plan is nil or more. Nothing was kept.")
        own(budget, planned.shares)
    profile = Profile.objects.create(
        line=line,
        year=year.start,
        number=planned.seen + 1,
        way=planned.way,
        shares=list(planned.shares),
        budget=budget,
        words=planned.words.strip(),
        entered_by=by.user,
        entered_as=by.user.display_name,
    )
    record(
        by=by.user,
        action="money.profile.set",
        subject=line,
        contract=by.contract.code,
        summary=f"{line.name}, {year}: planned {WAYS[profile.way][1]}.",
        changes={"way": profile.way, "shares": profile.shares, "words": profile.words},
    )
    return True


def _budget(line: Line, year: ContractYear) -> int:
    budget = budgets_of([line], year.start).get(line.pk)
    if budget is None or budget <= 0:
        raise MoneyRefused(f"{line.name} has no budget in {year} that could be planned over its months.")
    return budget
