"""Answers a proposed change: agreed it holds, declined or withdrawn it never does."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from audit.services import record
from budgets.books.amounts import budgets_of
from budgets.books.keeping import lock_book, require_part
from budgets.books.refusals import MoneyRefused
from budgets.models import Amount, Book, Proposal, ProposalAnswer, ProposedAmount, Version
from budgets.rules.money import Unit
from budgets.versions.notices import tell_answered
from budgets.versions.proposing import require_open
from core.values.months import ContractYear
from core.values.words import listed, says_something
from parties.participants import Participant

Kind = ProposalAnswer.Kind


@transaction.atomic
def answer_proposal(
    *, by: Participant, book: Book, proposal: Proposal, kind: str, words: str = "", today: date
) -> ProposalAnswer:
    """Agrees, declines or withdraws it, once; the same again by the same person changes nothing.

    MoneyRefused where another answer stands, for one's own party's or person's work, without a word on why it is
    declined, where the year is closed, and where a line's budget is another one than when it was proposed.
    """
    require_part(by, book)
    lock_book(book)
    given = ProposalAnswer.objects.filter(proposal=proposal).first()
    if given is not None:
        return _given(by, given, kind)
    _require_turn(by, proposal, kind)
    if kind == Kind.DECLINED and not says_something(words):
        raise MoneyRefused("Say why you decline it.")
    amounts = list(proposal.amounts.select_related("line"))
    if kind == Kind.AGREED:
        require_open(book, ContractYear(proposal.year))
        _require_as_proposed(proposal, amounts)
    answer = ProposalAnswer.objects.create(
        proposal=proposal,
        kind=kind,
        words=words.strip(),
        day=today,
        party=by.party,
        taken_by=by.user,
        taken_as=by.user.display_name,
    )
    if kind == Kind.AGREED:
        _put_in_force(book, proposal, amounts, today)
    tell_answered(by=by, answer=answer)
    record(
        by=by.user,
        action=f"money.version.{answer.kind}",
        subject=proposal,
        contract=by.contract.code,
        summary=f"{book.name}, {ContractYear(proposal.year)}: change {proposal.number} was {answer.kind}.",
        changes={"change": proposal.number, "words": answer.words},
    )
    return answer


def _given(by: Participant, given: ProposalAnswer, kind: str) -> ProposalAnswer:
    """Sent twice it has one effect; whoever came second with something else is told."""
    if given.kind == kind and given.taken_by_id == by.user.pk:
        return given
    raise MoneyRefused(f"It was {given.kind} by {given.taken_as} already. Nothing was changed.")


def _require_turn(by: Participant, proposal: Proposal, kind: str) -> None:
    own = by.party == proposal.party
    if kind == Kind.WITHDRAWN and not own:
        raise MoneyRefused("The party that proposed it withdraws it.")
    if kind != Kind.WITHDRAWN and (own or by.user.pk == proposal.proposed_by_id):
        raise MoneyRefused("The other party answers what yours proposed.")


def _require_as_proposed(proposal: Proposal, amounts: list[ProposedAmount]) -> None:
    now = budgets_of([amount.line for amount in amounts], proposal.year)
    moved = [amount.line.name for amount in amounts if now.get(amount.line_id) != amount.before]
    if moved:
        raise MoneyRefused(
            f"{listed(moved)} has another budget by now than when this was proposed. Decline it, and ask for a new"
            " proposal."
        )


def _put_in_force(book: Book, proposal: Proposal, amounts: list[ProposedAmount], today: date) -> None:
    version = Version.objects.create(
        book=book,
        number=max(book.versions.values_list("number", flat=True), default=0) + 1,
        kind=proposal.kind,
        words=proposal.words,
        day=today,
        proposal=proposal,
    )
    Amount.objects.bulk_create(
        Amount(
            line=amount.line,
            figure=Amount.Figure.BUDGET,
            version=version,
            year=proposal.year,
            hundredths=amount.after,
            unit=Unit.POUNDS.value,
        )
        for amount in amounts
    )
