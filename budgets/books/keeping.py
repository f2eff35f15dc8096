"""Who keeps a book, and who answers for it: the party that enters its months, and the other one that accepts them.

A book of an organisation elsewhere is kept by neither: it is only read.
"""

from __future__ import annotations

from budgets.books.moving import money_moves
from budgets.books.refusals import MoneyRefused
from budgets.models import Book
from parties.participants import COMMISSIONER, PROVIDER, Participant

ENTER, ANSWER = "money.enter", "money.answer"
# By which permission those of each party act on the money, and are told of it.
PERMISSIONS = {PROVIDER: ENTER, COMMISSIONER: ANSWER}


def either_party() -> list[str]:
    """What lets in whoever acts on the money for their party."""
    return list(PERMISSIONS.values())


def keeps(participant: Participant, book: Book) -> bool:
    """Whether the person enters the book's months for the party that keeps it."""
    return participant.may(ENTER) and participant.party == book.kept_by


def answers(participant: Participant, book: Book) -> bool:
    """Whether the person asks about the book and accepts it, for the party that doesn't keep it."""
    return participant.may(ANSWER) and bool(book.kept_by) and participant.party != book.kept_by


def takes_part(participant: Participant, book: Book) -> bool:
    """Whether the person acts on the book for their party, whichever of the two it is."""
    permission = PERMISSIONS.get(participant.party, "")
    return bool(book.kept_by) and bool(permission) and participant.may(permission)


def require_keeper(by: Participant, book: Book) -> None:
    if not keeps(by, book):
        raise MoneyRefused("This book is kept by the other party, which alone enters its months.")


def require_answerer(by: Participant, book: Book) -> None:
    if not answers(by, book):
        raise MoneyRefused("The party that keeps this book doesn’t answer for the other one.")


def require_part(by: Participant, book: Book) -> None:
    if not takes_part(by, book):
        raise MoneyRefused("This budget is changed by those of both parties who enter and accept its months.")


def other_party(party: str) -> str:
    return COMMISSIONER if party == PROVIDER else PROVIDER


def lock_drafts(book: Book) -> None:
    """Whoever types drafts of a book waits for who writes it. No kept page shows a draft, so all that is kept stays."""
    Book.objects.select_for_update(no_key=True).get(pk=book.pk)


def lock_book(book: Book) -> None:
    """Whoever writes a book waits for who does so already, and what is kept of its contract's money ends."""
    lock_drafts(book)
    money_moves(book.contract_id)
