"""Writes notices, in the transaction of what they tell: who takes a step calls the function of that step.

A notice names indicator, month, who acted and by when, and leads to the page. It never says a figure, nor words that a
person typed, because figures may stand in them. Whoever acts is not told about their own act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max
from django.urls import reverse

from kpis.models import Figure, Notice, NoticeChoice, Step
from kpis.selectors.round import ASKING
from parties.access import Reader
from parties.models import Contract, Membership, User
from parties.roles import Role
from sandwell.numbers import count_words
from sandwell.periods import Month

Kind = Notice.Kind

EXPLAINED, DISPUTED, REVISED = "explained", "disputed the query about", "revised after the query"


def tell_queried(*, reader: Reader, step: Step) -> None:
    """The Trust is told that the council asks about a figure, and by when it waits for the answer."""
    assert step.answer_by is not None
    _tell_others(
        reader,
        Role.TRUST_MANAGER,
        Kind.QUERIED,
        key=f"step {step.pk}",
        words=f"{_who(reader, reader.contract.commissioner.short_name)} asks about {_name(step.figure)};"
        f" an answer is due by {day_words(step.answer_by)}.",
        path=_figure_page(reader.contract, step.figure),
    )


def step_of(notice: Notice) -> int | None:
    """The key of the step that a notice of a query tells of."""
    number = notice.key.removeprefix("step ")
    return int(number) if number.isdecimal() else None


def tell_answered(*, reader: Reader, figures: Sequence[Figure], how: str) -> None:
    """The council is told, figure by figure, that the Trust answered its query.

    ``figures`` were queried until now, each with its indicator; ``how`` is EXPLAINED, DISPUTED or REVISED. A query is
    answered once: told again, nothing is added.
    """
    queries = _last_queries(figures)
    for figure in (one for one in figures if one.pk in queries):
        _tell_others(
            reader,
            Role.CLIENT_OFFICER,
            Kind.ANSWERED,
            key=f"query {queries[figure.pk]}",
            words=f"{_who(reader, reader.contract.provider.short_name)} {how} {_name(figure)}.",
            path=_figure_page(reader.contract, figure),
        )


def tell_accepted(*, reader: Reader, steps: Sequence[Step]) -> None:
    """The Trust is told once what was accepted in one act, however many figures it were."""
    figures = [step.figure for step in steps]
    months = sorted({Month.of(figure.month) for figure in figures})
    what = (
        _name(figures[0])
        if len(figures) == 1
        else f"{count_words(len(figures), 'figure')} of {_months_words(months)}"
    )
    _tell_others(
        reader,
        Role.TRUST_MANAGER,
        Kind.ACCEPTED,
        key=f"step {steps[0].pk}",
        words=f"{_who(reader, reader.contract.commissioner.short_name)} accepted {what}.",
        path=_figure_page(reader.contract, figures[0])
        if len(figures) == 1
        else review_page(reader.contract, months[-1]),
    )


def people_of_parties(duties: Iterable[tuple[Role, Contract]]) -> dict[tuple[Role, int], list[User]]:
    """For each role and contract's key who holds the role in the party whose it is, and can sign in. One query.

    By key, so that everybody who writes about people locks their rows in one order.
    """
    party = {
        (role, contract.pk): contract.provider_id if role == Role.TRUST_MANAGER else contract.commissioner_id
        for role, contract in duties
    }
    held = Membership.objects.filter(
        role__in={role for role, _ in party}, organisation__in=set(party.values()), user__is_active=True
    )
    people = defaultdict(list)
    for membership in held.select_related("user").order_by("user_id"):
        people[membership.role, membership.organisation_id].append(membership.user)
    return {(role, key): people[role, organisation] for (role, key), organisation in party.items()}


def tell(*, people: Sequence[User], contract: Contract, kind: str, key: str, words: str, path: str) -> None:
    """One notice for each of the people; for those who have it already, nothing."""
    unwanted = NoticeChoice.objects.filter(kind=kind, user__in=people).values_list("user_id", flat=True)
    no_mail = set(unwanted)
    Notice.objects.bulk_create(
        [
            Notice(
                user=person,
                contract=contract,
                kind=kind,
                key=key,
                words=words,
                path=path,
                by_mail=person.pk not in no_mail,
            )
            for person in people
        ],
        ignore_conflicts=True,
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


def day_words(when: date) -> str:
    """12 April 2019."""
    return f"{when.day} {Month.of(when).label}"


def _tell_others(reader: Reader, role: Role, kind: str, *, key: str, words: str, path: str) -> None:
    """All who hold the role in the party whose role it is, but for the one who acts."""
    people = people_of_parties([(role, reader.contract)])[role, reader.contract.pk]
    others = [person for person in people if person.pk != reader.user.pk]
    tell(people=others, contract=reader.contract, kind=kind, key=key, words=words, path=path)


def _who(reader: Reader, party: str) -> str:
    return f"{reader.user.display_name} of {party}"


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
