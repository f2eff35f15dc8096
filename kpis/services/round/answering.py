"""What the council does with a submitted figure, and what the Trust answers; each step is kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.services import record
from kpis.models import Figure, FigureRevision, Step
from kpis.rules import round as rules
from kpis.rules.figures import numbers_in_words
from kpis.selectors.round import ASKING, where_it_stands
from kpis.services.notices.telling import DISPUTED, EXPLAINED, tell_accepted, tell_answered, tell_queried
from kpis.services.round.refusals import FigureConflict, RoundRefused
from kpis.services.versions import lock_figures, move_on
from parties.access import COMMISSIONER, PROVIDER, Reader

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

    reader: Reader
    name: str
    words: str = ""
    answer_by: date | None = None

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]

    @property
    def party(self) -> str:
        return PROVIDER if self.name in (rules.EXPLAIN, rules.DISPUTE) else COMMISSIONER


@transaction.atomic
def accept_figures(*, reader: Reader, seen: Sequence[FigureRevision], withdraws: bool = False) -> int:
    """Accept the revisions that the officer has seen, all or none, and say how many were accepted now.

    A figure with an open query is accepted only by whoever says that they withdraw the query (``withdraws``).
    FigureConflict where one was revised or queried meanwhile; RoundRefused for who submitted one of them.
    """
    _require_council(reader)
    lock_figures(reader.contract)
    figures = [_current(reader, one) for one in seen]
    waiting = [figure for figure in figures if figure.state != rules.ACCEPTED]
    for figure in waiting:
        _refuse_own_work(reader, figure)
    taken = []
    for figure in waiting:
        withdrawn = withdraws and figure.state == rules.QUERIED
        act = _Act(reader, rules.WITHDRAW, WITHDRAWN) if withdrawn else _Act(reader, rules.ACCEPT)
        taken.append(_take(act, figure, accepted=figure.latest))
    if waiting:
        tell_accepted(reader=reader, steps=[step for step, _ in taken])
        changes = [change for _, change in taken]
        _record(reader, "figures.accepted", waiting, "accepted", {"figures": changes})
        move_on(reader.contract)
    return len(waiting)


@transaction.atomic
def query_figure(
    *,
    reader: Reader,
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
    _require_council(reader)
    if not reason.strip():
        raise RoundRefused("Say what you ask about.")
    if answer_by < today:
        raise RoundRefused("The day to answer by is over already. Give a later one.")
    return _say(_Act(reader, rules.REOPEN if reopens else rules.QUERY, reason.strip(), answer_by), seen)


@transaction.atomic
def explain_figure(*, reader: Reader, seen: FigureRevision, words: str, disputes: bool) -> bool:
    """The Trust's answer to a query in words: it explains the figure, or disputes the query; the figure stands.

    False where the same was answered already.
    """
    if not reader.may("query.answer"):
        raise RoundRefused("A query is answered by the Trust.")
    if not words.strip():
        raise RoundRefused("Write your answer.")
    return _say(_Act(reader, rules.DISPUTE if disputes else rules.EXPLAIN, words.strip()), seen)


def _require_council(reader: Reader) -> None:
    if not reader.may("figure.answer"):
        raise RoundRefused("Figures are accepted and queried by the council.")


def _current(reader: Reader, seen: FigureRevision) -> Figure:
    """The figure of that revision, which still is its latest one."""
    figures = Figure.objects.filter(indicator__contract=reader.contract)
    figure = figures.select_related("latest", "indicator").get(pk=seen.figure_id)
    if figure.latest_id != seen.pk:
        raise FigureConflict(
            f"{figure} was revised meanwhile. Nothing was changed; look at its latest revision first."
        )
    return figure


def _refuse_own_work(reader: Reader, figure: Figure) -> None:
    """The database refuses it too; this says so before it comes to that."""
    if figure.revisions.filter(entered_by=reader.user).exists():
        raise RoundRefused(
            f"You submitted {figure} yourself, so somebody else accepts it. Nothing was accepted."
        )


def _say(act: _Act, seen: FigureRevision) -> bool:
    """One act in words on one figure."""
    lock_figures(act.reader.contract)
    figure = _current(act.reader, seen)
    if _done_already(act, figure):
        return False
    step, change = _take(act, figure)
    _tell(act, step)
    label = act.kind.label.lower()
    _record(act.reader, f"figure.{act.kind}", [figure], label, change)
    move_on(act.reader.contract)
    return True


def _tell(act: _Act, step: Step) -> None:
    """The other party is told, in the transaction of the step itself."""
    if act.kind in ASKING:
        tell_queried(reader=act.reader, step=step)
    else:
        how = DISPUTED if act.kind == Kind.DISPUTED else EXPLAINED
        tell_answered(reader=act.reader, figures=[step.figure], how=how)


def _done_already(act: _Act, figure: Figure) -> bool:
    """The same form sent twice has one effect: the last step is this very one, and the figure stands where it led."""
    last = figure.steps.last()
    return (
        last is not None
        and (last.kind, last.revision_id, last.words, last.answer_by, last.taken_by_id)
        == (act.kind, figure.latest_id, act.words, act.answer_by, act.reader.user.pk)
        and figure.state in [state for (_, name), state in rules.AFTER.items() if name == act.name]
    )


def _take(act: _Act, figure: Figure, **pointers: FigureRevision | None) -> tuple[Step, dict[str, Any]]:
    """Takes the step and moves the figure on, by the table; the step, and what changed in words for the trail."""
    where = where_it_stands(figure)
    state = rules.after(where, act.name)
    if state is None:
        raise _refusal(figure, where)
    assert figure.latest is not None
    step = Step.objects.create(
        figure=figure,
        revision=figure.latest,
        kind=act.kind,
        words=act.words,
        answer_by=act.answer_by,
        party=act.party,
        taken_by=act.reader.user,
        taken_as=act.reader.user.display_name,
    )
    Figure.objects.filter(pk=figure.pk).update(state=state, **pointers)
    latest = figure.latest
    change = {
        "figure": str(figure),
        "revision": latest.number,
        "value": numbers_in_words(latest.numerator, latest.denominator, latest.value),
        "state": [figure.state, state],
    }
    said = {"words": act.words, "answer_by": act.answer_by}
    return step, change | {name: given for name, given in said.items() if given}


def _refusal(figure: Figure, where: str) -> RoundRefused:
    if where == rules.OUTSIDE:
        return RoundRefused(
            f"{figure} was entered as it was printed, outside the round, so there is nothing to ask or answer."
        )
    return FigureConflict(f"{figure} {REFUSALS[where]}. Nothing was changed; look at it as it is now.")


def _record(
    reader: Reader, action: str, figures: Sequence[Figure], words: str, changes: dict[str, Any]
) -> None:
    """The summary names figures and acts alone: administrators read it, who may see neither figures nor words."""
    names = ", ".join(str(figure) for figure in figures)
    record(
        by=reader.user,
        action=action,
        subject=figures[0] if len(figures) == 1 else reader.contract,
        contract=reader.contract.code,
        summary=f"{names} {words}.",
        changes=changes,
    )
