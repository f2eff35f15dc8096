"""Writes notices, in the transaction of what they tell: who takes a step calls the function of that step.

A notice names indicator, month, who acted and by when, and leads to the page. It never says a figure, nor words that a
person typed, because figures may stand in them. Whoever acts is not told about their own act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words
from kpis.figures.models import Figure
from kpis.review.models import Step
from kpis.review.selectors import ASKING
from notices.creating import notify_others
from notices.models import Notice
from parties.models import Contract
from parties.participants import Participant
from parties.selectors import Audience

QUERIED, ANSWERED, ACCEPTED = "queried", "answered", "accepted"

EXPLAINED, DISPUTED, REVISED = "explained", "disputed the query about", "revised after the query"


def tell_queried(*, by: Participant, step: Step) -> None:
    """The Trust is told that the council asks about a figure, and by when it waits for the answer."""
    assert step.answer_by is not None
    notify_others(
        by=by.user,
        audience=Audience("query.answer", by.contract),
        kind=QUERIED,
        key=f"step {step.pk}",
        words=f"{_who(by, by.contract.commissioner.short_name)} asks about {_name(step.figure)};"
        f" an answer is due by {day_words(step.answer_by)}.",
        path=_figure_page(by.contract, step.figure),
    )


def tell_answered(*, by: Participant, figures: Sequence[Figure], how: str) -> None:
    """The council is told, figure by figure, that the Trust answered its query.

    ``figures`` were queried until now, each with its indicator; ``how`` is EXPLAINED, DISPUTED or REVISED. A query is
    answered once: told again, nothing is added.
    """
    queries = _last_queries(figures)
    for figure in [figure for figure in figures if figure.pk in queries]:
        notify_others(
            by=by.user,
            audience=Audience("figure.answer", by.contract),
            kind=ANSWERED,
            key=f"query {queries[figure.pk]}",
            words=f"{_who(by, by.contract.provider.short_name)} {how} {_name(figure)}.",
            path=_figure_page(by.contract, figure),
        )


def tell_accepted(*, by: Participant, steps: Sequence[Step]) -> None:
    """The Trust is told once what was accepted in one act, however many figures it were."""
    figures = [step.figure for step in steps]
    months = sorted({Month.of(figure.month) for figure in figures})
    what = (
        _name(figures[0])
        if len(figures) == 1
        else f"{count_words(len(figures), 'figure')} of {_months_words(months)}"
    )
    notify_others(
        by=by.user,
        audience=Audience("query.answer", by.contract),
        kind=ACCEPTED,
        key=f"step {steps[0].pk}",
        words=f"{_who(by, by.contract.commissioner.short_name)} accepted {what}.",
        path=_figure_page(by.contract, figures[0])
        if len(figures) == 1
        else review_page(by.contract, months[-1]),
    )


def review_page(contract: Contract, month: Month) -> str:
    """Where the review of a month stands."""
    return f"{reverse('kpis:review', args=[contract.code])}?month={month}"


def figure_page(contract: Contract, code: str, month: Month) -> str:
    """Where both parties speak about one figure."""
    return f"{reverse('kpis:figure-review', args=[contract.code, code])}?month={month}"


def name_words(code: str, name: str, month: Month) -> str:
    """PI8 Assessments in time, March 2020."""
    return f"{code} {name}, {month.label}"


def _who(by: Participant, party: str) -> str:
    return f"{by.user.display_name} of {party}"


def _name(figure: Figure) -> str:
    return name_words(figure.indicator.code, figure.indicator.short_name, Month.of(figure.month))


def _months_words(months: Sequence[Month]) -> str:
    if len(months) == 1:
        return months[0].label
    return f"{count_words(len(months), 'month')} from {months[0].label} to {months[-1].label}"


def _figure_page(contract: Contract, figure: Figure) -> str:
    return figure_page(contract, figure.indicator.code, Month.of(figure.month))


def _last_queries(figures: Sequence[Figure]) -> dict[int, int]:
    """The key of the last query about each figure."""
    queries = Step.objects.filter(figure__in=figures, kind__in=ASKING).order_by()
    return dict(queries.values_list("figure").annotate(last=Max("pk")))


def settled_queries(notices: Sequence[Notice], today: date) -> list[int]:
    """Keys of notices of queries that were answered, accepted or asked anew meanwhile. One query."""
    asked = {_step_of(notice): notice for notice in notices}
    later = Step.objects.filter(figure=OuterRef("figure"), pk__gt=OuterRef("pk"))
    settled = Step.objects.filter(
        ~Q(figure__state=Figure.State.QUERIED) | Exists(later), pk__in=[pk for pk in asked if pk is not None]
    )
    return [asked[pk].pk for pk in settled.values_list("pk", flat=True)]


def _step_of(notice: Notice) -> int | None:
    """The key of the step that a notice of a query tells of."""
    number = notice.key.removeprefix("step ")
    return int(number) if number.isdecimal() else None
