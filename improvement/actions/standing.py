"""How a person stands towards actions: who answers for them, who settles what is asked, who may comment."""

from __future__ import annotations

from collections.abc import Sequence

from improvement.models import Action, Owner
from improvement.models.plan import TITLE
from improvement.rules.outcomes import Outcome, Waits
from improvement.rules.sides import confirming_party, owning_party
from improvement.rules.status import Status
from improvement.rules.steps import Place, Standing, Step, open_to
from parties.participants import COMMISSIONER, PROVIDER, Participant


def standing(by: Participant, action: Action, owners: Sequence[Owner]) -> Standing:
    """Towards an action of these owners. Where one has no account, whoever keeps the plan writes for them."""
    own = any(owner.organisation_id in by.organisations for owner in owners)
    without_account = not owners or any(owner.organisation_id is None for owner in owners)
    keeps = by.party == action.recommendation.priority.plan.kept_by
    return Standing(
        writes=by.may("action.update") and (own or (keeps and without_account)),
        settles=by.may("action.confirm") and by.party == settling_party(action, owners),
        comments=by.may("action.comment"),
    )


def settling_party(action: Action, owners: Sequence[Owner]) -> str:
    """The party that answers for what became of the action."""
    return confirming_party([owner.side for owner in owners], action.asked_by)


def answering(by: Participant, action: Action, owners: Sequence[Owner]) -> str:
    """The party that answers what the action waits for, or what the person would ask of it now."""
    if action.waits:
        return settling_party(action, owners)
    return confirming_party([owner.side for owner in owners], speaks_for(by, owners))


def speaks_for(by: Participant, owners: Sequence[Owner]) -> str:
    """The party for which the person reports: somebody of both does so for the one whose own the action is."""
    owning = owning_party([owner.side for owner in owners])
    seats = {COMMISSIONER: by.contract.commissioner_id, PROVIDER: by.contract.provider_id}
    return owning if seats.get(owning) in by.organisations else by.party


def writes_for(by: Participant, owners: Sequence[Owner]) -> str:
    """In whose place the person writes: the roles without an account; empty where an owner is of their organisation.

    As long as a title at most; of several that are longer, the first and how many more.
    """
    if any(owner.organisation_id in by.organisations for owner in owners):
        return ""
    roles = [owner.role for owner in owners if owner.organisation_id is None]
    joined = ", ".join(roles)
    if len(joined) <= TITLE:
        return joined
    more = f" and {len(roles) - 1} more"
    return f"{roles[0][: TITLE - len(more)]}{more}"


def place_of(action: Action, *, has_evidence: bool) -> Place:
    return Place(
        phase1=Status(action.phase1),
        phase2=Status(action.phase2),
        outcome=Outcome(action.outcome),
        waits=Waits(action.waits) if action.waits else None,
        has_evidence=has_evidence,
    )


def steps_of(
    by: Participant, action: Action, owners: Sequence[Owner], *, has_evidence: bool
) -> frozenset[Step]:
    """The steps that the person may take with the action as it stands. No query."""
    return open_to(place_of(action, has_evidence=has_evidence), standing(by, action, owners))
