"""What drives the money: the printed tables and numbers, each held once, and the rest found with its indicator."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from tests.budgets.books import printed_tables as printed
from tests.budgets.books.printed_tables import QUARTERS, rows

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"

# Numbers printed once or at two points of time, copied from the document.
NUMBERS = {
    "children_in_care": ["778", "901"],
    "children_in_care_assumed": ["720"],
    "children_in_care_increase": ["15.8"],
    "children_in_need": ["828", "883"],
    "children_in_need_rise": ["200"],
    "care_rate": ["111.1"],
    "care_rate_neighbours": ["90"],
    "care_rate_england": ["62"],
    "referral_rate": ["775.8", "782.79"],
    "referral_rate_neighbours": ["688.2"],
    "re_referrals": ["21.06", "24.1"],
    "section_47_rate": ["339.00", "295.24"],
    "conference_rate": ["141.3", "108.95"],
    "asye_reduction": ["20"],
    "employees": ["600"],
    "households_a_worker": ["16.5"],
    "assessments_a_worker": ["6"],
    "connected_carer_families": ["132"],
    "connected_carer_workers_needed": ["8"],
    "mainstream_families": ["118"],
    "mainstream_workers_needed": ["7.15"],
    "assessing_workers": ["6"],
    "fostering_workers_added": ["8.5"],
    "fostering_managers_added": ["1"],
    "in_house_change": ["21"],
    "external_change": ["66"],
    "connected_change": ["60"],
    "mainstream_carers": ["120"],
    "mainstream_carers_over_60": ["37"],
    "mainstream_carers_over_60_share": ["31"],
}


def test_children_by_accommodation(book):
    placements = [one for one in book("trust").demand.series if len(one.values) == len(QUARTERS)]

    assert [[value.printed for value in one.values] for one in placements] == [
        row[1:] for row in rows(printed.TABLE_7)
    ]
    assert all([value.period for value in one.values] == list(QUARTERS) for one in placements)
    again = [one for one in placements if any("Table 9" in source.place for source in one.also)]
    assert [[value.printed for value in one.values] for one in again] == [
        row[1:] for row in rows(printed.TABLE_9)
    ]


def test_numbers_in_the_text(book):
    found = {
        one.code: [value.printed for value in one.values]
        for one in book("trust").demand.series
        if one.values and len(one.values) != len(QUARTERS)
    }

    assert found == NUMBERS


def test_what_an_indicator_holds_is_there(book):
    """A reading of counts needs months with counts, and an aim needs a local aim."""
    with (FIXTURES / "demonstration" / "figures.csv").open(encoding="utf-8", newline="") as file:
        counted = {
            (row["indicator"], part)
            for row in csv.DictReader(file)
            for part in ("numerator", "denominator")
            if row[part]
        }
    for one in book("trust").demand.series:
        if one.indicator is None:
            continue
        definition = FIXTURES / "indicators" / f"{one.indicator.code}.yaml"
        aim = yaml.safe_load(definition.read_text(encoding="utf-8"))["local_aim"]
        if one.indicator.reading == "aim":
            assert aim, one.code
        elif one.indicator.reading != "value":
            assert (one.indicator.code, one.indicator.reading) in counted, one.code


@pytest.mark.parametrize(
    ("series", "last", "indicator", "reference"),
    [
        ("section_47_rate", "295.24", "PI3", "PI3-S06"),
        ("conference_rate", "141.3", "PI3", "PI3-S04"),
        ("conference_rate", "108.95", "PI3", "PI3-S05"),
        ("asye_reduction", "20", "SM1", "SM1-S14"),
    ],
)
def test_what_is_printed_with_an_indicator_too_is_the_same(book, series, last, indicator, reference):
    definition = yaml.safe_load((FIXTURES / "indicators" / f"{indicator}.yaml").read_text(encoding="utf-8"))
    [statistic] = [one for one in definition["published"] if one["reference"] == reference]

    assert statistic["value"] == last
    assert last in NUMBERS[series]


def test_children_with_a_protection_plan_of_table_1_are_held_with_their_indicator(book):
    published = yaml.safe_load((FIXTURES / "indicators" / "PI2.yaml").read_text(encoding="utf-8"))[
        "published"
    ]
    held = {one["reference"]: (one["value"], one["place"]) for one in published}
    [series] = [one for one in book("trust").demand.series if one.code == "protection_rate"]

    assert series.indicator.code == "PI2"
    assert [held[f"PI2-S{number}"] for number in (11, 12, 13)] == [
        (value, "Section (b), Table 1") for value in ("72", "60", "45.3")
    ]


def test_lines_lead_to_their_drivers(book):
    links = {
        line.code: [link.series for link in line.demand] for line in book("trust").lines() if line.demand
    }

    assert links == {
        "external_residential": [["residential_external"]],
        "external_foster_care": [["foster_external"]],
        "secure_units": [["secure"]],
        "internal_foster_care": [["foster_in_house"], ["foster_in_house", "foster_connected"]],
        "leaving_care_accommodation": [["independent_living"], ["care_leavers"]],
        "leaving_care_rents": [["independent_living"], ["care_leavers"]],
    }
