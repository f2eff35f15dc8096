"""Reads the demonstration's figures and the definitions as files, without the program."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FIGURES = FIXTURES / "demonstration" / "figures.csv"

CONTRACT = [f"PI{number}" for number in range(1, 16)]
SUPPORTING = [f"SM{number}" for number in range(1, 6)]
SCALES = {"percent": 100, "rate_per_10000": 10_000, "mean": 1}

YEAR = [*(f"2018-{number:02}" for number in range(4, 13)), "2019-01", "2019-02", "2019-03"]
NEXT_YEAR = [*(f"2019-{number:02}" for number in range(4, 13)), "2020-01", "2020-02", "2020-03"]
Q1, Q2, Q3, Q4 = YEAR[:3], YEAR[3:6], YEAR[6:9], YEAR[9:]


@dataclass(frozen=True)
class Row:
    """One row of figures.csv, with the exact value that it stands for."""

    numerator: str
    denominator: str
    printed_value: str
    commentary: str
    provenance: str
    value: Fraction


def definitions() -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((FIXTURES / "indicators").glob("*.yaml"))
    }


def figures() -> dict[str, dict[str, Row]]:
    """Rows by indicator and month."""
    units = {code: definition["unit"] for code, definition in definitions().items()}
    found: dict[str, dict[str, Row]] = {}
    with FIGURES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            months = found.setdefault(line["indicator"], {})
            assert line["month"] not in months, line
            months[line["month"]] = _row(line, units[line["indicator"]])
    return found


def _row(line: dict[str, str], unit: str) -> Row:
    if line["value"]:
        value = Fraction(line["value"])
    else:
        value = SCALES[unit] * Fraction(line["numerator"]) / Fraction(line["denominator"])
    return Row(
        line["numerator"], line["denominator"], line["value"], line["commentary"], line["provenance"], value
    )


def mean(numbers: Iterable[Fraction]) -> Fraction:
    listed = list(numbers)
    return sum(listed, Fraction(0)) / len(listed)


def as_printed(exact: Fraction, printed: str) -> str:
    """The exact number, rounded half up to as many decimals as the printed text has."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        places = Decimal(1).scaleb(-len(printed.partition(".")[2]))
        return str(quotient.quantize(places, rounding=ROUND_HALF_UP))


def status(value: Fraction, band: dict[str, Any], polarity: str) -> str:
    """Target first, then failure, else within tolerance: the rule, written out once more and slowly."""
    target, failure = Fraction(band["target"]["value"]), Fraction(band["failure"]["value"])
    if polarity == "higher":
        return "on_target" if value > target else "failure" if value < failure else "within_tolerance"
    return "on_target" if value < target else "failure" if value > failure else "within_tolerance"
