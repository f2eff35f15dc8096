"""States how recommendations stand: one statement for each reference and phase, beside what the actions come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from audit.services import record
from core.refusals import Refused
from core.values.words import says_something
from improvement.models import Plan, Recommendation, Reference, Statement
from improvement.models.event import Provenance
from improvement.plans.as_at import actions_as_at, computed
from improvement.plans.marks import mark_of_all
from improvement.plans.selectors import NOT_KEPT, keeps
from improvement.rules.status import SAID, ComesTo, Status, speaks_otherwise
from parties.participants import Participant


class StatementRefused(Refused):
    """It can't be stated so, or not by this person; nothing was. ``phase`` is the one that is meant, 0: neither."""

    def __init__(self, message: str, phase: int = 0) -> None:
        super().__init__(message)
        self.phase = phase


class StatementConflict(StatementRefused):
    """Actions or statements moved on since the page was opened."""


@dataclass(frozen=True)
class Said:
    """What is stated of a phase; ``words`` say why, where the actions come to something else or aren't recorded."""

    status: Status
    words: str = ""


@dataclass(frozen=True)
class Stands:
    """How a row stands: what its actions come to, by phase, and the latest statement, by reference's key and phase.

    What its actions come to is None where it never had one.
    """

    comes_to: Mapping[int, ComesTo | None]
    latest: Mapping[tuple[int, int], Statement]

    def computed(self, phase: int) -> Status:
        """As it is kept beside a statement."""
        found = self.comes_to[phase]
        return found.status if found else Status.UNKNOWN

    @property
    def mark(self) -> str:
        """Another one wherever what its actions come to, or a statement, moved on."""
        last = max((statement.pk for statement in self.latest.values()), default=0)
        told = [found.words if found else "" for found in self.comes_to.values()]
        return mark_of_all({"comes to": told, "last": last})


def standing_of(recommendation: Recommendation, day: date) -> Stands:
    """How a row stands on a day that is today. Two queries."""
    plan = recommendation.priority.plan
    comes_to = computed(
        one for one in actions_as_at(plan, day, day) if one.recommendation == recommendation.pk
    )
    told = latest_statements(plan, day).filter(reference__recommendation=recommendation)
    return Stands(
        {phase: comes_to.get((recommendation.pk, phase)) for phase in (1, 2)},
        {(row.reference_id, row.phase): row for row in told},
    )


@transaction.atomic
def state(
    *,
    by: Participant,
    references: Sequence[Reference],
    said: Mapping[int, Said],
    day: date,
    seen: str | None = None,
) -> int:
    """States the phases of references that share a row, and says how many statements were made.

    ``seen`` is the mark of how the row stood for the person, None: it is no matter. StatementConflict where it moved on
    since; StatementRefused for anything else.
    """
    recommendation = _row_of(references)
    _lock(by, recommendation.priority.plan)
    if not said:
        raise StatementRefused("Say where at least one phase stands.", 1)
    stands = standing_of(recommendation, day)
    if seen is not None and seen != stands.mark:
        raise StatementConflict(
            f"{recommendation.code} moved on since you opened it. Nothing was stated; compare, then state it again."
        )
    for phase, one in sorted(said.items()):
        _refuse(phase, one, stands.comes_to[phase])
    made = Statement.objects.bulk_create(
        Statement(
            reference=reference,
            phase=phase,
            status=one.status,
            computed=stands.computed(phase),
            words=one.words.strip(),
            day=day,
            provenance=Provenance.RETURNED,
            party=by.party,
            taken_by=by.user,
            taken_as=by.user.display_name,
        )
        for reference in references
        for phase, one in sorted(said.items())
    )
    _in_trail(by, recommendation, references, said, stands)
    return len(made)


def _lock(by: Participant, plan: Plan) -> None:
    """One person at a time states; refused where the plan isn't theirs to write."""
    locked = Plan.objects.visible_to(by).select_for_update(no_key=True).filter(pk=plan.pk).first()
    if locked is None or not keeps(by, locked):
        raise StatementRefused(f"{NOT_KEPT} Nothing was stated.")


def _in_trail(
    by: Participant,
    recommendation: Recommendation,
    references: Sequence[Reference],
    said: Mapping[int, Said],
    stands: Stands,
) -> None:
    codes = [reference.code for reference in references]
    told = [f"phase {phase} {one.status.label.lower()}" for phase, one in sorted(said.items())]
    record(
        by=by.user,
        action="plan.stated",
        subject=recommendation,
        contract=by.contract.code,
        summary=f"{', '.join(codes)}: {', '.join(told)}.",
        changes={"references": codes}
        | {
            f"phase_{phase}": {"computed": stands.computed(phase), "stated": one.status, "words": one.words}
            for phase, one in said.items()
        },
    )


def _row_of(references: Sequence[Reference]) -> Recommendation:
    rows = {reference.recommendation for reference in references}
    row = rows.pop() if len(rows) == 1 else None
    if row is None:
        raise StatementRefused("Choose references of one recommendation. Nothing was stated.")
    return row


def _refuse(phase: int, said: Said, comes_to: ComesTo | None) -> None:
    """A phase is stated as its actions come to, or else with a reason; Phase 2 is completed by confirmations alone."""
    words = comes_to.words if comes_to else "it has none yet"
    if said.status not in SAID:
        raise StatementRefused("Choose where it stands.", phase)
    if phase == 2 and said.status == Status.COMPLETED and comes_to != ComesTo(Status.COMPLETED):
        raise StatementRefused(
            f"Phase 2 is completed once that is confirmed of all its actions: {words}.", phase
        )
    if speaks_otherwise(said.status, comes_to, printed=False) and not says_something(said.words):
        raise StatementRefused(f"Say why you state it otherwise: {words}.", phase)


def state_as_computed(*, plan: Plan, day: date, written: Mapping[str, Any]) -> int:
    """Each reference of the overview whose actions say where it stands is stated so, where that is news. Four queries.

    Nothing is stated of a reference whose actions leave it open.
    """
    comes_to = {key: found.status for key, found in computed(actions_as_at(plan, day, day)).items()}
    references = Reference.objects.filter(plan=plan, block__isnull=False, recommendation__isnull=False)
    latest = {(row.reference_id, row.phase): row.status for row in latest_statements(plan, day)}
    rows = [
        Statement(reference=reference, phase=phase, status=status, computed=status, day=day, **written)
        for reference in references
        for phase in (1, 2)
        if (status := comes_to.get((reference.recommendation_id or 0, phase), Status.UNKNOWN))
        != Status.UNKNOWN
        and latest.get((reference.pk, phase)) != status
    ]
    return len(Statement.objects.bulk_create(rows))


def latest_statements(plan: Plan, day: date) -> QuerySet[Statement]:
    """The latest statement of each reference and phase up to a day. One query."""
    told = Statement.objects.filter(reference__plan=plan, day__lte=day).order_by()
    last = told.values("reference", "phase").annotate(last=Max("pk")).values("last")
    return Statement.objects.filter(pk__in=last).order_by()
