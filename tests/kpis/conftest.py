from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.versions.models import FiguresVersion
from parties.models import Contract


@pytest.fixture(scope="session")
def definition_rows(django_db_setup: None, django_db_blocker: Any) -> list[tuple[Any, list[Any]]]:
    """The rows of the reviewed definitions, loaded once by the program's own command and taken back again."""
    kinds = (Indicator, BandVersion, PublishedStatistic, SourceNote, FiguresVersion)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_contract", verbosity=0)
        rows = [(kind, list(kind.objects.all())) for kind in kinds]
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def defined(contract: Contract, definition_rows: list[tuple[Any, list[Any]]]) -> Contract:
    """The contract with its twenty reviewed indicators, and no figure yet."""
    for kind, rows in definition_rows:
        for row in rows:
            if hasattr(row, "contract_id"):
                row.contract_id = contract.pk
        kind.objects.bulk_create(rows)
    return contract
