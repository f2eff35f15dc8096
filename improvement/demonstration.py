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
from improvement.evidence.movement import movement
from improvement.measures.services import Entered, Terms, add_value, set_terms
from improvement.models import Action, Measure, Owner, Plan
from improvement.models.event import Provenance
from improvement.plans.stating import state_as_computed
from improvement.rules.status import Status
from kpis.definitions.models import Indicator
from parties.models import Contract, Organisation, User
from parties.participants import Participant, participant_for

SEED = 20190923
PLANS = ("2018", "2019-22", "2021-24", "childcare-2019-20")
LIVED = "2019-22"
FIRST, FIRST_MOVE = Month(2019, 10), Month(2020, 1)
DAY_OF_REVIEW = 14
BEFORE, AFTER = (Month(2019, 4), Month(2019, 6)), (Month(2019, 12), Month(2020, 2))
# Out of a hundred actions so many are done this many months after their target; the others are still open.
LATE = ((50, 0), (16, 1), (10, 2), (7, 3), (5, 5))
SPOKEN_OF = 0.4  # how often a month says a word of a done action's impact
AGAIN, AGAIN_SOON = date(2020, 9, 30), date(2020, 5, 12)
# By measure of OR1, with where it starts and is to go: values from October 2019 on.
MEASURED = {
    (2, "71% in September 2019", "95%"): ("72.4", "74.0", "73.1", "78.6", "81.2", "83.5"),
    (3, "64% in September 2019", "90%"): ("65.0", "63.8", "66.9", "68.4", "71.3", "70.9"),
    (4, "58% in September 2019", "85%"): ("59.2", "61.7", "64.5", "66.0", "69.8", "74.1"),
}
# What shows an impact where no indicator does: kind, words, and what else it says.
SHOWN: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    (
        "audit",
        "Example: 18 of 20 cases looked at meet the standard.",
        "Example: records are better now; a sample agrees.",
        {"sample": 20, "looked_by": "Independent reviewing officers", "independent": True},
    ),
    (
        "survey",
        "Example: 41 of 52 members of staff feel well supervised, 30 of 49 a year before.",
        "Example: staff say that they are better supported than a year ago.",
        {},
    ),
    (
        "inspection",
        "Example: a visit found the practice in place in every team that was seen.",
        "Example: visitors saw it in practice, team by team.",
        {},
    ),
)
WORDS = {
    Status.ON_TRACK: ("work goes on as planned", "the first steps are taken", "on course for its month"),
    Status.COMPLETED: (
        "done, and reported to the workstream",
        "in place since this month",
        "finished and signed off",
    ),
    Status.MITIGATED: (
        "later than planned, with cover arranged",
        "slower than planned, a way round is found",
    ),
    Status.DELAYED: ("held up, no way round yet", "waits for a decision outside the workstream"),
    Status.NOT_STARTED: ("to begin when the step before it is done",),
}
RISKS = (
    "staff leave before it is done",
    "the system isn’t ready",
    "partners’ time is short",
    "a post is vacant",
)
MITIGATIONS = ("cover from another team", "work on paper until then", "an interim post until the summer")


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
    stories = [_Story.drawn(action, drawn) for action in actions]
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
    """Values of three measures of oversight, month by month since the first review."""
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
    """What becomes of one action: when it is done (None: not by then), and where it stands on the way."""

    action: Action
    owners: list[Owner]
    done: Month | None
    quiet: bool  # nobody says a word of it any more

    @classmethod
    def drawn(cls, action: Action, drawn: Random) -> _Story:
        owners = [ownership.owner for ownership in action.ownerships.all()]
        target = action.target_month or FIRST.next(drawn.randrange(10))
        roll, done = drawn.randrange(100), None
        for share, late in LATE:
            if roll < share:
                done = max(target.next(late), FIRST)
                break
            roll -= share
        return cls(action, owners, done, quiet=drawn.random() < 0.04)

    def live(self, cast: _Cast, month: Month, day: date, drawn: Random) -> None:
        """One month's word, where there is one to say."""
        before, self_done = Status(self.action.phase1), self.done is not None and month >= self.done
        if self.action.outcome != "open" or self.action.waits or self.action.phase2 == Status.COMPLETED:
            return
        if self.quiet and month > FIRST:
            return
        if before == Status.COMPLETED:
            self._say_of_impact(cast, day, drawn)
            return
        status = Status.COMPLETED if self_done else self._on_the_way(month, drawn)
        reports = [self._report(1, status, drawn), self._report(2, self._impact(status, drawn), drawn)]
        moves = month >= FIRST_MOVE and not self_done and self._past(month) and drawn.random() < 0.7
        move = (
            Move(
                month.next(drawn.choice((1, 1, 2))),
                f"Example: {drawn.choice(RISKS)}",
                "Example: workstream lead and client officer",
            )
            if moves
            else None
        )
        turn = Turn(cast.writer(self.owners), self.action, self.action.version, day, Provenance.ILLUSTRATIVE)
        self.action = update_action(turn, reports=reports, move=move)

    def _say_of_impact(self, cast: _Cast, day: date, drawn: Random) -> None:
        """Done actions are spoken of now and then."""
        if drawn.random() < SPOKEN_OF:
            turn = Turn(
                cast.writer(self.owners), self.action, self.action.version, day, Provenance.ILLUSTRATIVE
            )
            report = self._report(2, self._impact(Status.COMPLETED, drawn), drawn)
            self.action = update_action(turn, reports=[report])

    def _past(self, month: Month) -> bool:
        target = self.action.target_month
        return target is not None and target < month

    def _on_the_way(self, month: Month, drawn: Random) -> Status:
        if self._past(month):
            return Status.MITIGATED if drawn.random() < 0.7 else Status.DELAYED
        return drawn.choices((Status.ON_TRACK, Status.MITIGATED, Status.NOT_STARTED), (80, 14, 6))[0]

    @staticmethod
    def _impact(done: Status, drawn: Random) -> Status:
        if done == Status.COMPLETED:
            return drawn.choices((Status.ON_TRACK, Status.MITIGATED), (75, 25))[0]
        return drawn.choices((Status.NOT_STARTED, Status.ON_TRACK, Status.MITIGATED), (45, 40, 15))[0]

    def _report(self, phase: int, status: Status, drawn: Random) -> Report:
        words = f"Example: {drawn.choice(WORDS[status])}."
        if status not in (Status.MITIGATED, Status.DELAYED):
            return Report(phase, status, words)
        owner = self.owners[0].role if self.owners else "Workstream lead"
        mitigation = f"Example: {drawn.choice(MITIGATIONS)}." if status == Status.MITIGATED else ""
        return Report(phase, status, words, f"Example: {drawn.choice(RISKS)}.", mitigation, owner)


def _settle(cast: _Cast, stories: Sequence[_Story], month: Month, day: date) -> None:
    """What the parties settle: two actions closed, some impact confirmed as indicators really moved, one taken back.

    In the last month something waits for each party's answer.
    """
    if month == Month(2020, 2):
        for story in list(_open_and_late(stories))[:2]:
            _propose_end(cast, story, day)
    if month == Month(2020, 3):
        for story in [story for story in stories if story.action.waits == "end"]:
            words = "Example: agreed at the Improvement Board."
            story.action = agree_end(_turn(cast.council, story, day), words=words)
        _confirm_some(cast, stories, day)
        for number, story in enumerate(_done_and_theirs(cast, stories, 8)):
            shown = SHOWN[number % len(SHOWN)]
            _ask_for(cast, story, shown, day, AGAIN_SOON if number == 0 else AGAIN)
            _confirm(cast, story, day)
    if month == Month(2020, 4):
        confirmed = [story for story in stories if story.action.phase2 == Status.COMPLETED]
        words = "Example: the sample was too small to rest on; a larger one is asked for."
        confirmed[-1].action = ask_anew(_turn(cast.council, confirmed[-1], day), words=words)
        for number, story in enumerate(_done_and_theirs(cast, stories, 2)):
            _ask_for(cast, story, SHOWN[number], day, AGAIN)
        for story in list(_open_and_late(stories))[:1]:
            _propose_end(cast, story, day)


def _propose_end(cast: _Cast, story: _Story, day: date) -> None:
    words = "Example: overtaken by the new service, so it is not done any more."
    story.action = propose_end(_turn(cast.writer(story.owners), story, day), words=words)


def _done_and_theirs(cast: _Cast, stories: Sequence[_Story], number: int) -> list[_Story]:
    """So many finished actions of the Trust, spread over the plan, of which nobody asked anything yet."""
    found = [
        story
        for story in stories
        if _finished_by_the_trust(story) and story.action.phase2 not in (Status.COMPLETED, Status.UNKNOWN)
    ]
    return found[:: max(len(found) // number, 1)][:number]


def _finished_by_the_trust(story: _Story) -> bool:
    theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
    open_still = story.action.outcome == "open" and not story.action.waits
    return theirs and open_still and story.action.phase1 == Status.COMPLETED


def _ask_for(
    cast: _Cast, story: _Story, shown: tuple[str, str, str, dict[str, object]], day: date, again: date
) -> None:
    kind, shows, words, fields = shown
    found = Found(kind, shows, day, again, dict(fields))
    story.action = add_evidence(_turn(cast.trust, story, day), found=found).action
    story.action = ask_confirmation(_turn(cast.trust, story, day), words=words)


def _confirm(cast: _Cast, story: _Story, day: date) -> None:
    words = "Example: what was looked at shows it."
    story.action = confirm(_turn(cast.council, story, day), words=words)


def _open_and_late(stories: Sequence[_Story]) -> Iterator[_Story]:
    for story in stories:
        theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
        unfinished = story.action.phase1 != Status.COMPLETED and story.action.outcome == "open"
        if theirs and unfinished and story.done is None and not story.quiet and not story.action.waits:
            yield story


def _confirm_some(cast: _Cast, stories: Sequence[_Story], day: date) -> None:
    """Finished actions of recommendations whose measures an indicator shows; those that really moved are confirmed."""
    seen: set[int] = set()
    for story in stories:
        row = story.action.recommendation
        before_windows = story.done is None or story.done <= AFTER[0]
        if not _finished_by_the_trust(story) or row.pk in seen or not before_windows:
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
    shows, words = (
        f"Example: {name} is better than before the action.",
        f"Example: {name} {verb} and stayed there.",
    )
    _ask_for(cast, story, ("indicator", shows, words, fields), day, AGAIN)
    if doubted:
        back = "Example: say how many cases were looked at."
        story.action = send_back(_turn(cast.council, story, day), words=back)
        kind, shows, _, sample = SHOWN[0]
        words = f"{words} A sample of twenty cases agrees."
        _ask_for(cast, story, (kind, shows, words, sample), day, AGAIN)
    _confirm(cast, story, day)


def _turn(by: Participant, story: _Story, day: date) -> Turn:
    return Turn(by, story.action, story.action.version, day, Provenance.ILLUSTRATIVE)
