"""The plans in the demonstration: loaded as printed, then lived on by its personas until the demonstration's day.

What follows the first review is illustrative and marked so: drawn with a fixed seed, and written through the services
that people use. Targets are moved from January 2020 on only, so that what was past its target before stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from django.db import transaction

from core.demonstration import BY, Loading
from core.values.months import Month
from improvement.actions.evidencing import Found, add_evidence
from improvement.actions.settling import (
    agree_end,
    ask_anew,
    ask_confirmation,
    confirm,
    propose_end,
    send_back,
)
from improvement.actions.turns import Turn
from improvement.actions.updating import Move, Report, update_action
from improvement.demonstration_arcs import FIRST, Arc, Printed, drawn_arc
from improvement.demonstration_words import (
    MITIGATION_OF_IMPACT,
    MITIGATIONS,
    RISK_TO_IMPACT,
    RISKS,
    words,
)
from improvement.evidence.movement import movement
from improvement.measures.services import Entered, Terms, add_value, set_terms
from improvement.models import Action, Measure, Owner, Plan, Statement
from improvement.models.event import Provenance
from improvement.plans.stating import state_as_computed
from improvement.rules.status import NOT_ON_TRACK, Status
from kpis.definitions.models import Indicator
from parties.models import Contract, Organisation, User
from parties.participants import Participant, participant_for

SEED = 169  # of those tried, one by which each kind of story occurs, the police among the late
PLANS = ("2018", "2019-22", "2021-24", "childcare-2019-20")
LIVED = "2019-22"
FIRST_MOVE = Month(2020, 1)
DAY_OF_REVIEW = 14
BEFORE, AFTER = (Month(2019, 4), Month(2019, 6)), (Month(2019, 12), Month(2020, 2))
SPOKEN_OF = 0.3  # how often a month says a word of an impact that stands as it stood
SILENT = 0.04  # how many actions nobody says a word of after the first month
MOVED = 0.75  # of how many actions the target is moved whenever it isn't met; the others stay past it
AGAIN, AGAIN_SOON = date(2020, 9, 30), date(2020, 5, 12)
# By measure of OR1, with where it starts and is to go: values from October 2019 on. No indicator shows these measures;
# what one gives is never invented beside it.
MEASURED = {
    (3, "64% in September 2019", "90%"): ("65.0", "63.8", "66.9", "68.4", "71.3", "70.9"),
    (4, "58% in September 2019", "85%"): ("59.2", "61.7", "64.5", "66.0", "69.8", "74.1"),
}
# What shows an impact where no indicator does: kind, words, and what else it says.
SHOWN: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "audit",
        "Example: 18 of 20 cases looked at meet the standard.",
        "Example: the standard is met in nearly every case of a sample.",
        {"sample": 20, "looked_by": "Independent reviewing officers", "independent": True},
    ),
    (
        "survey",
        "Example: 41 of 52 who answered notice the change; 30 of 49 did a year before.",
        "Example: more of those who are meant to notice it do.",
        {},
    ),
    (
        "inspection",
        "Example: a visit found the practice in place in every team that was seen.",
        "Example: visitors saw it in practice, team by team.",
        {},
    ),
)


@transaction.atomic
def load_plans(loading: Loading) -> None:
    """Plans, links to indicators and owners' organisations; then what became of the plan that is lived on."""
    # Here and not above: a web server reads no definition files.
    from improvement.plans.files import read_plan
    from improvement.plans.links import load_links
    from improvement.plans.loading import load_plan

    contract = Contract.objects.get(code=loading.contract_code)
    folder = loading.fixtures / "plans"
    found = {code: load_plan(by=BY, contract=contract, folder=read_plan(folder / code)) for code in PLANS}
    new = [plan for plan in found.values() if plan is not None]
    if not new:
        return
    load_links(by=BY, contract=contract, file=folder / "measure_links.yaml")
    police = Organisation.objects.filter(code="police", partnerships__contract=contract).first()
    Owner.objects.filter(plan__contract=contract, side=Owner.Side.POLICE).update(organisation=police)
    loading.say(f"{len(new)} plans with {sum(plan.actions for plan in new)} actions.")
    if found[LIVED] is not None:
        _live_on(loading, Plan.objects.get(contract=contract, code=LIVED))


def _live_on(loading: Loading, plan: Plan) -> None:
    """A review each month; then its statements."""
    cast = _Cast.of(loading.contract_code)
    drawn = Random(SEED)  # noqa: S311 - a story, and the same one each time
    rows = Action.objects.filter(recommendation__priority__plan=plan).select_related("recommendation")
    actions = list(
        rows.prefetch_related("ownerships__owner").order_by(
            "recommendation__priority__number", "recommendation__position", "number"
        )
    )
    stories = _stories(plan, actions, drawn)
    _measure(cast, plan, loading.today)
    for month in Month.range(FIRST, Month.of(loading.today)):
        day = min(date(month.year, month.month, DAY_OF_REVIEW), loading.today)
        for story in stories:
            story.live(cast, month, day, drawn)
        _settle(cast, stories, month, day)
        written = {
            "provenance": Provenance.ILLUSTRATIVE,
            "taken_as": "Example review",
            "party": cast.trust.party,
        }
        state_as_computed(plan=plan, day=day, written=written)
    # Every page of the plan says of which months that is.
    if Month.of(loading.today) >= FIRST:
        plan.about |= {"illustrative": f"{FIRST.label} to {Month.of(loading.today).label}"}
        plan.save(update_fields=["about"])


def _measure(cast: _Cast, plan: Plan, today: date) -> None:
    """Values of two measures of oversight, month by month since the first review."""
    for (number, baseline, aim), values in MEASURED.items():
        measure = Measure.objects.get(plan=plan, recommendation__code="OR1", number=number)
        set_terms(
            by=cast.trust,
            measure=measure,
            terms=Terms(f"Example: {baseline}", f"Example: {aim}", "%", "month"),
        )
        for month, value in zip(Month.range(FIRST, Month.of(today).previous()), values, strict=False):
            entered = Entered(month, Decimal(value), "Example: monthly report of the Operations Directorate")
            add_value(
                by=cast.trust,
                measure=measure,
                entered=entered,
                today=today,
                provenance=Provenance.ILLUSTRATIVE,
            )


@dataclass(frozen=True)
class _Cast:
    """The personas who write: each for the side that they stand on."""

    trust: Participant
    council: Participant
    police: Participant

    @classmethod
    def of(cls, code: str) -> _Cast:
        names = ("trust-manager", "client-officer", "action-owner")
        return cls(*(participant_for(User.objects.get(username=name), code) for name in names))

    def writer(self, owners: Sequence[Owner]) -> Participant:
        """Who of them answers for an action of these owners."""
        for owner in owners:
            for person in (self.trust, self.police, self.council):
                if owner.organisation_id in person.organisations:
                    return person
        return self.trust


@dataclass
class _Story:
    """What becomes of one action, and where it stands on the way."""

    action: Action
    owners: list[Owner]
    arc: Arc
    quiet: bool  # nobody says a word of it any more
    moves: bool
    risk: str
    mitigation: str
    looked_for: Month | None = None  # the first month in which an impact of its row is looked for
    shown_by: str = ""

    @classmethod
    def drawn(cls, action: Action, printed: Printed, drawn: Random) -> _Story:
        owners = [ownership.owner for ownership in action.ownerships.all()]
        arc = drawn_arc(printed, action.target_month, drawn)
        quiet, moves = drawn.random() < SILENT, drawn.random() < MOVED
        return cls(action, owners, arc, quiet, moves, drawn.choice(RISKS), drawn.choice(MITIGATIONS))

    def live(self, cast: _Cast, month: Month, day: date, drawn: Random) -> None:
        """One month's word, where there is one to say."""
        if self.action.outcome != "open" or self.action.waits or self.action.phase2 == Status.COMPLETED:
            return
        if self.quiet and month > FIRST:
            return
        reports = [*self._of_the_action(month, drawn), *self._of_its_impact(month, drawn)]
        move = self._move(month, drawn)
        if reports or move:
            turn = Turn(
                cast.writer(self.owners), self.action, self.action.version, day, Provenance.ILLUSTRATIVE
            )
            self.action = update_action(turn, reports=reports, move=move)

    def _of_the_action(self, month: Month, drawn: Random) -> Iterator[Report]:
        if self.action.phase1 != Status.COMPLETED:
            yield self._report(1, self.arc.phase1(month), drawn)

    def _of_its_impact(self, month: Month, drawn: Random) -> Iterator[Report]:
        """Once an impact of the row is looked for: where that is news, and now and then else."""
        if self.looked_for is None or month < self.looked_for:
            return
        now = self.arc.phase2(month)
        if now != self.action.phase2 or (now != Status.NOT_STARTED and drawn.random() < SPOKEN_OF):
            yield self._report(2, now, drawn)

    def _report(self, phase: int, now: Status, drawn: Random) -> Report:
        said = words(phase, Status(self.action.phase1 if phase == 1 else self.action.phase2), now, drawn)
        if now not in NOT_ON_TRACK:
            return Report(phase, now, said)
        risk, mitigation = (
            (self.risk, self.mitigation) if phase == 1 else (RISK_TO_IMPACT, MITIGATION_OF_IMPACT)
        )
        owner = self.owners[0].role if self.owners else "Workstream lead"
        mitigated = f"Example: {mitigation}." if now == Status.MITIGATED else ""
        return Report(phase, now, said, f"Example: {risk}.", mitigated, owner)

    def _move(self, month: Month, drawn: Random) -> Move | None:
        """What isn't done in its month is given another one, from the first month on in which that may be."""
        target, done = self.action.target_month, self.arc.done
        if not self.moves or month < FIRST_MOVE or target is None or target > month:
            return None
        if done is not None and done <= month:
            return None
        soon = month.next(drawn.choice((1, 1, 2)))
        return Move(done or soon, f"Example: {self.risk}.", "Workstream lead and client officer (example)")


def _stories(plan: Plan, actions: Sequence[Action], drawn: Random) -> list[_Story]:
    """One of each action, begun where the first review leaves it and its row."""
    rows = {
        (row, phase): Status(status)
        for row, phase, status in Statement.objects.filter(reference__plan=plan).values_list(
            "reference__recommendation", "phase", "status"
        )
    }
    stories = []
    for action in actions:
        of_row = [rows.get((action.recommendation_id, phase), Status.UNKNOWN) for phase in (1, 2)]
        printed = Printed(Status(action.phase1), Status(action.phase2), *of_row)
        stories.append(_Story.drawn(action, printed, drawn))
    soonest: dict[int, Month] = {}
    for story in stories:
        if story.arc.shown is not None:
            row = story.action.recommendation_id
            soonest[row] = min(soonest.get(row, story.arc.shown), story.arc.shown)
    for story in stories:
        story.looked_for = soonest.get(story.action.recommendation_id)
    return stories


def _settle(cast: _Cast, stories: Sequence[_Story], month: Month, day: date) -> None:
    """What the parties settle: two actions closed, some impact confirmed as indicators really moved, one taken back.

    In the last month something waits for each party's answer.
    """
    if month == Month(2020, 2):
        for story in list(_open_and_late(stories, month))[:2]:
            _propose_end(cast, story, day)
    if month == Month(2020, 3):
        for story in [story for story in stories if story.action.waits == "end"]:
            said = "Example: agreed at the Improvement Board."
            story.action = agree_end(_turn(cast.council, story, day), words=said)
        _confirm_some(cast, stories, day)
        for number, story in enumerate(_done_and_theirs(stories, 8)):
            shown = SHOWN[number % len(SHOWN)]
            _ask_for(cast.trust, story, shown, day, AGAIN_SOON if number == 0 else AGAIN)
            _confirm(cast, story, day)
    if month == Month(2020, 4):
        _leave_open(cast, stories, month, day)


def _leave_open(cast: _Cast, stories: Sequence[_Story], month: Month, day: date) -> None:
    """One confirmation is taken back; the council is asked for two and for an end, the Trust for one."""
    doubtful = [
        story for story in stories if story.shown_by == "audit" and story.action.phase2 == "completed"
    ]
    said = "Example: the sample was too small to rest on; a larger one is asked for."
    doubtful[-1].action = ask_anew(_turn(cast.council, doubtful[-1], day), words=said)
    for number, story in enumerate(_done_and_theirs(stories, 2)):
        _ask_for(cast.trust, story, SHOWN[number], day, AGAIN)
    of_council = (story for story in stories if _finished_by(story, Owner.Side.COUNCIL))
    for story in list(of_council)[:1]:
        _ask_for(cast.council, story, SHOWN[1], day, AGAIN)
    for story in list(_open_and_late(stories, month))[:1]:
        _propose_end(cast, story, day)


def _propose_end(cast: _Cast, story: _Story, day: date) -> None:
    said = "Example: another piece of work does this now, so it is not done on its own any more."
    story.action = propose_end(_turn(cast.writer(story.owners), story, day), words=said)


def _done_and_theirs(stories: Sequence[_Story], number: int) -> list[_Story]:
    """So many finished actions of the Trust, spread over the plan, of which nobody asked anything yet."""
    found = [story for story in stories if _finished_by(story, Owner.Side.TRUST) and not story.shown_by]
    return found[:: max(len(found) // number, 1)][:number]


def _finished_by(story: _Story, side: str) -> bool:
    """Done a while ago by that side alone, with signs of its impact, and nothing waits."""
    theirs = {owner.side for owner in story.owners} == {side}
    open_still = story.action.outcome == "open" and not story.action.waits
    done = story.arc.done is not None and story.arc.done <= AFTER[0]
    return theirs and open_still and done and story.action.phase2 == Status.ON_TRACK


def _ask_for(
    by: Participant, story: _Story, shown: tuple[str, str, str, dict[str, object]], day: date, again: date
) -> None:
    kind, shows, difference, fields = shown
    found = Found(kind, shows, day, again, dict(fields))
    story.action = add_evidence(_turn(by, story, day), found=found).action
    story.action = ask_confirmation(_turn(by, story, day), words=difference)
    story.shown_by = kind


def _confirm(cast: _Cast, story: _Story, day: date) -> None:
    said = "Example: what was looked at shows it."
    story.action = confirm(_turn(cast.council, story, day), words=said)


def _open_and_late(stories: Sequence[_Story], month: Month) -> Iterator[_Story]:
    """Actions of the Trust alone that aren't on track and, as their story goes, won't be done."""
    for story in stories:
        theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
        behind = story.action.outcome == "open" and story.action.phase1 in NOT_ON_TRACK
        for_good = story.arc.done is None or story.arc.done > month.next()
        if theirs and behind and for_good and not story.quiet and not story.action.waits:
            yield story


def _confirm_some(cast: _Cast, stories: Sequence[_Story], day: date) -> None:
    """Finished actions of recommendations whose measures an indicator shows; those that really moved are confirmed."""
    seen: set[int] = set()
    for story in stories:
        row = story.action.recommendation
        if not _finished_by(story, Owner.Side.TRUST) or row.pk in seen:
            continue
        indicators = (
            Indicator.objects.filter(measure_links__measure__recommendation=row)
            .order_by("position")
            .distinct()
        )
        for indicator in indicators:
            moved = movement(cast.trust, indicator, BEFORE, AFTER)
            if moved.better:
                seen.add(row.pk)
                _show_and_confirm(cast, story, moved.fields(), indicator, day, doubted=len(seen) == 2)
                break


def _show_and_confirm(
    cast: _Cast, story: _Story, fields: dict[str, object], indicator: Indicator, day: date, *, doubted: bool
) -> None:
    name, verb = indicator.short_name, "rose" if indicator.polarity == "higher" else "fell"
    shows, difference = (
        f"Example: {name} is better than before the action.",
        f"Example: {name} {verb} since.",
    )
    _ask_for(cast.trust, story, ("indicator", shows, difference, fields), day, AGAIN)
    if doubted:
        back = "Example: say how many cases were looked at."
        story.action = send_back(_turn(cast.council, story, day), words=back)
        kind, shows, _, sample = SHOWN[0]
        difference = f"{difference} A sample of twenty cases agrees."
        _ask_for(cast.trust, story, (kind, shows, difference, sample), day, AGAIN)
    _confirm(cast, story, day)
    story.shown_by = "indicator"


def _turn(by: Participant, story: _Story, day: date) -> Turn:
    return Turn(by, story.action, story.action.version, day, Provenance.ILLUSTRATIVE)
