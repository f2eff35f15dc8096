"""The guards of figures and revisions hold what they held; PostgreSQL asks first what it can without a query.

Their conditions look into tables, which costs a query for each row of an import. What has to be so wherever the
condition is can be seen on the row itself, and few rows go on from there. SQLite asks a condition's parts in turn anyway.
"""

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.guards import Declared, Guard, InstallGuards, ReplaceGuards

EARLIER = [
    operation
    for name in ("0002_guards", "0004_round_guards", "0006_acceptance")
    for operation in import_module(f"kpis.migrations.{name}").Migration.operations
]
ACCEPTANCE = import_module("kpis.migrations.0006_acceptance")

ACCEPTED = "NEW.state = 'accepted'"
# No unit multiplies by more than a rate does, by 10,000.
TOO_LARGE_AS_A_RATE = "NEW.denominator > 0 AND ROUND(NEW.numerator, 4) >= 1000 * ROUND(NEW.denominator, 4)"

FIRST = {
    "figure_is_accepted_by_a_step_on_insert": ACCEPTED,
    "figure_is_accepted_by_a_step_on_update": ACCEPTED,
    "revision_fits_its_unit": TOO_LARGE_AS_A_RATE,
    "revision_replaces_one_of_its_own": "NEW.replaces_id IS NOT NULL",
    "revision_count_stands_alone": ACCEPTANCE.COUNTED,
    "revision_part_is_within_its_whole": ACCEPTANCE.ABOVE_THE_WHOLE,
    "revision_count_stands_beside_a_rate": ACCEPTANCE.BESIDE_A_VALUE,
}


def asking_first(name: str, first: str) -> Declared:
    """The guard of this name as it stands, with its question."""

    def declared(connection: BaseDatabaseWrapper) -> Guard | None:
        if connection.vendor != "postgresql":
            return None
        installed = (one for one in EARLIER if isinstance(one, InstallGuards))
        named = {guard.name: guard for one in installed for guard in one.guards(connection)}
        return replace(named[name], first=first)

    return declared


def of_one_pointer(pointer: str, event: str) -> Declared:
    """Half of a guard that asked for both pointers in one query."""
    guard = Guard(
        f"figure_{pointer}_is_its_own_on_{event.lower()}",
        "kpis_figure",
        event,
        "The latest revision of a figure is one of its own.",
        f"""NOT EXISTS (
    SELECT 1 FROM kpis_figurerevision own WHERE own.id = NEW.{pointer}_id AND own.figure_id = NEW.id
)""",
        first=f"NEW.{pointer}_id IS NOT NULL",
    )
    return lambda connection: guard if connection.vendor == "postgresql" else None


def replacements() -> Iterable[Declared]:
    for name, first in FIRST.items():
        yield asking_first(name, first)
    for pointer in ("latest", "accepted"):
        for event in ("INSERT", "UPDATE"):
            yield of_one_pointer(pointer, event)


class Migration(migrations.Migration):
    dependencies = [("kpis", "0007_files_that_are_not_settled")]

    operations = [ReplaceGuards(*replacements(), earlier=EARLIER)]
