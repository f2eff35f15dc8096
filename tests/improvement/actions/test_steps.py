"""What each person can do with an action, step by step, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from audit.models import AuditEvent
from core.values.months import Month
from improvement.actions import settling
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.refusals import ActionConflict, StepRefused
from improvement.actions.updating import Move, Report, update_action
from improvement.models import Event, Owner, Ownership
from improvement.rules.status import Status
from parties.services import grant_membership
from tests.cast import BY
from tests.conftest import _person
from tests.improvement.conftest import TODAY

pytestmark = pytest.mark.django_db

DONE = Report(1, Status.COMPLETED, "In place since March")
SAMPLE = Found(
    "audit",
    "18 of 20 cases meet the standard",
    TODAY,
    date(2020, 10, 1),
    {"sample": 20, "looked_by": "Reviewers", "independent": True},
)


@pytest.fixture
def done(turn, action, trust_manager):
    """Action 1 of OR1, completed, with a sample as evidence."""
    found = update_action(turn(trust_manager, action("OR1", 1)), reports=[DONE])
    return add_evidence(turn(trust_manager, found), found=SAMPLE).action


def test_an_update_is_an_event_and_an_entry_in_the_trail(turn, action, trust_manager):
    found = update_action(
        turn(trust_manager, action("OR1", 1)),
        reports=[
            Report(1, Status.MITIGATED, "Late", "A post is vacant", "Cover from another team", "Director")
        ],
    )

    event = Event.objects.get(action=found, number=found.version)
    assert (found.phase1, event.was, event.now) == (
        "not_on_track_mitigated",
        "on_track",
        "not_on_track_mitigated",
    )
    assert (event.risk, event.mitigation, event.risk_owner) == (
        "A post is vacant",
        "Cover from another team",
        "Director",
    )
    assert (event.day, event.party, event.taken_by) == (TODAY, "provider", trust_manager)
    entry = AuditEvent.objects.latest("sequence")
    assert (entry.action, entry.summary) == ("action.updated", "Action 1 of OR1 (Small plan) was updated.")


@pytest.mark.parametrize(
    ("report", "says"),
    [
        (Report(1, Status.ON_TRACK), "February 2020, is past"),
        (Report(1, Status.MITIGATED, "Late", "", "Cover", "Director"), "names its risk"),
        (Report(1, Status.DELAYED, "Late", "A post is vacant", "", ""), "who answers for the risk"),
        (Report(1, Status.MITIGATED, "Late", "A post is vacant", "–", "Director"), "Name the mitigation"),
        (Report(2, Status.COMPLETED, "It is better"), "completed by evidence"),
        (Report(1, Status.UNKNOWN, "?"), "Say where the action stands"),
    ],
)
def test_an_update_that_leaves_something_out_is_refused(turn, action, trust_manager, report, says):
    with pytest.raises(StepRefused, match=says):
        update_action(turn(trust_manager, action("OR1", 1)), reports=[report])

    assert action("OR1", 1).version == 1


def test_nothing_of_an_update_is_kept_where_a_part_is_refused(turn, action, trust_manager):
    move = Move(Month(2020, 6), "The trainer was ill", "Client officer")
    with pytest.raises(StepRefused):
        update_action(
            turn(trust_manager, action("OR1", 1)), move=move, reports=[Report(1, Status.DELAYED, "Late")]
        )

    assert action("OR1", 1).target == date(2020, 2, 1)


def test_a_target_moves_and_the_first_one_stays(turn, action, trust_manager):
    move = Move(Month(2020, 6), "The trainer was ill", "Client officer")
    found = update_action(turn(trust_manager, action("OR1", 1)), move=move)

    assert (found.target, found.first_target) == (date(2020, 6, 1), date(2020, 2, 1))
    with pytest.raises(StepRefused, match="June 2020 already"):
        update_action(turn(trust_manager, found), move=move)
    with pytest.raises(StepRefused, match="who agreed"):
        update_action(turn(trust_manager, found), move=Move(Month(2020, 7), "Again", ""))


def test_somebody_who_was_quicker_wins(turn, action, trust_manager):
    seen = action("OR1", 1)
    update_action(turn(trust_manager, seen), reports=[Report(1, Status.ON_TRACK, "By May")])

    with pytest.raises(ActionConflict, match="Action 1 of OR1 was changed since you opened it"):
        update_action(turn(trust_manager, seen), reports=[DONE])

    assert action("OR1", 1).phase1 == Status.ON_TRACK


@pytest.mark.parametrize(
    ("row", "number", "who"),
    [
        ("OR1", 1, "trust_manager"),
        ("OR1", 2, "action_owner"),
        ("OR2", 1, "client_officer"),
        ("OR2", 2, "trust_manager"),  # nobody of theirs has an account
    ],
)
@pytest.mark.parametrize("asks", ["trust_manager", "client_officer", "action_owner", "board_reader"])
def test_only_whoever_answers_for_it_updates_an_action(turn, action, request, row, number, who, asks):
    asking = turn(request.getfixturevalue(asks), action(row, number))
    report = Report(1, Status.ON_TRACK, "On its way again")

    if asks == who:
        assert update_action(asking, reports=[report]).phase1 == Status.ON_TRACK
    else:
        with pytest.raises(StepRefused, match="doesn’t allow this from you"):
            update_action(asking, reports=[report])


def test_who_writes_for_an_owner_without_an_account_says_so(turn, action, trust_manager):
    found = update_action(turn(trust_manager, action("OR2", 2)), reports=[DONE])

    assert Event.objects.get(action=found).on_behalf_of == "Health representative"


def test_nobody_writes_for_an_owner_who_has_an_account(turn, action, plan, trust_manager):
    police = action("OR1", 2)
    Ownership.objects.create(action=police, owner=Owner.objects.get(role="Health representative"), position=1)

    found = update_action(turn(trust_manager, police), reports=[DONE])

    assert Event.objects.filter(action=found).last().on_behalf_of == "Health representative"


def test_of_many_owners_the_first_is_named_and_how_many_more(turn, action, plan, trust_manager):
    nurse = action("OR2", 2)
    for number in (1, 2):
        role = f"Representative {number} of {'a board ' * 22}"
        owner = Owner.objects.create(plan=plan, role=role.strip(), side="health")
        Ownership.objects.create(action=nurse, owner=owner, position=number)

    found = update_action(turn(trust_manager, nurse), reports=[DONE])

    assert Event.objects.get(action=found).on_behalf_of == "Health representative and 2 more"


def test_from_done_to_confirmed_by_the_other_party(turn, done, trust_manager, client_officer):
    asked = settling.ask_confirmation(turn(trust_manager, done), words="Leaders stay longer")
    back = settling.send_back(turn(client_officer, asked), words="How many cases?")
    again = settling.ask_confirmation(turn(trust_manager, back), words="Twenty cases agree")
    found = settling.confirm(turn(client_officer, again), words="The sample shows it")

    assert (found.phase2, found.waits) == (Status.COMPLETED, "")
    anew = settling.ask_anew(turn(client_officer, found), words="The figure fell back")
    assert anew.phase2 == Status.ON_TRACK


@pytest.mark.parametrize("step", ["confirm", "send_back"])
@pytest.mark.parametrize("who", ["trust_manager", "action_owner", "board_reader"])
def test_nobody_else_settles_it(turn, done, trust_manager, request, step, who):
    asked = settling.ask_confirmation(turn(trust_manager, done), words="Leaders stay longer")

    with pytest.raises(StepRefused, match="doesn’t allow this from you"):
        getattr(settling, step)(turn(request.getfixturevalue(who), asked), words="Yes")


def test_whoever_wrote_about_it_does_not_confirm_it(turn, action, trust_manager, contract):
    """Not even after they went over to the other party."""
    mover = _person("mover", contract.provider, "trust_manager")
    done = update_action(turn(mover, action("OR1", 1)), reports=[DONE])
    shown = add_evidence(turn(trust_manager, done), found=SAMPLE).action
    asked = settling.ask_confirmation(turn(trust_manager, shown), words="Leaders stay longer")
    mover.memberships.all().delete()
    mover.memberships.create(organisation=contract.commissioner, role="client_officer")

    with pytest.raises(StepRefused, match="You wrote about Action 1 of OR1 yourself"):
        settling.confirm(turn(mover, asked), words="Yes")


def test_evidence_of_months_before_the_action_was_done_is_refused(turn, action, trust_manager):
    done = update_action(turn(trust_manager, action("OR1", 1)), reports=[DONE])
    windows = {"after_from": date(2020, 1, 1), "after_to": date(2020, 3, 1)}

    with pytest.raises(StepRefused, match="begin with the one in which the action was done"):
        add_evidence(
            turn(trust_manager, done), found=Found("indicator", "It rose", TODAY, date(2020, 10, 1), windows)
        )


def test_to_say_completed_again_moves_no_day(turn, action, trust_manager):
    found = update_action(turn(trust_manager, action("OR1", 1), day=date(2020, 1, 10)), reports=[DONE])
    again = Report(1, Status.COMPLETED, "Still in place")
    found = update_action(turn(trust_manager, found, day=date(2020, 3, 10)), reports=[again])

    with pytest.raises(StepRefused, match="or later"):
        add_evidence(turn(trust_manager, found), found=replace(SAMPLE, seen_on=date(2020, 1, 9)))
    assert add_evidence(turn(trust_manager, found), found=replace(SAMPLE, seen_on=date(2020, 1, 10)))


@pytest.mark.parametrize(
    ("windows", "field"),
    [
        ((date(2019, 10, 1), date(2019, 12, 1), date(2020, 1, 1), date(2020, 3, 1)), "before_to"),
        ((date(2019, 7, 1), date(2019, 9, 1), date(2020, 1, 1), date(2020, 3, 1)), "before_to"),
        ((date(2019, 6, 1), date(2019, 8, 1), date(2019, 8, 1), date(2019, 12, 1)), "after_from"),
        ((date(2019, 6, 1), date(2019, 8, 1), date(2019, 10, 1), date(2020, 4, 1)), "after_to"),
        ((date(2019, 6, 1), date(2019, 8, 1), date(2019, 10, 1), date(2021, 9, 1)), "after_to"),
    ],
)
def test_the_windows_of_an_indicator_lie_around_the_month_done_and_are_over(
    turn, action, trust_manager, windows, field
):
    done = update_action(turn(trust_manager, action("OR1", 1), day=date(2019, 9, 30)), reports=[DONE])
    names = ("before_from", "before_to", "after_from", "after_to")
    found = Found("indicator", "It rose", TODAY, date(2020, 10, 1), dict(zip(names, windows, strict=True)))

    with pytest.raises(StepRefused) as refused:
        add_evidence(turn(trust_manager, done), found=found)

    assert field in [name for name, _ in refused.value.faults]


def test_an_update_that_says_nothing_is_refused(turn, action, trust_manager):
    done = update_action(turn(trust_manager, action("OR1", 1)), reports=[DONE])

    with pytest.raises(StepRefused, match="Say what happened"):
        update_action(turn(trust_manager, done), reports=[Report(1, Status.COMPLETED)])


def test_a_comment_sent_twice_is_one(turn, action, client_officer):
    for _ in range(2):
        settling.comment(turn(client_officer, action("OR1", 1), version=0), words="When?")

    assert Event.objects.filter(kind="said").count() == 1


def test_the_trust_confirms_what_the_council_does(turn, action, client_officer, trust_manager):
    found = action("OR2", 1)
    found = add_evidence(turn(client_officer, found), found=SAMPLE).action
    asked = settling.ask_confirmation(turn(client_officer, found), words="Nobody sleeps rough")

    assert settling.confirm(turn(trust_manager, asked), words="Seen").phase2 == Status.COMPLETED


def test_somebody_of_both_parties_reports_for_the_one_whose_action_it_is(
    turn, action, trust_manager, client_officer, contract
):
    """So the other one confirms it, and not the Trust its own."""
    both = _person("both", contract.provider, "trust_manager")
    grant_membership(user=both, organisation=contract.commissioner, role="client_officer", by=BY)
    done = update_action(turn(both, action("OR1", 1)), reports=[DONE])
    shown = add_evidence(turn(both, done), found=SAMPLE).action
    asked = settling.ask_confirmation(turn(both, shown), words="Leaders stay longer")

    assert set(asked.events.filter(taken_by=both).values_list("party", flat=True)) == {"provider"}
    assert (asked.asked_by, shown.evidence.get().party) == ("provider", "provider")
    for nobody in (trust_manager, both):
        with pytest.raises(StepRefused):
            settling.confirm(turn(nobody, asked), words="Yes")
    assert settling.confirm(turn(client_officer, asked), words="Yes").phase2 == Status.COMPLETED


def test_nobody_confirms_what_their_own_party_alone_shows(
    turn, action, trust_manager, client_officer, second_officer
):
    """An action of Trust and council, of which the council reports everything and the Trust asks."""
    housing = Owner.objects.get(role="Housing representative")
    Ownership.objects.create(action=action("OR1", 1), owner=housing, position=1)
    done = update_action(turn(client_officer, action("OR1", 1)), reports=[DONE])
    shown = add_evidence(turn(client_officer, done), found=SAMPLE).action

    with pytest.raises(StepRefused, match="doesn’t allow"):
        settling.ask_confirmation(turn(trust_manager, shown), words="Leaders stay longer")
    also = add_evidence(turn(trust_manager, shown), found=SAMPLE).action
    asked = settling.ask_confirmation(turn(trust_manager, also), words="Leaders stay longer")

    assert settling.confirm(turn(second_officer, asked), words="Yes").phase2 == Status.COMPLETED


def test_evidence_of_what_is_printed_as_done_is_of_its_review_or_later(turn, action, client_officer):
    """Nobody knows on which day it was done, only that it was on 23 September 2019."""
    given = {"kind": "survey", "shows": "Better", "again_on": date(2020, 10, 1)}
    found = action("OR2", 1)

    with pytest.raises(StepRefused, match="That is 23 September 2019"):
        add_evidence(turn(client_officer, found), found=Found(seen_on=date(2019, 9, 22), **given))
    assert add_evidence(turn(client_officer, found), found=Found(seen_on=date(2019, 9, 23), **given)).pk


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seen_on": date(2020, 4, 1)}, "on which Phase 1 was completed"),
        ({"seen_on": date(2020, 4, 21)}, "still to come"),
        ({"again_on": TODAY}, "still to come on which"),
    ],
)
def test_evidence_is_dated(turn, action, trust_manager, changes, says):
    found = update_action(turn(trust_manager, action("OR1", 1)), reports=[DONE])
    given = {"kind": "survey", "shows": "Better", "seen_on": TODAY, "again_on": date(2020, 10, 1)} | changes

    with pytest.raises(StepRefused, match=says):
        add_evidence(turn(trust_manager, found), found=Found(**given))


def test_there_is_nothing_to_confirm_without_evidence(turn, action, trust_manager):
    found = update_action(turn(trust_manager, action("OR1", 1)), reports=[DONE])

    with pytest.raises(StepRefused):
        settling.ask_confirmation(turn(trust_manager, found), words="It is better")


def test_an_action_ends_undone_where_the_other_party_agrees(turn, action, trust_manager, client_officer):
    other = action("OR1", 2)
    proposed = settling.propose_end(
        turn(trust_manager, action("OR1", 1)), words="The police do it", superseded_by=other
    )
    assert (proposed.outcome, proposed.waits) == ("open", "end")

    ended = settling.agree_end(turn(client_officer, proposed), words="")
    assert (ended.outcome, ended.waits) == ("superseded", "")
    assert Event.objects.get(action=ended, kind="ended").superseded_by == other


def test_what_ended_meanwhile_takes_nobodys_place(turn, action, trust_manager, client_officer):
    other = action("OR2", 2)
    proposed = settling.propose_end(
        turn(trust_manager, action("OR1", 1)), words="The nurse does it", superseded_by=other
    )
    other = settling.propose_end(turn(trust_manager, other), words="No nurse was found")

    with pytest.raises(StepRefused, match="is to end"):
        settling.agree_end(turn(client_officer, proposed))
    settling.agree_end(turn(client_officer, other))
    with pytest.raises(StepRefused, match="has ended"):
        settling.agree_end(turn(client_officer, proposed))

    assert action("OR1", 1).waits == "end"
    assert settling.decline_end(turn(client_officer, proposed), words="Who does it?").waits == ""


def test_an_end_that_is_declined_leaves_the_action_open(turn, action, trust_manager, client_officer):
    proposed = settling.propose_end(turn(trust_manager, action("OR1", 1)), words="No money")
    found = settling.decline_end(turn(client_officer, proposed), words="There is some")

    assert (found.outcome, found.waits) == ("open", "")
    with pytest.raises(StepRefused, match="own place"):
        settling.propose_end(turn(trust_manager, found), words="Itself", superseded_by=found)


def test_comments_come_from_all_but_readers(
    turn, action, trust_manager, client_officer, action_owner, board_reader
):
    for person in (trust_manager, client_officer, action_owner):
        settling.comment(turn(person, action("OR1", 1), version=0), words="When?")
    with pytest.raises(StepRefused):
        settling.comment(turn(board_reader, action("OR1", 1)), words="When?")

    assert Event.objects.filter(kind="said").count() == 3


def test_what_has_ended_takes_nobodys_place(turn, action, trust_manager, client_officer):
    proposed = settling.propose_end(turn(trust_manager, action("OR2", 2)), words="No longer needed")
    with pytest.raises(StepRefused, match="is to end"):
        settling.propose_end(
            turn(trust_manager, action("OR1", 1)), words="The other does it", superseded_by=action("OR2", 2)
        )
    settling.agree_end(turn(client_officer, proposed), words="Agreed")

    with pytest.raises(StepRefused, match="has ended"):
        settling.propose_end(
            turn(trust_manager, action("OR1", 1)), words="The other does it", superseded_by=action("OR2", 2)
        )
