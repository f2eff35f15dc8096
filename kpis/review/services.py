"""What the council does with a submitted figure, and what the Trust answers; each step is kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.services import record
from core.values.months import Month
from kpis.figures.models import Figure, FigureRevision
from kpis.review.models import Step
from kpis.review.notices import DISPUTED, EXPLAINED, tell_accepted, tell_answered, tell_queried
from kpis.review.refusals import FigureConflict, RoundRefused
from kpis.review.selectors import ASKING, last_query, where_it_stands
from kpis.rules import round as rules
from kpis.rules.figures import numbers_in_words
from kpis.versions.services import lock_figures, move_on
from parties.participants import COMMISSIONER, PROVIDER, Participant

Kind = Step.Kind
KINDS = {
    rules.QUERY: Kind.QUERIED,
    rules.REOPEN: Kind.REOPENED,
    rules.EXPLAIN: Kind.EXPLAINED,
    rules.DISPUTE: Kind.DISPUTED,
    rules.ACCEPT: Kind.ACCEPTED,
    rules.WITHDRAW: Kind.ACCEPTED,
}
WITHDRAWN = "The query was withdrawn without an answer."
REFUSALS = {
    rules.ACCEPTED: "was accepted already",
    rules.QUERIED: "was queried already, and waits for the Trust’s answer",
    rules.DISPUTED: "is disputed by the Trust, and waits for the council",
    rules.SUBMITTED: "waits for the council, and no query is open",
}


@dataclass(frozen=True)
class _Act:
    """One act on a figure: who does it, and the words and the day that go with it."""

    by: Participant
    name: str
    words: str = ""
    answer_by: date | None = None

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    @property
    def party(self) -> str:
        return PROVIDER if self.name in (rules.EXPLAIN, rules.DISPUTE) else COMMISSIONER


@dataclass(frozen=True)
class _Taken:
    """A step that is not kept yet, the state that it leads to, and what changes in words for the trail."""

    step: Step
    state: str
    change: dict[str, Any]


@transaction.atomic
def accept_figures(*, by: Participant, seen: Sequence[FigureRevision], withdraws: bool = False) -> int:
    """Accept the revisions that the officer has seen, all or none, and say how many were accepted now.

    A figure with an open query is accepted only by whoever says that they withdraw the query (``withdraws``).
    FigureConflict where one was revised or queried meanwhile; RoundRefused for who submitted one of them.
    """
    _require_council(by)
    lock_figures(by.contract)
    waiting = [figure for figure in _current(by, seen) if figure.state != rules.ACCEPTED]
    _refuse_own_work(by, waiting)
    taken = []
    for figure in waiting:
        withdrawn = withdraws and figure.state == rules.QUERIED
        act = _Act(by, rules.WITHDRAW, WITHDRAWN) if withdrawn else _Act(by, rules.ACCEPT)
        taken.append(_taken(act, figure))
    if waiting:
        steps = _take(taken, accepted=F("latest"))
        tell_accepted(by=by, steps=steps)
        changes = [move.change for move in taken]
        _record(by, "figures.accepted", waiting, "accepted", {"figures": changes})
        move_on(by.contract)
    return len(waiting)


@transaction.atomic
def query_figure(
    *,
    by: Participant,
    seen: FigureRevision,
    reason: str,
    answer_by: date,
    today: date,
    reopens: bool = False,
) -> bool:
    """Ask the Trust about a figure, with a reason and a day to answer by; False where the same was asked already.

    An accepted figure is queried only by whoever says that they reopen it; what was accepted stays known.
    FigureConflict where it was revised or answered meanwhile.
    """
    _require_council(by)
    if not reason.strip():
        raise RoundRefused("Say what you ask about.")
    if answer_by < today:
        raise RoundRefused("The day to answer by is over already. Give a later one.")
    return _say(_Act(by, rules.REOPEN if reopens else rules.QUERY, reason.strip(), answer_by), seen)


@transaction.atomic
def explain_figure(*, by: Participant, seen: FigureRevision, words: str, disputes: bool) -> bool:
    """The Trust's answer to a query in words: it explains the figure, or disputes the query; the figure stands.

    False where the same was answered already.
    """
    if not by.may("query.answer"):
        raise RoundRefused("A query is answered by the Trust.")
    if not words.strip():
        raise RoundRefused("Write your answer.")
    return _say(_Act(by, rules.DISPUTE if disputes else rules.EXPLAIN, words.strip()), seen)


def _require_council(by: Participant) -> None:
    if not by.may("figure.answer"):
        raise RoundRefused("Figures are accepted and queried by the council.")


def _current(by: Participant, seen: Sequence[FigureRevision]) -> list[Figure]:
    """The figures of those revisions, in their order, which still are their latest ones. Two queries."""
    figures = (
        Figure.objects.filter(indicator__contract=by.contract)
        .select_related("latest", "indicator")
        .prefetch_related("steps")
        .in_bulk([revision.figure_id for revision in seen])
    )
    for revision in seen:
        if figures[revision.figure_id].latest_id != revision.pk:
            raise FigureConflict(
                f"{_named(figures[revision.figure_id])} was revised meanwhile. Nothing was changed; look at its"
                " latest revision first."
            )
    return [figures[revision.figure_id] for revision in seen]


def _refuse_own_work(by: Participant, figures: Sequence[Figure]) -> None:
    """The database refuses it too; this says so before it comes to that. One query."""
    entered = FigureRevision.objects.filter(figure__in=figures, entered_by=by.user)
    own = set(entered.values_list("figure_id", flat=True))
    for figure in figures:
        if figure.pk in own:
            raise RoundRefused(
                f"You submitted {_named(figure)} yourself, so somebody else accepts it. Nothing was accepted."
            )


def _refuse_own_question(act: _Act, figure: Figure) -> None:
    """Who holds roles in both parties doesn't speak for the one to the other."""
    query = last_query(figure)
    if act.party == PROVIDER and query is not None and query.taken_by_id == act.by.user.pk:
        raise RoundRefused(
            f"You asked this about {_named(figure)} yourself, so somebody else answers it for the Trust. Nothing was"
            " changed."
        )


def _say(act: _Act, seen: FigureRevision) -> bool:
    """One act in words on one figure."""
    lock_figures(act.by.contract)
    [figure] = _current(act.by, [seen])
    if _done_already(act, figure):
        return False
    _refuse_own_question(act, figure)
    taken = _taken(act, figure)
    [step] = _take([taken])
    _tell(act, step)
    label = act.kind.label.lower()
    _record(act.by, f"figure.{act.kind}", [figure], label, taken.change)
    move_on(act.by.contract)
    return True


def _tell(act: _Act, step: Step) -> None:
    """The other party is told, in the transaction of the step itself."""
    if act.kind in ASKING:
        tell_queried(by=act.by, step=step)
    else:
        how = DISPUTED if act.kind == Kind.DISPUTED else EXPLAINED
        tell_answered(by=act.by, figures=[step.figure], how=how)


def _done_already(act: _Act, figure: Figure) -> bool:
    """The same form sent twice has one effect: the last step is this very one, and the figure stands where it led."""
    steps = list(figure.steps.all())
    last = steps[-1] if steps else None
    return (
        last is not None
        and (last.kind, last.revision_id, last.words, last.answer_by, last.taken_by_id)
        == (act.kind, figure.latest_id, act.words, act.answer_by, act.by.user.pk)
        and figure.state in [state for (_, name), state in rules.AFTER.items() if name == act.name]
    )


def _taken(act: _Act, figure: Figure) -> _Taken:
    """The step that the table of the round allows, and where it leads; refused where it allows none. No query."""
    where = where_it_stands(figure)
    state = rules.after(where, act.name)
    if state is None:
        raise _refusal(figure, where)
    latest = figure.latest
    assert latest is not None
    step = Step(
        figure=figure,
        revision=latest,
        kind=act.kind,
        words=act.words,
        answer_by=act.answer_by,
        party=act.party,
        taken_by=act.by.user,
        taken_as=act.by.user.display_name,
    )
    change = {
        "figure": str(figure),
        "revision": latest.number,
        "value": numbers_in_words(latest.numerator, latest.denominator, latest.value),
        "state": [figure.state, state],
    }
    said = {"words": act.words, "answer_by": act.answer_by}
    return _Taken(step, state, change | {name: given for name, given in said.items() if given})


def _take(taken: Sequence[_Taken], **pointers: F) -> list[Step]:
    """Keeps the steps, which lead to one state, and moves their figures on. Two queries, however many they are.

    The steps come first: the database refuses a figure that is accepted without one.
    """
    [state] = {move.state for move in taken}
    steps = Step.objects.bulk_create([move.step for move in taken])
    Figure.objects.filter(pk__in=[step.figure_id for step in steps]).update(state=state, **pointers)
    return steps


def _named(figure: Figure) -> str:
    """The figure as people read it: "PI1 of March 2020"."""
    return f"{figure.indicator.code} of {Month.of(figure.month).label}"


def _refusal(figure: Figure, where: str) -> RoundRefused:
    if where == rules.OUTSIDE:
        return RoundRefused(
            f"{_named(figure)} was entered outside the round, so there is nothing to ask or answer."
        )
    return FigureConflict(
        f"{_named(figure)} {REFUSALS[where]}. Nothing was changed; look at it as it is now."
    )


def _record(
    by: Participant, action: str, figures: Sequence[Figure], words: str, changes: dict[str, Any]
) -> None:
    """The summary names figures and acts alone: administrators read it, who may see neither figures nor words."""
    names = ", ".join(str(figure) for figure in figures)
    record(
        by=by.user,
        action=action,
        subject=figures[0] if len(figures) == 1 else by.contract,
        contract=by.contract.code,
        summary=f"{names} {words}.",
        changes=changes,
    )
