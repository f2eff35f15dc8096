"""Versions of a budget as pages show them: what holds, what waits, and what each change does to each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from budgets.books.amounts import lines_counted
from budgets.books.keeping import takes_part
from budgets.books.names import division_of
from budgets.books.places import above, book_url, line_url
from budgets.models import Book, Proposal, ProposalAnswer, ProposedAmount, Version
from budgets.rules.budget_change import LineChange, net_of
from budgets.rules.money import signed, written
from budgets.rules.tree import Side
from core.values.months import ContractYear
from core.values.numbers import count_words
from core.values.words import day_words
from parties.participants import PROVIDER, Participant

HEADING = "Versions of the budget"
Parents = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Stamp:
    """What a party said, who and when."""

    what: str
    party: str
    who: str
    words: str


@dataclass(frozen=True)
class ChangeRow:
    number: int
    url: str
    name: str
    words: str
    comes_to: str
    stamps: Sequence[Stamp]
    state: str
    version: int | None


@dataclass(frozen=True)
class LoadedRow:
    name: str
    words: str
    source: str
    illustrative: bool


@dataclass(frozen=True)
class VersionsPage:
    book: Book
    parents: Parents
    summary: str
    waiting: Sequence[ChangeRow]
    agreed: Sequence[ChangeRow]
    loaded: Sequence[LoadedRow]
    settled: Sequence[ChangeRow]
    offers: Sequence[tuple[str, str]]  # the years of which a change may be proposed, and where


@dataclass(frozen=True)
class AmountRow:
    name: str
    division: str
    url: str
    before: str
    after: str
    difference: str
    income: bool = False


@dataclass(frozen=True)
class ChangePage:
    book: Book
    parents: Parents
    url: str
    change: ChangeRow
    rows: Sequence[AmountRow]
    total: AmountRow
    answers: bool  # the reader agrees or declines
    withdraws: bool


def versions_url(participant: Participant, book: Book) -> str:
    return reverse("budgets:versions", args=[participant.contract.code, book.code])


def change_url(participant: Participant, book: Book, number: int) -> str:
    return reverse("budgets:change", args=[participant.contract.code, book.code, number])


def propose_url(participant: Participant, book: Book, year: ContractYear) -> str:
    return reverse("budgets:propose-change", args=[participant.contract.code, book.code, year.start])


def above_versions(participant: Participant, book: Book) -> Parents:
    return [*above(participant), (book.name, book_url(participant, book))]


def versions_page(
    participant: Participant,
    book: Book,
    proposals: Sequence[Proposal],
    loaded: Sequence[Version],
    years: Sequence[ContractYear],
) -> VersionsPage:
    """No query."""
    rows = {proposal.pk: _change(participant, book, proposal) for proposal in proposals}
    kinds = {proposal.pk: _answer_kind(proposal) for proposal in proposals}
    agreed = [row for pk, row in rows.items() if kinds[pk] == ProposalAnswer.Kind.AGREED]
    waiting = [row for pk, row in rows.items() if not kinds[pk]]
    return VersionsPage(
        book=book,
        parents=above_versions(participant, book),
        summary=_summary(len(agreed), len(waiting)),
        waiting=waiting,
        agreed=sorted(agreed, key=lambda row: -(row.version or 0)),
        loaded=[_loaded(version) for version in loaded],
        settled=[row for pk, row in rows.items() if kinds[pk] in ("declined", "withdrawn")],
        offers=[(year.label, propose_url(participant, book, year)) for year in years]
        if takes_part(participant, book)
        else [],
    )


def change_page(participant: Participant, book: Book, proposal: Proposal) -> ChangePage:
    """No query."""
    amounts = list(proposal.amounts.all())
    part = takes_part(participant, book) and not _answer_kind(proposal)
    own = participant.party == proposal.party
    return ChangePage(
        book=book,
        parents=[
            *above_versions(participant, book),
            (HEADING, versions_url(participant, book)),
        ],
        url=change_url(participant, book, proposal.number),
        change=_change(participant, book, proposal),
        rows=[_amount(participant, book, amount) for amount in amounts],
        total=_total(amounts),
        answers=part and not own and participant.user.pk != proposal.proposed_by_id,
        withdraws=part and own,
    )


def _summary(agreed: int, waiting: int) -> str:
    words = f"{count_words(agreed, 'change')} agreed by both parties" if agreed else "No change is agreed yet"
    return f"{words}; {waiting} waiting for an answer." if waiting else f"{words}."


def _answer_kind(proposal: Proposal) -> str:
    answer = getattr(proposal, "answer", None)
    return answer.kind if answer else ""


def _change(participant: Participant, book: Book, proposal: Proposal) -> ChangeRow:
    answer: ProposalAnswer | None = getattr(proposal, "answer", None)
    version: Version | None = getattr(proposal, "version", None)
    stamps = [_stamp(participant, "Proposed", proposal.party, proposal.proposed_as, proposal.day)]
    if answer:
        stamps.append(
            _stamp(
                participant,
                answer.get_kind_display(),
                answer.party,
                answer.taken_as,
                answer.day,
                answer.words,
            )
        )
    return ChangeRow(
        number=proposal.number,
        url=change_url(participant, book, proposal.number),
        name=f"{proposal.get_kind_display()} of {ContractYear(proposal.year)}",
        words=proposal.words,
        comes_to=_comes_to(_changes(list(proposal.amounts.all()))),
        stamps=stamps,
        state=answer.get_kind_display() if answer else "Waits for an answer",
        version=version.number if version else None,
    )


def _stamp(participant: Participant, what: str, party: str, who: str, day: date, words: str = "") -> Stamp:
    contract = participant.contract
    name = (contract.provider if party == PROVIDER else contract.commissioner).short_name
    return Stamp(what, name, f"{who}, {day_words(day)}", words)


def _changes(amounts: Sequence[ProposedAmount]) -> list[LineChange]:
    return [LineChange(one.before, one.after, one.line.tree_side) for one in amounts]


def _comes_to(changes: Sequence[LineChange]) -> str:
    net = net_of(changes)
    lines = count_words(len(changes), "line")
    return f"{signed(net)} net, {lines}" if net else f"Nil net, {lines}"


def _loaded(version: Any) -> LoadedRow:
    years = sorted({year for year in (version.first, version.last) if year is not None})
    of = " to ".join(ContractYear(year).label for year in years)
    lines = count_words(version.lines, "line")
    return LoadedRow(
        name=f"{version.get_kind_display()} of {of}: {lines}" if of else version.get_kind_display(),
        words=version.words,
        source=", ".join(part for part in (version.document, version.place) if part),
        illustrative=version.illustrative,
    )


def _amount(participant: Participant, book: Book, amount: ProposedAmount) -> AmountRow:
    change = LineChange(amount.before, amount.after, amount.line.tree_side)
    return AmountRow(
        name=amount.line.name,
        division=division_of(amount.line),
        url=line_url(participant, book, amount.line),
        before="" if amount.before is None else written(amount.before),
        after=written(amount.after),
        difference=signed(change.difference),
        income=change.side is Side.INCOME,
    )


def _total(amounts: Sequence[ProposedAmount]) -> AmountRow:
    """Expenditure less income of the lines that change."""
    changes = _changes(amounts)
    net = net_of(changes)
    before = sum(one.net for one in (LineChange(None, c.before or 0, c.side) for c in changes))
    known = lines_counted(sum(change.before is not None for change in changes), len(changes))
    division = f"Before: {known}" if known else ""
    difference = signed(net) if net else "Nil"
    return AmountRow("Together, net", division, "", written(before), written(before + net), difference)
