"""What is kept of a book's months, a year at a time: the latest entries, and over them the own party's drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, QuerySet

from budgets.books.amounts import budgets_of
from budgets.imports.columns import AMOUNTS
from budgets.models import Book, ClosedPeriod, Entry, Line, LineDraft, LineMonth
from budgets.months.drafting import FIELDS
from budgets.rules.money import for_file
from budgets.rules.periods import MONTHS, Period
from budgets.rules.written_money import NotAnAmount, pence_given
from core.values.months import ContractYear
from parties.participants import Participant

ENTERED = ("actual", "forecast", "committed", "mitigation", "words", "moved", "provenance")
STANDING = ("state", "latest_id", *(f"latest__{name}" for name in ENTERED))
DRAFT = ("version", "begun_from_id", "typed")
# What is written at once is kept in memory: so many lines and their periods.
PIECE = 250
NOTHING: Mapping[str, str] = dict.fromkeys(FIELDS, "")


@dataclass(frozen=True, slots=True)
class Submitted:
    """A line's period as it was submitted last: the state, the entry's key, and its columns in the order of ENTERED."""

    state: str
    entry: int
    said: Sequence[object]

    def texts(self) -> dict[str, str]:
        """As they would be typed. A reason belongs to its own entry alone."""
        found = dict(zip(ENTERED, self.said, strict=True))
        return {name: _text(found.get(name)) for name in FIELDS}

    def amount(self, name: str) -> int:
        """``name`` is actual or forecast, which every entry has."""
        return int(str(self.said[ENTERED.index(name)]))

    @property
    def illustrative(self) -> bool:
        return self.said[-1] == Entry.Provenance.ILLUSTRATIVE


@dataclass(frozen=True, slots=True)
class Drafted:
    version: int
    begun_from: int | None
    typed: Mapping[str, str]

    def texts(self) -> dict[str, str]:
        """Amounts as they are written in files, where they can be read."""
        typed = {name: str(self.typed.get(name, "")) for name in FIELDS}
        return typed | {name: normal(typed[name]) for name in AMOUNTS}


@dataclass(frozen=True)
class KeptYear:
    """One year by line's key and period, and the year's budgets by line's key."""

    submitted: Mapping[tuple[int, int], Submitted]
    drafted: Mapping[tuple[int, int], Drafted]
    budgets: Mapping[int, int | None]
    closed: frozenset[int]

    def texts(self, line: int, period: int) -> Mapping[str, str]:
        """What a form would show: the draft, else the latest entry; empty texts where there is neither."""
        kept = self.drafted.get((line, period)) or self.submitted.get((line, period))
        return kept.texts() if kept else NOTHING

    def taken_over(self, line: int, period: int) -> Mapping[str, str]:
        """What stays of it where a file lacks a column: nothing of what is illustrative, which is nobody's word."""
        submitted = self.submitted.get((line, period))
        drafted = (line, period) in self.drafted
        return NOTHING if submitted and submitted.illustrative and not drafted else self.texts(line, period)

    def amount(self, line: int, period: int, name: str) -> int | None:
        """Actual or forecast in pence, the draft's before the entry's; None where there is none that can be read."""
        submitted = self.submitted.get((line, period))
        drafted = self.drafted.get((line, period))
        text = str(drafted.typed.get(name, "")) if drafted else ""
        pence = pence_or_none(text) if text else None
        return pence if pence is not None else submitted.amount(name) if submitted else None

    def stands(self, line: int, period: int) -> str:
        """ "draft", "accepted, illustrative"; empty where there is nothing."""
        submitted = self.submitted.get((line, period))
        words = ["draft"] if (line, period) in self.drafted else []
        if submitted:
            words.append(LineMonth.State(submitted.state).label.lower())
            words += ["illustrative"] if submitted.illustrative else []
        return ", ".join(words)


@dataclass
class KeptBook:
    """A book's lines, and its years as they are asked for: four queries for each.

    With ``drafts`` what the own party drafted stands over what was submitted; else nothing of it is looked at. With
    ``only`` it is these lines of the book.
    """

    book: Book
    drafts: bool = True
    only: Sequence[Line] = ()
    _years: dict[int, KeptYear] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Line]:
        """Every row of the book from the top down, those that add up too. One query, or none for a piece."""
        return list(self.only or self.book.lines.all())

    @cached_property
    def lines(self) -> list[Line]:
        return [line for line in self.rows if line.kind == Line.Kind.LINE]

    def pieces(self) -> Iterator[KeptBook]:
        """The lines in their order, a few hundred at a time, so that a large book never is in memory as a whole."""
        if len(self.lines) <= PIECE:
            yield self
            return
        for at in range(0, len(self.lines), PIECE):
            yield KeptBook(self.book, self.drafts, only=self.lines[at : at + PIECE])

    def year(self, year: int) -> KeptYear:
        if year not in self._years:
            self._years[year] = KeptYear(
                submitted=self._submitted(year),
                drafted=self._drafted(year) if self.drafts else {},
                budgets=budgets_of(self.lines, year),
                closed=frozenset(
                    ClosedPeriod.objects.filter(book=self.book, year=year).values_list("period", flat=True)
                ),
            )
        return self._years[year]

    def periods(self, year: ContractYear) -> list[Period]:
        """April to March, and what adjusts the year where anything is kept of it. One query."""
        held = self._months(year.start).filter(period__gt=MONTHS).order_by().values_list("period", flat=True)
        if self.drafts:
            drafts = self._line_drafts(year.start).filter(period__gt=MONTHS).order_by()
            held = held.union(drafts.values_list("period", flat=True))
        return [Period(year, number) for number in (*range(1, MONTHS + 1), *sorted(set(held)))]

    def _submitted(self, year: int) -> dict[tuple[int, int], Submitted]:
        rows = self._months(year).order_by().values_list("line_id", "period", *STANDING)
        return {(line, period): Submitted(state, entry, said) for line, period, state, entry, *said in rows}

    def _drafted(self, year: int) -> dict[tuple[int, int], Drafted]:
        rows = self._line_drafts(year).order_by().values_list("line_id", "period", *DRAFT)
        return {
            (line, period): Drafted(version, begun, typed) for line, period, version, begun, typed in rows
        }

    def _months(self, year: int) -> QuerySet[LineMonth]:
        return LineMonth.objects.filter(self._of_lines(), year=year, latest__isnull=False)

    def _line_drafts(self, year: int) -> QuerySet[LineDraft]:
        return LineDraft.objects.filter(self._of_lines(), year=year)

    def _of_lines(self) -> Q:
        return Q(line__in=[line.pk for line in self.only]) if self.only else Q(line__book=self.book)


@dataclass(frozen=True)
class KeptRows:
    """Some lines by name, and what is kept of some of their years, by line's key, year and period."""

    names: Mapping[int, str]
    submitted: Mapping[tuple[int, int, int], Submitted]
    drafted: Mapping[tuple[int, int, int], Drafted]

    @classmethod
    def of(cls, participant: Participant, lines: Collection[int], years: Collection[int]) -> KeptRows:
        """Of lines in books that the person sees; of drafts those of the person's own party. Three queries."""
        books = Book.objects.visible_to(participant)
        names = dict(Line.objects.filter(pk__in=lines, book__in=books).values_list("pk", "name"))
        months = LineMonth.objects.visible_to(participant).filter(line__in=names, year__in=years).order_by()
        months = months.filter(latest__isnull=False)
        own = participant.party if participant.may("money.enter") else None
        drafts = LineDraft.objects.filter(line__in=names, line__book__kept_by=own, year__in=years).order_by()
        place = ("line_id", "year", "period")
        return cls(
            names,
            {
                (line, year, period): Submitted(state, entry, said)
                for line, year, period, state, entry, *said in months.values_list(*place, *STANDING)
            },
            {
                (line, year, period): Drafted(version, begun, typed)
                for line, year, period, version, begun, typed in drafts.values_list(*place, *DRAFT)
            },
        )

    def made_up(self, line: int, year: int, period: int) -> bool:
        place = (line, year, period)
        return place not in self.drafted and place in self.submitted and self.submitted[place].illustrative

    def texts(self, line: int, year: int, period: int) -> Mapping[str, str]:
        place = (line, year, period)
        kept = self.drafted.get(place) or self.submitted.get(place)
        return kept.texts() if kept else NOTHING


def normal(text: str) -> str:
    """An amount as files write it; any other text without blanks at its ends."""
    pence = pence_or_none(text)
    return text.strip() if pence is None else for_file(pence)


def pence_or_none(text: str) -> int | None:
    try:
        return pence_given(text)
    except NotAnAmount:
        return None


def _text(value: object) -> str:
    if value is None:
        return ""
    return for_file(value) if isinstance(value, int) else str(value)
