"""Writes reviewed definitions into the database: the one door for indicators and bands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.services import record
from core.definition_files import DefinitionsRefused
from core.values.numbers import shortest
from kpis.definitions.files import Definition
from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.versions.services import lock_figures, move_on
from parties.models import Contract, User

# What judged months rests on these; a correction of the contract is a band version of its own.
BAND_FIXED = {
    "target_operator": "target.operator",
    "target_value": "target.value",
    "tolerance_operator": "tolerance.operator",
    "tolerance_value": "tolerance.value",
    "failure_operator": "failure.operator",
    "failure_value": "failure.value",
    "change_reference": "change_reference",
}
# No file's position comes near it.
PARKED = 10_000
Changes = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """How many indicators were new, changed and left as they were."""

    created: int
    changed: int
    unchanged: int


@transaction.atomic
def load_definitions(*, by: User | str, contract: Contract, definitions: list[Definition]) -> Loaded:
    """Make the contract's indicators say what the definitions say. Loading the same again changes nothing.

    Months may have been judged by a band version that stands. So one that the files no longer name is refused, and
    one that they word otherwise in anything but its closing, its note and its printed texts. Raises
    DefinitionsRefused with every such fault, before anything is written.
    """
    lock_figures(contract)
    existing = {
        indicator.code: indicator
        for indicator in Indicator.objects.filter(contract=contract).prefetch_related(
            "bands", "published", "source_notes"
        )
    }
    if faults := _faults(existing, definitions):
        raise DefinitionsRefused(faults)
    _make_room(existing, definitions)
    created, changes = 0, dict[str, Changes]()
    for definition in definitions:
        indicator = existing.get(definition.code)
        if indicator is None:
            indicator = Indicator.objects.create(contract=contract, **_indicator_fields(definition))
            created += 1
            _sync_parts(indicator, definition)
            changes[definition.code] = {"indicator": "new"}
        elif touched := _sync_fields(indicator, definition) | _sync_parts(indicator, definition):
            changes[definition.code] = touched
    if changes:
        record(
            by=by,
            action="definitions.loaded",
            subject=contract,
            contract=contract.code,
            summary=f"Loaded definitions: {created} new and {len(changes) - created} changed indicators.",
            changes=changes,
        )
        move_on(contract)
    return Loaded(created, len(changes) - created, len(definitions) - len(changes))


def _faults(existing: dict[str, Indicator], definitions: list[Definition]) -> list[str]:
    """What the files may not change of indicators that stand, by file, field and reason."""
    faults = []
    named = {definition.code for definition in definitions}
    taken = {indicator.position: code for code, indicator in existing.items() if code not in named}
    for definition in definitions:
        file = f"{definition.code}.yaml"
        if holder := taken.get(definition.position):
            faults.append(
                f"{file}: position: {definition.position} is {holder}'s, of which there is no file here"
            )
        if indicator := existing.get(definition.code):
            faults += [f"{file}: {fault}" for fault in _unit_faults(indicator, definition)]
            faults += [f"{file}: bands: {fault}" for fault in _band_faults(indicator, definition)]
    return faults


def _unit_faults(indicator: Indicator, definition: Definition) -> list[str]:
    if not indicator.bands.all():
        return []
    return [
        f"{name}: bands stand on “{getattr(indicator, name)}”, so it can't become “{getattr(definition, name)}”"
        for name in ("unit", "polarity")
        if getattr(indicator, name) != getattr(definition, name)
    ]


def _band_faults(indicator: Indicator, definition: Definition) -> list[str]:
    wanted = _band_fields(definition)
    faults = []
    for band in indicator.bands.all():
        version = f"the version from {band.valid_from:%Y-%m}"
        fields = wanted.get(band.valid_from)
        if fields is None:
            faults.append(f"{version} is in use and can't be removed")
            continue
        faults += [
            f"{version}: {field}: {_word(getattr(band, name))} is in use and can't become {_word(fields[name])}:"
            " close it with valid_to and add a version with its own change reference"
            for name, field in BAND_FIXED.items()
            if getattr(band, name) != fields[name]
        ]
        if band.valid_to is not None and band.valid_to != fields["valid_to"]:
            faults.append(f"{version}: valid_to: it was closed with {band.valid_to:%Y-%m} and stays so")
    return faults


def _word(value: Any) -> Any:
    """A value as it stands in the audit trail and in a reason."""
    if isinstance(value, Decimal):
        return shortest(value)
    return value if value is None or isinstance(value, int) else str(value)


def _make_room(existing: dict[str, Indicator], definitions: list[Definition]) -> None:
    """Set aside the indicators whose position changes, so that two may change places."""
    moving = [
        existing[definition.code].pk
        for definition in definitions
        if definition.code in existing and existing[definition.code].position != definition.position
    ]
    if moving:
        Indicator.objects.filter(pk__in=moving).update(position=F("position") + PARKED)


def _indicator_fields(definition: Definition) -> dict[str, Any]:
    same = (
        "code kind position title short_name theme why_it_matters unit unit_words polarity decimals owner_role"
        " no_change_below local_aim local_aim_words note author checker next_review"
    )
    return {name: getattr(definition, name) for name in same.split()} | {
        "numerator_words": definition.numerator,
        "denominator_words": definition.denominator,
        "source_document": definition.source.document,
        "source_place": definition.source.place,
    }


def _band_fields(definition: Definition) -> dict[Any, dict[str, Any]]:
    return {
        band.valid_from.first_day: {
            "valid_to": band.valid_to.first_day if band.valid_to else None,
            "target_operator": band.target.operator,
            "target_value": band.target.value,
            "target_text": band.target.printed,
            "tolerance_operator": band.tolerance.operator,
            "tolerance_value": band.tolerance.value,
            "tolerance_text": band.tolerance.printed,
            "failure_operator": band.failure.operator,
            "failure_value": band.failure.value,
            "failure_text": band.failure.printed,
            "change_reference": band.change_reference,
            "note": band.note,
        }
        for band in definition.bands
    }


def _published_fields(definition: Definition) -> dict[Any, dict[str, Any]]:
    rows = {}
    for item in definition.published:
        start, end = item.months()
        rows[item.reference] = {
            "statistic": item.statistic,
            "relation": item.relation,
            "period_start": start.first_day if start else None,
            "period_end": end.first_day if end else None,
            "period_text": item.period_text,
            "printed_text": item.printed,
            "value": item.value,
            "unit": item.unit,
            "qualifier": item.qualifier,
            "note": item.note,
            "source_document": definition.source.document,
            "source_place": item.place,
        }
    return rows


def _note_fields(definition: Definition) -> dict[Any, dict[str, Any]]:
    return {
        item.reference: {"kind": item.kind, "words": item.words, "source_place": item.place}
        for item in definition.notes
    }


def _sync_fields(indicator: Indicator, definition: Definition) -> Changes:
    return _rewrite(indicator, _indicator_fields(definition))


def _rewrite(row: Any, wanted: dict[str, Any]) -> Changes:
    """Write what differs. Returns the old and the new value of each field that was written."""
    touched = {name: (getattr(row, name), new) for name, new in wanted.items() if getattr(row, name) != new}
    if touched:
        for name, (_, new) in touched.items():
            setattr(row, name, new)
        row.save(update_fields=list(touched))
    return {name: {"old": _word(old), "new": _word(new)} for name, (old, new) in touched.items()}


def _sync_parts(indicator: Indicator, definition: Definition) -> Changes:
    return (
        _sync_rows(
            indicator, BandVersion, "valid_from", _band_fields(definition), list(indicator.bands.all())
        )
        | _sync_rows(
            indicator,
            PublishedStatistic,
            "reference",
            _published_fields(definition),
            list(indicator.published.all()),
        )
        | _sync_rows(
            indicator, SourceNote, "reference", _note_fields(definition), list(indicator.source_notes.all())
        )
    )


def _sync_rows(
    indicator: Indicator, model: Any, key: str, wanted: dict[Any, dict[str, Any]], present: list[Any]
) -> Changes:
    """Add, change and remove rows so that they are the wanted ones. Returns what was touched, old and new.

    Changes come first: a version is closed before its successor is added.
    """
    touched: Changes = {}
    by_key = {getattr(row, key): row for row in present}
    for value, row in by_key.items():
        if value not in wanted:
            row.delete()
            touched[f"{model.__name__} {value}"] = "removed"
        elif rewritten := _rewrite(row, wanted[value]):
            touched[f"{model.__name__} {value}"] = rewritten
    new = [
        model(indicator=indicator, **{key: value}, **rest)
        for value, rest in wanted.items()
        if value not in by_key
    ]
    model.objects.bulk_create(new)
    return touched | {f"{model.__name__} {getattr(row, key)}": "added" for row in new}
