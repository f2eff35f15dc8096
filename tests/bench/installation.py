"""A large installation in the benchmark's own database: many contracts, each with the 15 indicators and ten years.

Definitions and people come through the program's own services; figures by a few set-based statements, because no
service is measured here.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core.values.months import Month
from kpis.definitions.files import read_definitions
from kpis.definitions.models import BandVersion, Indicator
from kpis.definitions.services import load_definitions
from parties.contract_file import read_contract
from parties.demonstration import load_personas
from parties.models import Contract, Organisation
from parties.services import ensure_contract

BY = "benchmark"
FIXTURES = settings.BASE_DIR / "fixtures"
FIRST = Month(2018, 4)
# The day on which all 120 months of a contract of ten years have been reported.
TODAY = date(2028, 4, 20)

FIGURES = """
INSERT INTO kpis_figure (indicator_id, month, state)
SELECT indicator.id, months.day, 'submitted'
FROM kpis_indicator indicator CROSS JOIN ({months}) months
WHERE (indicator.id * 31 + months.number * 17) % 40 <> 0
ORDER BY indicator.id, months.day
"""

# Every fortieth figure is missing. Numbers wander, such that all statuses occur: the row's number times a prime.
REVISIONS = """
INSERT INTO kpis_figurerevision
    (figure_id, number, numerator, denominator, value, commentary, provenance, reason, entered_as, entered_at)
SELECT figure.id, 1,
    CASE indicator.unit WHEN 'percent' THEN 200 - figure.id * 7919 % 120
        WHEN 'rate_per_10000' THEN 450 + figure.id * 7919 % 400 WHEN 'mean' THEN 1500 + figure.id * 7919 % 1000 END,
    CASE indicator.unit WHEN 'percent' THEN 200 WHEN 'rate_per_10000' THEN 81000 WHEN 'mean' THEN 100 END,
    CASE indicator.unit WHEN 'count' THEN figure.id * 7919 % 10 END,
    '', 'illustrative', 'Benchmark', 'benchmark', CURRENT_TIMESTAMP
FROM kpis_figure figure JOIN kpis_indicator indicator ON indicator.id = figure.indicator_id
ORDER BY figure.id
"""

LATEST = """
UPDATE kpis_figure
SET state = 'accepted',
    latest_id = (SELECT revision.id FROM kpis_figurerevision revision WHERE revision.figure_id = kpis_figure.id),
    accepted_id = (SELECT revision.id FROM kpis_figurerevision revision WHERE revision.figure_id = kpis_figure.id)
"""


def build(contracts: int, months: int) -> Contract:
    """Fill the empty database. Gives the first contract, to which the personas belong."""
    first = define(contracts)
    days = [month.first_day for month in Month.range(FIRST, FIRST.next(months - 1))]
    with connection.cursor() as cursor:
        cursor.execute(
            FIGURES.format(
                months=" UNION ALL ".join(
                    f"SELECT {_day(day)} AS day, {number} AS number" for number, day in enumerate(days)
                )
            )
        )
        cursor.execute(REVISIONS)
        cursor.execute(LATEST)
    settle()
    return Contract.objects.get(pk=first.pk)


def define(contracts: int) -> Contract:
    """Contracts with their indicators and bands, without a figure, in an empty database, once. Gives the first."""
    call_command("migrate", verbosity=0)
    if Contract.objects.count() == contracts:
        return Contract.objects.order_by("pk")[0]
    first = ensure_contract(by=BY, **read_contract(FIXTURES / "contract.yaml").terms())
    load_personas(by=BY, contract=first)
    definitions = [one for one in read_definitions(FIXTURES / "indicators") if one.bands]
    load_definitions(by=BY, contract=first, definitions=definitions)
    _copy_contract(first, contracts - 1)
    return first


def settle() -> None:
    """Leave the database as it is after quiet hours: statistics up to date, room of dead rows free again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _day(day: date) -> str:
    return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"


def _copy_contract(first: Contract, copies: int) -> None:
    """More contracts like the first, each between two organisations of its own."""
    kinds = {"council": "Council", "trust": "Trust"}
    organisations = Organisation.objects.bulk_create(
        Organisation(
            kind=kind, code=f"{kind}-{number}", name=f"{word} {number}", short_name=f"{word} {number}"
        )
        for number in range(copies)
        for kind, word in kinds.items()
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            code=f"contract-{number}",
            name=f"Contract {number}",
            commissioner=organisations[2 * number],
            provider=organisations[2 * number + 1],
            starts_on=first.starts_on,
        )
        for number in range(copies)
    )
    for indicator in Indicator.objects.filter(contract=first).prefetch_related("bands"):
        bands = list(indicator.bands.all())
        copied = []
        for contract in contracts:
            indicator.pk, indicator.contract, indicator._state.adding = None, contract, True
            indicator.save(force_insert=True)
            copied += [_band_of(indicator.pk, band) for band in bands]
        BandVersion.objects.bulk_create(copied)


def _band_of(indicator_id: int, band: BandVersion) -> BandVersion:
    fields = {field.attname: getattr(band, field.attname) for field in BandVersion._meta.concrete_fields}
    return BandVersion(**(fields | {"id": None, "indicator_id": indicator_id}))
