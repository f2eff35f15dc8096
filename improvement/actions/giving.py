"""Tells people that actions are theirs now, in the transaction by which whoever keeps the plan gave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from core import clock
from core.values.months import Month
from core.values.numbers import count_words
from improvement.actions.notices import SAID, action_path
from improvement.models import Action, Owner, Ownership, Plan
from improvement.plans.names import named
from notices.creating import notify_others
from parties.models import Organisation
from parties.participants import PROVIDER, Participant
from parties.selectors import Audience


def tell_owners(
    *, by: Participant, plan: Plan, given: Mapping[Action, Sequence[Owner]], before: Sequence[Owner] = ()
) -> None:
    """One notice for each organisation that has new actions, to those of its people who update them.

    Whose they were ``before``, and whoever gives them, know already; of a plan that is over nobody is told.
    """
    if Month.of(clock.today()) > plan.months[1]:
        return
    giver = plan.contract.provider if plan.kept_by == PROVIDER else plan.contract.commissioner
    theirs = _by_organisation(given)
    know = {giver.pk, *(owner.organisation_id for owner in before)}
    for organisation in Organisation.objects.filter(pk__in=set(theirs) - know).order_by("pk"):
        actions = theirs[organisation.pk]
        notify_others(
            by=by.user,
            audience=Audience("action.update", plan.contract, frozenset({organisation.pk})),
            kind=SAID,
            key=_key(actions[0], organisation),
            words=f"{by.user.display_name} of {giver.short_name} gave {_named(actions)} to {organisation.short_name}.",
            path=action_path(actions[0]) if len(actions) == 1 else _their_page(plan),
        )


def _by_organisation(given: Mapping[Action, Sequence[Owner]]) -> dict[int, list[Action]]:
    """Of owners who have nobody with an account, nothing."""
    found: dict[int, list[Action]] = defaultdict(list)
    for action, owners in given.items():
        for key in {owner.organisation_id for owner in owners if owner.organisation_id}:
            found[key].append(action)
    return found


def _key(action: Action, organisation: Organisation) -> str:
    """What is taken away and given again is told again: it is owned anew."""
    owned = Ownership.objects.filter(action=action, owner__organisation=organisation)
    return f"owned {owned.order_by('-pk').values_list('pk', flat=True).first()}"


def _named(actions: Sequence[Action]) -> str:
    if len(actions) == 1:
        name = named(actions[0])
        return f"{name[:1].lower()}{name[1:]}"
    return count_words(len(actions), "action")


def _their_page(plan: Plan) -> str:
    """The person's own actions; of a plan that is still to begin these aren't told there yet."""
    code = plan.contract.code
    if plan.runs_on(clock.today()):
        return reverse("improvement:own-actions", args=[code])
    return reverse("improvement:overview", args=[code, plan.code])
