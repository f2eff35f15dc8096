"""A confirmation stands as long as its evidence holds; then the program asks for it anew, once."""

from dataclasses import dataclass
from datetime import date

import pytest

from audit.models import AuditEvent
from core import clock
from core.values.months import Month
from improvement.actions.anew import ask_what_no_longer_holds
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.refusals import StepRefused
from improvement.actions.settling import ask_anew, ask_confirmation, confirm
from improvement.actions.turns import Turn
from improvement.actions.updating import Report, update_action
from improvement.evidence.movement import movement
from improvement.models import Action, Event, Plan
from improvement.plans.loading import load_plan
from improvement.rules.status import Status
from improvement.rules.steps import Step
from improvement.tasks import look_at_the_evidence
from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from notices.models import Notice
from parties.participants import Participant, participant_for
from tests.cast import BY
from tests.improvement.conftest import TODAY, folder

pytestmark = pytest.mark.django_db
AGAIN = date(2020, 10, 1)


def sample(independent=True, again_on=AGAIN):
    return Found(
        "audit",
        "18 of 20 cases meet the standard",
        TODAY,
        again_on,
        {"sample": 20, "looked_by": "Reviewers", "independent": independent},
    )


@pytest.fixture
def confirmed(turn, action, trust_manager, client_officer):
    """Action 1 of OR1, confirmed by the council on the evidence that is given."""

    def settle(found=None):
        done = update_action(
            turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "In place")]
        )
        shown = add_evidence(turn(trust_manager, done), found=found or sample()).action
        asked = ask_confirmation(turn(trust_manager, shown), words="Leaders stay longer")
        return confirm(turn(client_officer, asked), words="The sample shows it")

    return settle


def on(monkeypatch, day):
    monkeypatch.setattr(clock, "today", lambda: day)


def test_what_holds_is_left_alone(confirmed, action):
    confirmed()

    assert ask_what_no_longer_holds() == 0
    assert action("OR1", 1).phase2 == Status.COMPLETED


def test_once_its_evidence_is_to_be_looked_at_again_it_is_asked_for_anew(
    confirmed, action, monkeypatch, trust_manager, signed_in
):
    confirmed()
    on(monkeypatch, AGAIN)

    look_at_the_evidence()
    look_at_the_evidence()  # run twice, asked once

    found = action("OR1", 1)
    (event,) = Event.objects.filter(action=found, kind="asked_anew")
    assert (found.phase2, event.was, event.now) == (Status.ON_TRACK, "completed", "on_track")
    assert (event.taken_by, event.provenance, event.day) == (None, "noticed", AGAIN)
    assert "looked at again on 1 October 2020" in event.words
    notice = Notice.objects.get(kind="plan_answered", words__contains="shown anew")
    assert (notice.user, notice.words) == (
        trust_manager,
        "The program asks for the impact of action 1 of OR1 to be shown anew.",
    )
    assert AuditEvent.objects.filter(action="action.asked_anew").count() == 1
    page = signed_in(trust_manager).get("/contracts/sandwell/plans/small/exceptions/").content.decode()
    assert "Impact to be shown anew" in page


def test_the_reason_names_the_day_of_what_counted(confirmed, turn, trust_manager, monkeypatch):
    add_evidence(turn(trust_manager, confirmed()), found=sample(independent=False, again_on=date(2030, 1, 1)))
    on(monkeypatch, date(2020, 11, 1))  # the program stood still for a month

    assert ask_what_no_longer_holds() == 1
    assert "looked at again on 1 October 2020" in Event.objects.get(kind="asked_anew").words


def test_a_plan_that_no_longer_runs_is_left_as_it_ended(confirmed, action, plan, monkeypatch):
    confirmed()
    Plan.objects.update(ends_on=date(2020, 9, 1))
    on(monkeypatch, AGAIN)

    assert ask_what_no_longer_holds() == 0
    assert action("OR1", 1).phase2 == Status.COMPLETED


def test_what_was_known_already_shows_nothing_anew(confirmed, turn, trust_manager, client_officer):
    anew = ask_anew(turn(client_officer, confirmed()), words="The sample was too small")

    with pytest.raises(StepRefused, match="doesn’t allow"):
        ask_confirmation(turn(trust_manager, anew), words="It is as before")
    shown = add_evidence(turn(trust_manager, anew), found=sample()).action

    assert ask_confirmation(turn(trust_manager, shown), words="Twenty more cases").waits == "confirmation"


def test_a_sample_by_somebody_who_is_not_independent_carries_no_confirmation(turn, action, trust_manager):
    done = update_action(
        turn(trust_manager, action("OR1", 1)), reports=[Report(1, Status.COMPLETED, "In place")]
    )
    shown = add_evidence(turn(trust_manager, done), found=sample(independent=False)).action

    with pytest.raises(StepRefused, match="doesn’t allow"):
        ask_confirmation(turn(trust_manager, shown), words="It is better")


@dataclass
class Shown:
    """Action 1 of OR1, done in September 2019, and PI4, which rose from 50% to 80% since."""

    manager: Participant
    officer: Participant
    indicator: Indicator
    found: Found | None = None

    def turn(self, by, day=TODAY):
        found = Action.objects.get(recommendation__code="OR1", number=1)
        return Turn(by, found, found.version, day)

    def ask(self):
        ask_confirmation(self.turn(self.manager), words="More assessments are in time")

    def confirm(self):
        confirm(self.turn(self.officer), words="The figure shows it")


@pytest.fixture
def shown(demonstration, persona):
    load_plan(by=BY, contract=demonstration, folder=folder())
    people = (participant_for(persona(name), "sandwell") for name in ("trust-manager", "client-officer"))
    begun = Shown(*people, Indicator.objects.get(contract=demonstration, code="PI4"))
    figures = {(2019, month): 50 for month in (4, 5, 6)} | {(2019, month): 80 for month in (10, 11, 12)}
    set_months(begun.indicator, figures | {(2020, month): 80 for month in (1, 2, 3)})
    windows = (Month(2019, 4), Month(2019, 6)), (Month(2019, 10), Month(2019, 12))
    moved = movement(begun.manager, begun.indicator, *windows)
    assert moved.better
    done = begun.turn(begun.manager, date(2019, 9, 30))
    update_action(done, reports=[Report(1, Status.COMPLETED, "In place")])
    begun.found = Found("indicator", "It rose", TODAY, AGAIN, moved.fields())
    add_evidence(begun.turn(begun.manager), found=begun.found)
    return begun


def test_an_indicator_that_falls_back_asks_anew(shown):
    """Months after those taken for evidence: three, of which the mean is no better than before the action."""
    indicator = shown.indicator
    shown.ask()
    shown.confirm()
    set_months(indicator, {(2020, 1): 49, (2020, 2): 50, (2020, 3): 80})
    assert ask_what_no_longer_holds() == 0

    set_months(indicator, {(2020, 3): 51})
    assert ask_what_no_longer_holds() == 1
    event = Event.objects.get(kind="asked_anew")
    assert event.words == f"PI4 {indicator.short_name} is no better any more than before the action."


@pytest.mark.parametrize(
    "corrected", [{(2019, m): 45 for m in (10, 11, 12)}, {(2019, m): 85 for m in (4, 5, 6)}]
)
def test_figures_that_are_corrected_ask_anew(shown, corrected):
    """Either window, as its figures are now, though the latest months are good."""
    shown.ask()
    shown.confirm()
    assert ask_what_no_longer_holds() == 0

    set_months(shown.indicator, corrected)

    assert ask_what_no_longer_holds() == 1
    assert "by its figures as they are now" in Event.objects.get(kind="asked_anew").words


@pytest.mark.parametrize(
    "turned",
    [{(2020, m): 40 for m in (1, 2, 3)}, {(2019, m): 45 for m in (10, 11, 12)}],
    ids=["fell back", "corrected"],
)
def test_what_an_indicator_does_not_show_any_more_is_neither_asked_nor_confirmed(
    shown, turned, signed_in, persona
):
    set_months(shown.indicator, turned)
    with pytest.raises(StepRefused, match="doesn’t allow"):
        shown.ask()
    page = signed_in(persona("trust-manager")).get("/contracts/sandwell/plans/small/actions/OR1/1/")
    assert Step.ASK not in {box.name for box in page.context["page"].boxes}
    assert [one.counts for one in page.context["page"].evidence] == [False]

    set_months(shown.indicator, dict.fromkeys(turned, 80))
    shown.ask()
    set_months(shown.indicator, turned)
    with pytest.raises(StepRefused, match="doesn’t allow"):
        shown.confirm()


def test_an_indicator_that_was_added_after_the_confirmation_never_carried_it(shown):
    shown.ask()
    shown.confirm()
    ask_anew(shown.turn(shown.officer), words="Show a sample")
    add_evidence(shown.turn(shown.manager), found=sample())
    shown.ask()
    shown.confirm()
    add_evidence(shown.turn(shown.manager), found=shown.found)

    set_months(shown.indicator, {(2020, month): 40 for month in (1, 2, 3)})

    assert ask_what_no_longer_holds() == 0


def set_months(indicator, values):
    for (year, month), value in values.items():
        IndicatorStatus.objects.filter(indicator=indicator, month=date(year, month, 1)).update(
            numerator=value, denominator=100, given_value=None
        )
