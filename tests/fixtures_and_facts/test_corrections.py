"""Whether the demonstration's corrections touch nothing that is printed, and are told apart as made up."""

import csv
from datetime import date
from fractions import Fraction

import pytest

from .demonstration import FIXTURES, NEXT_YEAR, definitions, figures, status

with (FIXTURES / "demonstration" / "corrections.csv").open(encoding="utf-8", newline="") as file:
    CORRECTIONS = list(csv.DictReader(file))
ROWS = figures()
DEFINITIONS = definitions()


def test_three_figures_were_corrected_each_once() -> None:
    assert [(row["indicator"], row["month"]) for row in CORRECTIONS] == [
        ("PI13", "2019-09"),
        ("PI5", "2019-11"),
        ("PI4", "2020-01"),
    ]


@pytest.mark.parametrize("row", CORRECTIONS, ids=lambda row: row["indicator"])
def test_a_correction_is_illustrative_and_comes_weeks_after_the_figure_was_due(row: dict[str, str]) -> None:
    stands = ROWS[row["indicator"]][row["month"]]
    first_of_month = date.fromisoformat(f"{row['month']}-01")

    assert stands.provenance == "illustrative"
    assert row["month"] in NEXT_YEAR
    assert row["reason"].startswith("Example: ")
    assert not row["commentary"] or row["commentary"].startswith("Example: ")
    assert 60 <= (date.fromisoformat(row["corrected_on"]) - first_of_month).days <= 80


@pytest.mark.parametrize(
    ("code", "first", "then", "stands", "now"),
    [
        ("PI13", Fraction(7011, 220), "on_target", Fraction(7249, 220), "within_tolerance"),
        ("PI5", Fraction(4), "on_target", Fraction(6), "on_target"),
        ("PI4", Fraction(35500, 451), "within_tolerance", Fraction(33500, 451), "failure"),
    ],
)
def test_what_was_entered_first_and_what_stands(
    code: str, first: Fraction, then: str, stands: Fraction, now: str
) -> None:
    (row,) = [row for row in CORRECTIONS if row["indicator"] == code]
    scale = 100 if row["denominator"] else 1
    entered = Fraction(row["value"] or row["numerator"]) / Fraction(row["denominator"] or 1) * scale
    band, polarity = DEFINITIONS[code]["bands"][0], DEFINITIONS[code]["polarity"]

    assert (entered, status(entered, band, polarity)) == (first, then)
    assert (ROWS[code][row["month"]].value, status(stands, band, polarity)) == (stands, now)
