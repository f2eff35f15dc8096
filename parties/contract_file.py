"""The file that says who the parties of a contract are, and its terms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from core.definition_files import Strict, validated


class Party(Strict):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    short_name: Annotated[str, Field(min_length=1, max_length=40)]


class ContractTerms(Strict):
    """The contract as its file says it; every number is a setting of that contract."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=50)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    commissioner: Party
    provider: Party
    starts_on: date
    years: Annotated[int, Field(ge=1)]
    break_after_years: int | None
    grace_months: Annotated[int, Field(ge=0)]
    figures_due_working_day: Annotated[int, Field(ge=1, le=20)]
    answer_due_working_day: Annotated[int, Field(ge=1, le=20)]

    def terms(self) -> dict[str, Any]:
        """As plain values."""
        return self.model_dump()


def read_contract(path: Path) -> ContractTerms:
    """The contract's terms. Raises DefinitionsRefused with every fault found."""
    return validated(path, ContractTerms)
