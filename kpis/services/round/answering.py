"""What the council does with a submitted figure, and what the Trust answers; each step is kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from audit.services import record
from kpis.models import Figure, FigureRevision, Step
from kpis.services.notices.telling import DISPUTED, EXPLAINED, tell_accepted, tell_answered, tell_queried
from kpis.services.round.refusals import FigureConflict, RoundRefused
from kpis.services.versions import lock_figures, move_on
from parties.access import COMMISSIONER, PROVIDER, Reader

State, Kind = Figure.State, Step.Kind


@transaction.atomic
def accept_figures(*, reader: Reader, seen: Sequence[FigureRevision]) -> int:
    """Accept the revisions that the officer has seen, all or none, and say how many were accepted now.

    FigureConflict where one was revised meanwhile; RoundRefused for who submitted one of them.
    """
    _require_council(reader)
    lock_figures(reader.contract)
    figures = [_current(reader, one) for one in seen]
    waiting = [figure for figure in figures if figure.state != State.ACCEPTED]
    for figure in waiting:
        _refuse_own_work(reader, figure)
    steps = [_step(reader, figure, Kind.ACCEPTED, COMMISSIONER) for figure in waiting]
    for figure in waiting:
        Figure.objects.filter(pk=figure.pk).update(state=State.ACCEPTED, accepted=figure.latest)
    if waiting:
        tell_accepted(reader=reader, steps=steps)
        _note(reader, "figures.accepted", waiting, "accepted")
        move_on(reader.contract)
    return len(waiting)


@transaction.atomic
def query_figure(
    *, reader: Reader, seen: FigureRevision, reason: str, answer_by: date, today: date
) -> Figure:
    """Ask the Trust about a figure, with a reason and a day to answer by."""
    _require_council(reader)
    lock_figures(reader.contract)
    figure = _current(reader, seen)
    if not reason.strip():
        raise RoundRefused("Say what you ask about.")
    if answer_by < today:
        raise RoundRefused("The day to answer by is over already. Give a later one.")
    if _said_already(reader, figure, Kind.QUERIED, reason.strip()):
        return figure
    step = _step(reader, figure, Kind.QUERIED, COMMISSIONER, reason.strip(), answer_by)
    tell_queried(reader=reader, step=step)
    return _moved(reader, figure, State.QUERIED, f"queried: {reason.strip()}")


@transaction.atomic
def explain_figure(*, reader: Reader, seen: FigureRevision, words: str, disputes: bool) -> Figure:
    """The Trust's answer to a query in words: it explains the figure, or disputes the query; the figure stands."""
    if not reader.may("query.answer"):
        raise RoundRefused("A query is answered by the Trust.")
    lock_figures(reader.contract)
    figure = _current(reader, seen)
    if not words.strip():
        raise RoundRefused("Write your answer.")
    kind, state = (Kind.DISPUTED, State.DISPUTED) if disputes else (Kind.EXPLAINED, State.SUBMITTED)
    if _said_already(reader, figure, kind, words.strip()):
        return figure
    if figure.state != State.QUERIED:
        raise RoundRefused("This figure isn't queried, so there is nothing to answer.")
    _step(reader, figure, kind, PROVIDER, words.strip())
    tell_answered(reader=reader, figures=[figure], how=DISPUTED if disputes else EXPLAINED)
    return _moved(reader, figure, state, f"{kind.label.lower()}: {words.strip()}")


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


def _said_already(reader: Reader, figure: Figure, kind: str, words: str) -> bool:
    """The same form sent twice has one effect."""
    last = figure.steps.last()
    return last is not None and (last.kind, last.words, last.taken_by_id) == (kind, words, reader.user.pk)


def _step(
    reader: Reader, figure: Figure, kind: str, party: str, words: str = "", answer_by: date | None = None
) -> Step:
    assert figure.latest is not None
    return Step.objects.create(
        figure=figure,
        revision=figure.latest,
        kind=kind,
        words=words,
        answer_by=answer_by,
        party=party,
        taken_by=reader.user,
        taken_as=reader.user.display_name,
    )


def _moved(reader: Reader, figure: Figure, state: str, words: str) -> Figure:
    Figure.objects.filter(pk=figure.pk).update(state=state)
    figure.state = state
    _note(reader, f"figure.{state}", [figure], words)
    move_on(reader.contract)
    return figure


def _note(reader: Reader, action: str, figures: Sequence[Figure], words: str) -> None:
    names = ", ".join(str(figure) for figure in figures)
    record(
        by=reader.user,
        action=action,
        subject=figures[0] if len(figures) == 1 else reader.contract,
        contract=reader.contract.code,
        summary=f"{names} {words}.",
    )
