"""Definition files: read, checked field by field, and turned into plain values.

Answers: what does this folder of reviewed YAML files say? Refuses a bad file with file, field and reason, all
faults at once. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from core.definition_files import DefinitionsRefused, Strict, validated
from core.values.months import Month
from kpis.rules import polarity


def _month(text: object) -> Month | None:
    if text in (None, ""):
        return None
    return Month.parse(str(text))


def _exact(text: object) -> object:
    if isinstance(text, float):
        raise ValueError('write the number between quotes, as "18.5", so that it stays exact')
    return text


OptionalMonth = Annotated[Month | None, BeforeValidator(_month)]
RequiredMonth = Annotated[Month, BeforeValidator(_month)]
Exact = Annotated[Decimal, BeforeValidator(_exact), Field(max_digits=15, decimal_places=4, ge=0)]
# A printed change or gap may be below zero.
Signed = Annotated[Decimal, BeforeValidator(_exact), Field(max_digits=15, decimal_places=4)]
Words = Annotated[str, Field(min_length=1)]


class Limit(Strict):
    """One printed line of a band: its operator, its number, and the text as it stands in the document."""

    operator: Literal[">", ">=", "<", "<="]
    value: Exact
    printed: Annotated[str, Field(min_length=1, max_length=60)]


class Band(Strict):
    valid_from: RequiredMonth
    valid_to: OptionalMonth
    target: Limit
    tolerance: Limit
    failure: Limit
    change_reference: Annotated[str, Field(min_length=1, max_length=120)]
    note: str


class Source(Strict):
    document: Annotated[str, Field(min_length=1, max_length=200)]
    place: Annotated[str, Field(min_length=1, max_length=200)]


class Published(Strict):
    reference: Annotated[str, Field(min_length=1, max_length=20)]
    statistic: Annotated[str, Field(min_length=1, max_length=60)]
    relation: Literal[
        "measure", "measure_count", "comparator", "gap_to_target", "change", "target_restated", "context"
    ]
    period: str
    period_text: Annotated[str, Field(max_length=120)]
    printed: Annotated[str, Field(min_length=1, max_length=40)]
    value: Signed | None
    unit: Annotated[str, Field(max_length=40)]
    qualifier: Annotated[str, Field(max_length=20)]
    note: str
    place: Annotated[str, Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def period_is_readable(self) -> Published:
        start, end = self.months()
        if start and end and end < start:
            raise ValueError(f"the period {self.period} ends before it begins")
        return self

    def months(self) -> tuple[Month | None, Month | None]:
        """First and last month of the printed period; an open end is None."""
        start, dots, end = self.period.partition("..")
        if not dots:
            return _month(start), _month(start)
        return _month(start), _month(end)


class Note(Strict):
    reference: Annotated[str, Field(min_length=1, max_length=20)]
    kind: Annotated[str, Field(min_length=1, max_length=30)]
    words: Words
    place: Annotated[str, Field(min_length=1, max_length=300)]


class Definition(Strict):
    """One indicator as its file says it."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{1,3}$")]
    kind: Literal["contract", "supporting"]
    position: Annotated[int, Field(ge=1, le=9999)]
    title: Annotated[str, Field(min_length=1, max_length=300)]
    short_name: Annotated[str, Field(min_length=1, max_length=40)]
    theme: Literal["front_door", "protection", "in_care", "workforce", "quality"]
    why_it_matters: Words
    numerator: Annotated[str, Field(min_length=1, max_length=300)]
    denominator: Annotated[str, Field(max_length=300)]
    unit: Literal["percent", "rate_per_10000", "count", "mean"]
    unit_words: Annotated[str, Field(min_length=1, max_length=60)]
    polarity: Literal["higher", "lower"]
    decimals: Annotated[int, Field(ge=0, le=4)]
    owner_role: Annotated[str, Field(min_length=1, max_length=80)]
    no_change_below: Exact | None
    local_aim: Exact | None
    local_aim_words: Annotated[str, Field(max_length=200)]
    bands: list[Band]
    source: Source
    note: str
    author: Annotated[str, Field(min_length=1, max_length=80)]
    checker: Annotated[str, Field(min_length=1, max_length=80)]
    next_review: date
    published: list[Published]
    notes: list[Note]

    @model_validator(mode="after")
    def parts_fit(self) -> Definition:
        if (self.unit == "count") != (self.denominator == ""):
            raise ValueError("a count has no denominator, and every other unit has one")
        if self.kind == "contract" and not self.bands:
            raise ValueError("a contract indicator needs at least one band")
        if self.kind == "supporting" and self.bands:
            raise ValueError("a supporting measure has no contract bands")
        _once("published reference", [item.reference for item in self.published])
        _once("note reference", [item.reference for item in self.notes])
        faults = [
            f"band from {band.valid_from}: {fault}"
            for band in self.bands
            for fault in band_faults_of(self, band)
        ]
        faults += [
            f"band from {band.valid_from}: It ends before it begins."
            for band in polarity.backwards(self.bands)
        ]
        faults += [
            f"The bands from {band.valid_from} and from {overlapped.valid_from} hold at the same time."
            for band, overlapped in polarity.overlaps(self.bands)
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def band_faults_of(definition: Definition, band: Band) -> list[str]:
    """What is wrong with a band for this indicator's polarity, in words."""
    return polarity.band_faults(
        polarity.Band(
            higher_is_better=definition.polarity == "higher",
            target_operator=band.target.operator,
            target=band.target.value,
            tolerance_operator=band.tolerance.operator,
            tolerance=band.tolerance.value,
            failure_operator=band.failure.operator,
            failure=band.failure.value,
        )
    )


def _once(what: str, references: Iterable[str]) -> None:
    seen: set[str] = set()
    for reference in references:
        if reference in seen:
            raise ValueError(f"{what} {reference} stands twice")
        seen.add(reference)


def read_definitions(folder: Path) -> list[Definition]:
    """All definitions of a folder, ordered by position. Raises DefinitionsRefused with every fault found."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise DefinitionsRefused([f"{folder}: no definition files (*.yaml) here"])
    definitions: list[Definition] = []
    faults: list[str] = []
    for path in paths:
        try:
            definitions.append(validated(path, Definition))
        except DefinitionsRefused as refused:
            faults += refused.faults
    faults += _twice(definitions, "code") + _twice(definitions, "position")
    if faults:
        raise DefinitionsRefused(faults)
    return sorted(definitions, key=lambda definition: definition.position)


def _twice(definitions: list[Definition], field: str) -> list[str]:
    values = [getattr(definition, field) for definition in definitions]
    return [
        f"{field} {value} stands in two files" for value in sorted({v for v in values if values.count(v) > 1})
    ]
