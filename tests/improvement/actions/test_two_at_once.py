"""Two people write about one action at once: one of them is kept, the other is told, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from improvement.actions.refusals import ActionConflict, StepRefused
from improvement.actions.settling import decline_end, propose_end
from improvement.actions.turns import Turn
from improvement.actions.updating import Report, update_action
from improvement.keeping.services import change
from improvement.models import Action, Event
from improvement.rules.status import Status
from parties.models import User
from parties.participants import participant_for
from tests.conftest import _person
from tests.improvement.conftest import TODAY

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

ROUNDS = 20
WON, CONFLICT, REWORDED, REFUSED = "won", "conflict", "reworded", "refused"


@pytest.fixture
def second_manager(contract):
    return _person("second-manager", contract.provider, "trust_manager")


def update(who: str, key: int, version: int, words: str) -> str:
    turn = Turn(
        participant_for(User.objects.get(username=who), "sandwell"),
        Action.objects.get(pk=key),
        version,
        TODAY,
    )
    try:
        update_action(turn, reports=[Report(1, Status.ON_TRACK, words)])
    except ActionConflict:
        return CONFLICT
    return WON


def reword(who: str, key: int, title: str) -> str:
    """Whoever keeps the plan locks the plan first, then the action."""
    by = participant_for(User.objects.get(username=who), "sandwell")
    change(by=by, row=Action.objects.get(pk=key), given={"title": title})
    return REWORDED


def supersede(who: str, key: int, other: int) -> str:
    action = Action.objects.get(pk=key)
    turn = Turn(participant_for(User.objects.get(username=who), "sandwell"), action, action.version, TODAY)
    try:
        propose_end(turn, words="The other does it", superseded_by=Action.objects.get(pk=other))
    except StepRefused:
        return REFUSED
    return WON


def at_once(*acts: Callable[[], str]) -> Counter[str]:
    """What became of each; all of them start at the same moment, on connections of their own."""
    start = Barrier(len(acts))

    def take(act: Callable[[], str]) -> str:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return Counter(people.map(take, acts, timeout=60))


def test_of_two_updates_of_one_action_one_wins_and_the_other_is_told(action, trust_manager, second_manager):
    for number in range(ROUNDS):
        seen = action("OR1", 1)

        found = at_once(
            partial(update, "trust-manager", seen.pk, seen.version, f"Mine, {number}"),
            partial(update, "second-manager", seen.pk, seen.version, f"Theirs, {number}"),
        )

        assert found == {WON: 1, CONFLICT: 1}
        assert action("OR1", 1).version == seen.version + 1
        assert Event.objects.filter(action=seen, number__gt=seen.version).count() == 1


def test_an_update_and_new_words_of_the_action_dont_wait_for_each_other_for_ever(
    action, trust_manager, second_manager
):
    for number in range(ROUNDS):
        seen = action("OR1", 1)

        found = at_once(
            partial(update, "trust-manager", seen.pk, seen.version, f"Goes on, {number}"),
            partial(reword, "second-manager", seen.pk, f"Train the leaders, {number}"),
        )

        now = action("OR1", 1)
        assert found == {WON: 1, REWORDED: 1}
        assert (now.version, now.title) == (seen.version + 1, f"Train the leaders, {number}")


def test_of_two_actions_that_are_each_to_take_the_others_place_one_stays(
    action, turn, trust_manager, second_manager, client_officer
):
    for _ in range(ROUNDS):
        one, other = action("OR1", 1), action("OR2", 2)

        found = at_once(
            partial(supersede, "trust-manager", one.pk, other.pk),
            partial(supersede, "second-manager", other.pk, one.pk),
        )

        assert found == {WON: 1, REFUSED: 1}
        (waiting,) = Action.objects.filter(pk__in=[one.pk, other.pk], waits="end")
        decline_end(turn(client_officer, waiting), words="It should go on")
