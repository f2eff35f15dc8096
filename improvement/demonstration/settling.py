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
from improvement.demonstration.script import (
    AFTER,
    AGAIN,
    AGAIN_SOON,
    BEFORE,
    SHOWN,
)
from improvement.demonstration.story import Cast, Story
from improvement.evidence.movement import movement
from improvement.models import Owner
from improvement.rules.status import Status
from kpis.definitions.models import Indicator


def settle(cast: Cast, stories: Sequence[Story], month: Month, day: date) -> None:
    """What the parties settle: two actions closed, some impact confirmed as indicators really moved, one taken back.

    In the last month something waits for each party's answer.
    """
    if month == Month(2020, 2):
        for story in list(_open_and_late(stories))[:2]:
            _propose_end(cast, story, day)
    if month == Month(2020, 3):
        for story in [story for story in stories if story.action.waits == "end"]:
            words = "Example: agreed at the Improvement Board."
            story.action = agree_end(story.turn(cast.council, day), words=words)
        _confirm_some(cast, stories, day)
        for number, story in enumerate(_done_and_theirs(cast, stories, 8)):
            shown = SHOWN[number % len(SHOWN)]
            _ask_for(cast, story, shown, day, AGAIN_SOON if number == 0 else AGAIN)
            _confirm(cast, story, day)
    if month == Month(2020, 4):
        confirmed = [story for story in stories if story.action.phase2 == Status.COMPLETED]
        words = "Example: the sample was too small to rest on; a larger one is asked for."
        confirmed[-1].action = ask_anew(confirmed[-1].turn(cast.council, day), words=words)
        for number, story in enumerate(_done_and_theirs(cast, stories, 2)):
            _ask_for(cast, story, SHOWN[number], day, AGAIN)
        for story in list(_open_and_late(stories))[:1]:
            _propose_end(cast, story, day)


def _propose_end(cast: Cast, story: Story, day: date) -> None:
    words = "Example: overtaken by the new service, so it is not done any more."
    story.action = propose_end(story.turn(cast.writer(story.owners), day), words=words)


def _done_and_theirs(cast: Cast, stories: Sequence[Story], number: int) -> list[Story]:
    """So many finished actions of the Trust, spread over the plan, of which nobody asked anything yet."""
    found = [
        story
        for story in stories
        if _finished_by_the_trust(story) and story.action.phase2 not in (Status.COMPLETED, Status.UNKNOWN)
    ]
    return found[:: max(len(found) // number, 1)][:number]


def _finished_by_the_trust(story: Story) -> bool:
    theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
    open_still = story.action.outcome == "open" and not story.action.waits
    return theirs and open_still and story.action.phase1 == Status.COMPLETED


def _ask_for(
    cast: Cast, story: Story, shown: tuple[str, str, str, dict[str, object]], day: date, again: date
) -> None:
    kind, shows, words, fields = shown
    found = Found(kind, shows, day, again, dict(fields))
    story.action = add_evidence(story.turn(cast.trust, day), found=found).action
    story.action = ask_confirmation(story.turn(cast.trust, day), words=words)


def _confirm(cast: Cast, story: Story, day: date) -> None:
    words = "Example: what was looked at shows it."
    story.action = confirm(story.turn(cast.council, day), words=words)


def _open_and_late(stories: Sequence[Story]) -> Iterator[Story]:
    for story in stories:
        theirs = {owner.side for owner in story.owners} == {Owner.Side.TRUST}
        unfinished = story.action.phase1 != Status.COMPLETED and story.action.outcome == "open"
        if theirs and unfinished and story.done is None and not story.quiet and not story.action.waits:
            yield story


def _confirm_some(cast: Cast, stories: Sequence[Story], day: date) -> None:
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
    cast: Cast, story: Story, fields: dict[str, object], indicator: Indicator, day: date, *, doubted: bool
) -> None:
    name, verb = indicator.short_name, "rose" if indicator.polarity == "higher" else "fell"
    shows, words = (
        f"Example: {name} is better than before the action.",
        f"Example: {name} {verb} and stayed there.",
    )
    _ask_for(cast, story, ("indicator", shows, words, fields), day, AGAIN)
    if doubted:
        back = "Example: say how many cases were looked at."
        story.action = send_back(story.turn(cast.council, day), words=back)
        kind, shows, _, sample = SHOWN[0]
        words = f"{words} A sample of twenty cases agrees."
        _ask_for(cast, story, (kind, shows, words, sample), day, AGAIN)
    _confirm(cast, story, day)
