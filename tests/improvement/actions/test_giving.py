"""Who is told that an action is theirs now: the people of another organisation, once for each save."""

import pytest

from improvement.keeping.services import ActionWords, add_action, change
from improvement.models import Owner, Plan
from notices.models import Notice
from parties.participants import participant_for
from tests.improvement.imports.conftest import council_hands_in as council_hands_in
from tests.improvement.imports.conftest import csv_of
from tests.improvement.imports.conftest import empty_plan as empty_plan
from tests.improvement.imports.conftest import hand_in as hand_in
from tests.improvement.keeping.conftest import fill as fill

pytestmark = pytest.mark.django_db
BASE = "/contracts/sandwell/"
ACTION = f"{BASE}plans/small/actions/OR1/1/"


def told():
    """Each notice that somebody got, oldest first: to whom, in what words, where it leads."""
    rows = Notice.objects.filter(kind="plan_comment").order_by("pk")
    return [(notice.user.username, notice.words, notice.path) for notice in rows.select_related("user")]


def owned_by(*roles):
    return [Owner.objects.get(role=role) for role in roles]


def test_who_gets_an_action_by_form_is_told(
    signed_in, trust_manager, action_owner, client_officer, board_reader, plan, fill
):
    client = signed_in(trust_manager)
    roles = ["Director of Operations", "Police representative", "Housing representative"]

    fill(client, f"{ACTION}edit/", owners=roles)

    giver = f"{trust_manager.display_name} of {plan.contract.provider.short_name}"
    council = plan.contract.commissioner.short_name
    gave = f"{giver} gave action 1 of OR1 to"
    assert sorted(told()) == sorted(
        [
            (client_officer.username, f"{gave} {council}.", ACTION),
            (action_owner.username, f"{gave} the police.", ACTION),
        ]
    )


def test_who_had_it_already_hears_of_it_once_it_is_given_anew(
    trust_manager, action_owner, plan, action, contract
):
    by, row = participant_for(trust_manager, contract.code), action("OR1", 1)
    director, police = owned_by("Director of Operations", "Police representative")
    other = Owner.objects.create(
        plan=plan, role="Second officer", side="police", organisation=police.organisation
    )
    for owners in ([director, police], [police, other], [director], [other]):
        change(by=by, row=row, given={"owners": owners})

    assert [user for user, *_ in told()] == [action_owner.username] * 2


def test_ones_own_and_what_has_no_account_is_told_to_nobody(trust_manager, action_owner, plan, contract):
    by = participant_for(trust_manager, contract.code)
    row = plan.priorities.get().recommendations.get(code="OR1")
    owners = owned_by("Director of Operations", "Health representative")
    add_action(by=by, recommendation=row, words=ActionWords("Visit", owners=owners))
    add_action(by=by, recommendation=row, words=ActionWords("Visit again"))

    assert told() == []


def test_of_a_plan_that_is_over_nobody_is_told(trust_manager, action_owner, plan, contract):
    Plan.objects.update(ends_on="2020-03-01")
    row = plan.priorities.get().recommendations.get(code="OR1")
    words = ActionWords("Visit", owners=owned_by("Police representative"))
    add_action(by=participant_for(trust_manager, contract.code), recommendation=row, words=words)

    assert told() == []


def test_a_file_tells_each_organisation_once(plan, action_owner, client_officer, hand_in):
    rows = [
        {"reference": "OR1", "action": "Visit", "owners": "Police representative; Housing representative"},
        {"reference": "OR1", "action": "Visit again", "owners": "Police representative"},
    ]

    hand_in.save(hand_in("small", csv_of(*rows)))

    assert [(user, words.partition(" gave ")[2], path) for user, words, path in sorted(told())] == sorted(
        [
            (action_owner.username, "2 actions to the police.", f"{BASE}actions/"),
            (
                client_officer.username,
                f"action 3 of OR1 to {plan.contract.commissioner.short_name}.",
                f"{BASE}plans/small/actions/OR1/3/",
            ),
        ]
    )


def test_of_a_plan_still_to_begin_its_overview_shows_what_is_given(
    empty_plan, council_hands_in, trust_manager
):
    Plan.objects.update(starts_on="2020-06-01")
    rows = [
        {"priority": "1 Places", "reference": "CS1", "recommendation": "Enough", "action": name,
         "owners": "Trust nurse", "side": "trust"}
        for name in ("Visit", "Visit again")
    ]  # fmt: skip

    council_hands_in.save(council_hands_in("childcare", csv_of(*rows)))

    assert [(user, path) for user, _, path in told()] == [(trust_manager.username, f"{BASE}plans/childcare/")]
