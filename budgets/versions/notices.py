"""Who is told of a change of a budget: the other party that one waits for it, the proposing one how it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from budgets.books.keeping import other_party
from budgets.books.telling import tell_party
from budgets.models import Proposal, ProposalAnswer
from core.values.months import ContractYear
from notices.models import Notice
from parties.participants import Participant

PROPOSED, ANSWERED = "change_proposed", "change_answered"
ANSWERS = {
    ProposalAnswer.Kind.AGREED: "agreed to change the budget of",
    ProposalAnswer.Kind.DECLINED: "declined to change the budget of",
}


def tell_proposed(*, by: Participant, proposal: Proposal) -> None:
    _tell(by, proposal, PROPOSED, "proposes to change the budget of")


def tell_answered(*, by: Participant, answer: ProposalAnswer) -> None:
    """Whoever proposed it and withdraws it tells nobody: nothing waits any more."""
    if words := ANSWERS.get(ProposalAnswer.Kind(answer.kind)):
        _tell(by, answer.proposal, ANSWERED, words)


def settled_proposals(notices: Sequence[Notice], today: date) -> list[int]:
    """Keys of notices of changes that were answered or withdrawn meanwhile. One query."""
    about = {notice.pk: int(notice.key.removeprefix("proposal ")) for notice in notices}
    answered = set(
        ProposalAnswer.objects.filter(proposal__in=about.values()).values_list("proposal_id", flat=True)
    )
    return [pk for pk, proposal in about.items() if proposal in answered]


def _tell(by: Participant, proposal: Proposal, kind: str, words: str) -> None:
    book = proposal.book
    tell_party(
        by=by,
        party=other_party(by.party),
        kind=kind,
        key=f"proposal {proposal.pk}",
        words=f"{words} {ContractYear(proposal.year)}: {book.name}",
        path=reverse("budgets:change", args=[by.contract.code, book.code, proposal.number]),
    )
