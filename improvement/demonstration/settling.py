"""What the parties settle between them: ends, confirmations by evidence, and one taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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
from improvement.demonstration.script import AFTER, AGAIN, AGAIN_SOON, BEFORE, SHOWN
from improvement.demonstration.story import Cast, Story
from improvement.evidence.movement import movement
from improvement.models import Owner
from improvement.rules.status import NOT_ON_TRACK, Status
from kpis.definitions.models import Indicator
from parties.participants import Participant


def settle(cast: Cast, stories: Sequence[Story], month: Month, day: date) -> None:
    """What the parties settle: two actions closed, some impact confirmed as indicators really moved, one taken back.

    In the last month something waits for each party's answer.
    """
    if month == Month(2020, 2):
        for story in list(_open_and_late(stories, month))[:2]:
            _propose_end(cast, story, day)
    if month == Month(2020, 3):
        for story in [story for story in stories if story.action.waits == "end"]:
            said = "Example: agreed at the Improvement Board."
            story.action = agree_end(story.turn(cast.council, day), words=said)
        _confirm_some(cast, stories, day)
        for number, story in enumerate(_done_and_theirs(stories, 8)):
            shown = SHOWN[number % len(SHOWN)]
            _ask_for(cast.trust, story, shown, day, AGAIN_SOON if number == 0 else AGAIN)
            _confirm(cast, story, day)
    if month == Month(2020, 4):
        _leave_open(cast, stories, month, day)


def _leave_open(cast: Cast, stories: Sequence[Story], month: Month, day: date) -> None:
    """One confirmation is taken back; the council is asked for two and for an end, the Trust for one."""
    doubtful = [
        story for story in stories if story.shown_by == "audit" and story.action.phase2 == "completed"
    ]
    said = "Example: the sample was too small to rest on; a larger one is asked for."
    doubtful[-1].action = ask_anew(doubtful[-1].turn(cast.council, day), words=said)
    for number, story in enumerate(_done_and_theirs(stories, 2)):
        _ask_for(cast.trust, story, SHOWN[number], day, AGAIN)
    of_council = (story for story in stories if _finished_by(story, Owner.Side.COUNCIL))
    for story in list(of_council)[:1]:
        _ask_for(cast.council, story, SHOWN[1], day, AGAIN)
    for story in list(_open_and_late(stories, month))[:1]:
        _propose_end(cast, story, day)


def _propose_end(cast: Cast, story: Story, day: date) -> None:
    said = "Example: another piece of work does this now, so it is not done on its own any more."
    story.action = propose_end(story.turn(cast.writer(story.owners), day), words=said)


def _done_and_theirs(stories: Sequence[Story], number: int) -> list[Story]:
    """So many finished actions of the Trust, spread over the plan, of which nobody asked anything yet."""
    found = [story for story in stories if _finished_by(story, Owner.Side.TRUST) and not story.shown_by]
    return found[:: max(len(found) // number, 1)][:number]


def _finished_by(story: Story, side: str) -> bool:
    """Done a while ago by that side alone, with signs of its impact, and nothing waits."""
    theirs = {owner.side for owner in story.owners} == {side}
    open_still = story.action.outcome == "open" and not story.action.waits
    done = story.arc.done is not None and story.arc.done <= AFTER[0]
    return theirs and open_still and done and story.action.phase2 == Status.ON_TRACK


def _ask_for(
    by: Participant, story: Story, shown: tuple[str, str, str, dict[str, object]], day: date, again: date
) -> None:
    kind, shows, difference, fields = shown
    found = Found(kind, shows, day, again, dict(fields))
    story.action = add_evidence(story.turn(by, day), found=found).action
    story.action = ask_confirmation(story.turn(by, day), words=difference)
    story.shown_by = kind


def _confirm(cast: Cast, story: Story, day: date) -> None:
    said = "Example: what was looked at shows it."
    story.action = confirm(story.turn(cast.council, day), words=said)


def _open_and_late(stories: Sequence[Story], month: Month) -> Iterator[Story]:
    """Actions of the Trust alone that aren't on track and, as their story goes, won't be done."""
    for story in stories:
        theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
        behind = story.action.outcome == "open" and story.action.phase1 in NOT_ON_TRACK
        for_good = story.arc.done is None or story.arc.done > month.next()
        if theirs and behind and for_good and not story.quiet and not story.action.waits:
            yield story


def _confirm_some(cast: Cast, stories: Sequence[Story], day: date) -> None:
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
    cast: Cast, story: Story, fields: dict[str, object], indicator: Indicator, day: date, *, doubted: bool
) -> None:
    name, verb = indicator.short_name, "rose" if indicator.polarity == "higher" else "fell"
    shows, difference = (
        f"Example: {name} is better than before the action.",
        f"Example: {name} {verb} since.",
    )
    _ask_for(cast.trust, story, ("indicator", shows, difference, fields), day, AGAIN)
    if doubted:
        back = "Example: say how many cases were looked at."
        story.action = send_back(story.turn(cast.council, day), words=back)
        kind, shows, _, sample = SHOWN[0]
        difference = f"{difference} A sample of twenty cases agrees."
        _ask_for(cast.trust, story, (kind, shows, difference, sample), day, AGAIN)
    _confirm(cast, story, day)
    story.shown_by = "indicator"
