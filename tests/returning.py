"""Figures as the Trust returns them, by file: what many tests begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from kpis.importing.given_file import GivenFile
from kpis.importing.one_contract import check_file, import_figures
from tests.cast import BY

HEADER = "indicator,month,numerator,denominator,value,commentary,provenance\n"


def returned(contract: Any, row: str, by: Any = BY) -> Any:
    """Imports rows of CSV without their header: returned(contract, "PI1,2020-03,1,100,,Recounted,returned\\n")."""
    checked = check_file(
        GivenFile("march.csv", (HEADER + row).encode()),
        contract=contract,
        today=date(2026, 1, 1),
        accepted="As counted",
    )
    assert checked.problems == []
    return import_figures(by=by, contract=contract, checked=checked, file_name="march.csv")
