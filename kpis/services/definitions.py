"""Writes reviewed definitions into the database: the one door for indicators and bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit.services import record
from kpis.definitions import Definition, DefinitionsRefused
from kpis.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.services.versions import lock_figures, move_on
from parties.models import Contract, User


@dataclass(frozen=True)
class Loaded:
    """How many indicators were new, changed and left as they were."""

    created: int
    changed: int
    unchanged: int


@transaction.atomic
def load_definitions(*, by: User | str, contract: Contract, definitions: list[Definition]) -> Loaded:
    """Make the contract's indicators say what the definitions say. Loading the same again changes nothing.

    A band version that the files no longer name is refused, because months may have been judged by it.
    """
    lock_figures(contract)
    existing = {
        indicator.code: indicator
        for indicator in Indicator.objects.filter(contract=contract).prefetch_related(
            "bands", "published", "source_notes"
        )
    }
    created, changes = 0, {}
    for definition in definitions:
        indicator = existing.get(definition.code)
        if indicator is None:
            indicator = Indicator.objects.create(contract=contract, **_indicator_fields(definition))
            created += 1
            _sync_parts(indicator, definition)
            changes[definition.code] = ["new"]
        elif touched := _sync_fields(indicator, definition) + _sync_parts(indicator, definition):
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


def _sync_fields(indicator: Indicator, definition: Definition) -> list[str]:
    touched = [name for name, value in _indicator_fields(definition).items() if getattr(indicator, name) != value]
    if touched:
        for name in touched:
            setattr(indicator, name, _indicator_fields(definition)[name])
        indicator.save(update_fields=touched)
    return touched


def _sync_parts(indicator: Indicator, definition: Definition) -> list[str]:
    bands = _band_fields(definition)
    gone = {band.valid_from for band in indicator.bands.all()} - set(bands)
    if gone:
        first = min(gone)
        raise DefinitionsRefused(
            [f"{definition.code}.yaml: bands: the version from {first:%Y-%m} is in use and can't be removed"]
        )
    return (
        _sync_rows(indicator, BandVersion, "valid_from", bands, list(indicator.bands.all()))
        + _sync_rows(
            indicator, PublishedStatistic, "reference", _published_fields(definition), list(indicator.published.all())
        )
        + _sync_rows(
            indicator, SourceNote, "reference", _note_fields(definition), list(indicator.source_notes.all())
        )
    )


def _sync_rows(
    indicator: Indicator, model: Any, key: str, wanted: dict[Any, dict[str, Any]], present: list[Any]
) -> list[str]:
    """Add, change and remove rows so that they are the wanted ones. Returns what was touched, in words.

    Changes come first: a version is closed before its successor is added.
    """
    touched = []
    by_key = {getattr(row, key): row for row in present}
    for value, row in by_key.items():
        if value not in wanted:
            row.delete()
            touched.append(f"{model.__name__} {value} removed")
        elif any(getattr(row, name) != new for name, new in wanted[value].items()):
            for name, new in wanted[value].items():
                setattr(row, name, new)
            row.save()
            touched.append(f"{model.__name__} {value} changed")
    new = [model(indicator=indicator, **{key: value}, **rest) for value, rest in wanted.items() if value not in by_key]
    model.objects.bulk_create(new)
    return touched + [f"{model.__name__} {getattr(row, key)} added" for row in new]
