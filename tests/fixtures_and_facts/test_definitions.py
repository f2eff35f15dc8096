"""Whether the definition files hold what is printed, copied here by hand."""

from decimal import Decimal
from typing import Any

import pytest

from .demonstration import CONTRACT, FIXTURES, SUPPORTING, definitions

DEFINITIONS = definitions()

KEYS = [
    "code",
    "kind",
    "position",
    "title",
    "short_name",
    "theme",
    "why_it_matters",
    "numerator",
    "denominator",
    "unit",
    "unit_words",
    "polarity",
    "decimals",
    "owner_role",
    "no_change_below",
    "local_aim",
    "local_aim_words",
    "bands",
    "source",
    "note",
    "author",
    "checker",
    "next_review",
    "published",
    "notes",
]
PUBLISHED_KEYS = [
    "reference",
    "statistic",
    "relation",
    "period",
    "period_text",
    "printed",
    "value",
    "unit",
    "qualifier",
    "note",
    "place",
]

# operator, number and printed text of target, tolerance and failure
BANDS = {
    "PI1": [(">", "75", "> 75%"), (">", "65", "> 65%"), ("<", "65", "< 65%")],
    "PI2": [
        ("<", "65", "< 65 children per 10,000"),
        ("<", "80", "< 80 children per 10,000"),
        (">", "80", "> 80 children per 10,000"),
    ],
    "PI3": [(">", "80", "> 80%"), (">", "65", ">65%"), ("<", "65", "< 65%")],
    "PI4": [(">", "85", "> 85%"), (">", "75", ">75%"), ("<", "75", "< 75%")],
    "PI5": [("<", "10", "< 10"), ("<", "30", "<30"), (">", "30", ">30")],
    "PI6": [(">", "80", "> 80%"), (">", "70", ">70%"), ("<", "70", "< 70%")],
    "PI7": [(">", "95", "> 95%"), (">", "85", ">85%"), ("<", "85", "< 85%")],
    "PI8": [(">", "65", "> 65%"), (">", "50", ">50%"), ("<", "50", "< 50%")],
    "PI9": [(">", "70", "> 70%"), (">", "50", "> 50%"), ("<", "50", "< 50%")],
    "PI10": [(">", "73", "> 73%"), (">", "58", "> 58%"), ("<", "58", "< 58%")],
    "PI11": [(">", "90", "> 90%"), (">", "80", "> 80%"), ("<", "80", "< 80%")],
    "PI12": [(">", "80", "> 80%"), (">", "70", "> 70%"), ("<", "70", "< 70%")],
    "PI13": [("<", "32", "< 32%"), ("<", "37", "<37%"), (">", "37", "> 37%")],
    "PI14": [("<", "18.5", "< 18.5"), ("<", "23", "<23%"), (">", "23", "> 23%")],
    "PI15": [(">", "55", "> 55%"), (">", "40", "> 40%"), ("<", "40", "< 40%")],
}

LIMITS = ("target", "tolerance", "failure")

# How many statistics are printed about each indicator, and how many remarks on contradictions are kept.
PRINTED_ABOUT = {
    "PI1": (3, 1), "PI2": (14, 3), "PI3": (7, 3), "PI4": (4, 2), "PI5": (2, 2),
    "PI6": (6, 4), "PI7": (3, 2), "PI8": (4, 1), "PI9": (3, 1), "PI10": (6, 3),
    "PI11": (3, 2), "PI12": (3, 1), "PI13": (6, 3), "PI14": (4, 4), "PI15": (15, 3),
}  # fmt: skip

# The share or the average of each month, as the tables print it.
MONTHLY = {
    "SM1": "16.5% 14.4% 15.4% 15.4% 16.9% 17.1% 12.7% 16.6% 18.7% 18.6% 17.8% 15.4%",
    "SM2": "19.72 20.16 27.49 26.90 26.54 19.90 23.80 29.14 27.80 31.30 35.20 30.79",
    "SM3": "21.51 21.13 22.47 20.50 17.62 18.17 18.70 18.80 18.20 17.70 19.36 19.07",
    "SM4": "19.68 19.95 17.27 17.86 16.12 17.70 17.80 18.26 18.34 18.82 18.25 17.30",
    "SM5": "17.88 18.22 17.05 19.17 19.06 19.22 19.40 20.82 21.30 20.20 21.50 20.40",
}

# Every number printed about an indicator, in the order in which it is kept.
PRINTED_NUMBERS = {
    "PI1": "75.4 69 three",
    "PI2": "99.93 798 72 584 245 60 45.3 798 584 584 72 60 45.3 50",
    "PI3": "306 209 161 141.3 108.95 295.24 339.00",
    "PI4": "75 45 25 six",
    "PI5": "14 4.67",
    "PI6": "74.7 78.2 1.8 1.3 0.87 2",
    "PI7": "8.6 92.4 150",
    "PI8": "36 44 65.8 65",
    "PI9": "65.1 4.9 2",
    "PI10": "10.6 62.7 73.2 68.3 75.3 4",
    "PI11": "89.5 90 5.7",
    "PI12": "76.4 3.6 6",
    "PI13": "7.9 220 63.31 30 30.7 67.6",
    "PI14": "19.7 18.5 20.94 18.83",
    "PI15": "68 60.2 44.1 71.8 60 67.5 42.9 67.4 634 25 90 360 90 600 53",
}


def test_there_is_one_file_for_each_indicator_and_supporting_measure() -> None:
    assert sorted(DEFINITIONS) == sorted(CONTRACT + SUPPORTING)
    assert [path for path in (FIXTURES / "indicators").iterdir() if path.suffix != ".yaml"] == []


@pytest.mark.parametrize("code", CONTRACT + SUPPORTING)
def test_a_definition_is_complete(code: str) -> None:
    definition = DEFINITIONS[code]

    assert list(definition) == KEYS
    assert definition["code"] == code
    assert definition["kind"] == ("contract" if code in CONTRACT else "supporting")
    assert definition["position"] == int(code[2:]) + (0 if code in CONTRACT else 100)
    assert definition["theme"] in {"front_door", "protection", "in_care", "workforce", "quality"}
    assert definition["unit"] in {"percent", "rate_per_10000", "count", "mean"}
    assert definition["polarity"] in {"higher", "lower"}
    assert bool(definition["denominator"]) == (definition["unit"] != "count")
    assert definition["title"]
    assert not definition["title"].endswith(".")


@pytest.mark.parametrize("code", CONTRACT + SUPPORTING)
def test_a_short_name_is_short_and_its_own(code: str) -> None:
    assert 0 < len(DEFINITIONS[code]["short_name"]) <= 40
    assert [other["short_name"] for other in DEFINITIONS.values()].count(DEFINITIONS[code]["short_name"]) == 1


@pytest.mark.parametrize("code", CONTRACT)
def test_the_bands_are_the_printed_ones(code: str) -> None:
    (band,) = DEFINITIONS[code]["bands"]

    found = [
        (band[name]["operator"], band[name]["value"], band[name]["printed"])
        for name in band
        if name in LIMITS
    ]

    assert found == BANDS[code]
    assert (band["valid_from"], band["valid_to"]) == ("2018-04", None)
    assert "illustrative" in band["change_reference"]


def test_all_forty_five_inequalities_are_strict() -> None:
    operators = [operator for limits in BANDS.values() for operator, _, _ in limits]

    assert len(operators) == 45
    assert set(operators) == {"<", ">"}


def test_the_percent_sign_of_the_mean_caseload_is_explained_and_no_other_band_needs_a_note() -> None:
    noted = [code for code in CONTRACT if DEFINITIONS[code]["bands"][0]["note"]]

    assert noted == ["PI14"]


@pytest.mark.parametrize(
    ("code", "aim"), [("SM1", "20"), ("SM2", None), ("SM3", "18"), ("SM4", "15"), ("SM5", None)]
)
def test_a_supporting_measure_has_its_local_aim_and_no_bands(code: str, aim: str | None) -> None:
    definition = DEFINITIONS[code]

    assert definition["bands"] == []
    assert definition["local_aim"] == aim
    assert bool(definition["local_aim_words"]) == (aim is not None)


def all_published() -> list[dict[str, Any]]:
    return [entry for definition in DEFINITIONS.values() for entry in definition["published"]]


def test_each_published_statistic_has_every_key_and_a_reference_of_its_own() -> None:
    references = [entry["reference"] for entry in all_published()]

    assert all(list(entry) == PUBLISHED_KEYS for entry in all_published())
    assert len(set(references)) == len(references)


def test_a_published_value_is_a_decimal_text_or_nothing() -> None:
    for entry in all_published():
        assert entry["value"] is None or Decimal(entry["value"]) >= 0


@pytest.mark.parametrize("code", CONTRACT)
def test_every_printed_statistic_and_remark_is_kept(code: str) -> None:
    definition = DEFINITIONS[code]
    numbers = PRINTED_NUMBERS[code].split()

    assert (len(definition["published"]), len(definition["notes"])) == PRINTED_ABOUT[code]
    assert [entry["printed"] for entry in definition["published"]] == numbers
    assert [entry["reference"] for entry in definition["published"]] == [
        f"{code}-S{number:02}" for number in range(1, len(numbers) + 1)
    ]


@pytest.mark.parametrize("code", SUPPORTING)
def test_a_supporting_measure_keeps_the_twelve_printed_cells(code: str) -> None:
    cells = [entry for entry in DEFINITIONS[code]["published"] if entry["statistic"] == "monthly_value"]

    assert [cell["printed"] for cell in cells] == MONTHLY[code].split()
    assert [cell["value"] for cell in cells] == MONTHLY[code].replace("%", "").split()


def test_the_comparators_are_those_of_the_protection_plan_rate() -> None:
    comparators = [
        (entry["reference"].partition("-")[0], entry["statistic"], entry["value"])
        for entry in all_published()
        if entry["relation"] == "comparator"
    ]

    assert comparators == 2 * [
        ("PI2", "statistical_neighbour_average", "60"),
        ("PI2", "england_average", "45.3"),
    ]


def test_the_rise_of_the_care_management_caseload_is_that_of_its_printed_cells() -> None:
    cells = {entry["period"]: Decimal(entry["value"]) for entry in DEFINITIONS["SM3"]["published"][:12]}

    assert cells["2019-03"] - cells["2018-12"] == Decimal("0.87")
