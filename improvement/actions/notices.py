"""Who is told of a step with an action, in the transaction of the step itself.

A notice names the action by its code, who acted, and leads to its page; never words that a person typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from improvement.models import Action, Event, Owner, Plan
from improvement.models.event import Kind
from improvement.plans.names import named
from improvement.rules.sides import confirming_party
from notices.creating import notify_others
from notices.models import Notice
from parties.models import Contract, Organisation, User
from parties.participants import PROVIDER
from parties.selectors import Audience

ASKED, ANSWERED, SAID = "plan_asked", "plan_answered", "plan_comment"
ASKING = (Kind.ASKED, Kind.PROPOSED)
# What the other party did, as whoever answers for the action is told; {} is the action.
ANSWERS = {
    Kind.CONFIRMED: "confirmed that {} made a difference",
    Kind.SENT_BACK: "sent {} back",
    Kind.ASKED_ANEW: "asks for the impact of {} to be shown anew",
    Kind.ENDED: "agreed that {} ends without being done",
    Kind.DECLINED: "declined that {} ends",
}
QUESTIONS = {
    Kind.ASKED: "asks you to confirm that {} made a difference",
    Kind.PROPOSED: "asks you to agree that {} ends without being done",
}


def tell(event: Event, owners: Sequence[Owner]) -> None:
    """Tells whoever the step concerns; a step that concerns nobody else tells nobody."""
    kind, contract = Kind(event.kind), event.action.recommendation.priority.plan.contract
    if kind in QUESTIONS:
        party = confirming_party([owner.side for owner in owners], event.party)
        _notify(event, ASKED, _settling(contract, party), QUESTIONS[kind])
    elif kind in ANSWERS:
        _notify(event, ANSWERED, _writing(event.action, owners), ANSWERS[kind])
    elif kind == Kind.SAID:
        party = confirming_party([owner.side for owner in owners], event.action.asked_by)
        writing, settling = _writing(event.action, owners), _settling(contract, party)
        both = Audience("action.comment", contract, writing.organisations | settling.organisations)
        _notify(event, SAID, both, "wrote about {}")


def settled_questions(notices: Sequence[Notice], today: date) -> list[int]:
    """Keys of notices whose question was answered, or asked anew, meanwhile. One query."""
    asked = {key: notice for notice in notices if (key := _event_of(notice)) is not None}
    later = Event.objects.filter(action=OuterRef("action"), number__gt=OuterRef("number"), kind__in=ASKING)
    settled = Event.objects.filter(Q(action__waits="") | Exists(later), pk__in=asked).order_by()
    return [asked[pk].pk for pk in settled.values_list("pk", flat=True)]


def writing_organisations(plan: Plan, owners: Iterable[Owner]) -> frozenset[int]:
    """Whose people answer for an action of these owners: theirs, and the keeper's for whoever has no account."""
    keeper = plan.contract.provider_id if plan.kept_by == PROVIDER else plan.contract.commissioner_id
    return frozenset({owner.organisation_id or keeper for owner in owners} or {keeper})


def action_path(action: Action) -> str:
    row = action.recommendation
    plan = row.priority.plan
    return reverse("improvement:action", args=[plan.contract.code, plan.code, row.code, action.number])


def _writing(action: Action, owners: Sequence[Owner]) -> Audience:
    plan = action.recommendation.priority.plan
    return Audience("action.update", plan.contract, writing_organisations(plan, owners))


def _settling(contract: Contract, party: str) -> Audience:
    key = contract.provider_id if party == PROVIDER else contract.commissioner_id
    return Audience("action.confirm", contract, frozenset({key}))


def _notify(event: Event, kind: str, audience: Audience, words: str) -> None:
    action = event.action
    name = named(action)
    notify_others(
        by=event.taken_by,
        audience=audience,
        kind=kind,
        key=f"event {event.pk}",
        words=f"{_who(event)} {words.format(f'{name[:1].lower()}{name[1:]}')}.",
        path=action_path(action),
    )


def _who(event: Event) -> str:
    """The person and their organisation; the program itself where nobody acted."""
    if event.taken_by is None:
        return "The program"
    return f"{event.taken_as} of {_organisation(event.taken_by, event)}"


def _organisation(user: User, event: Event) -> str:
    contract = event.action.recommendation.priority.plan.contract
    parties = {"commissioner": contract.commissioner, "provider": contract.provider}
    if event.party in parties:
        return parties[event.party].short_name
    partner = Organisation.objects.filter(memberships__user=user, partnerships__contract=contract).first()
    return partner.short_name if partner else "a partner"


def _event_of(notice: Notice) -> int | None:
    number = notice.key.removeprefix("event ")
    return int(number) if number.isdecimal() else None
