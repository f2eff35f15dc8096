"""Whether the demonstration has what a reader should find in it: single misses, one run, gaps, and words."""

import subprocess
import sys
from pathlib import Path

import pytest

from .demonstration import CONTRACT, FIGURES, FIXTURES, NEXT_YEAR, YEAR, definitions, figures, status

ROWS = figures()
DEFINITIONS = definitions()


def statuses(code: str) -> dict[str, str]:
    definition = DEFINITIONS[code]
    return {
        name: status(row.value, definition["bands"][0], definition["polarity"])
        for name, row in ROWS[code].items()
    }


def off_target_runs(code: str) -> list[list[str]]:
    """Months off target in succession, from March 2019 on; a month that is not reported ends a run."""
    found, run = [], []
    known = statuses(code)
    for name in [YEAR[-1], *NEXT_YEAR]:
        if known.get(name, "on_target") != "on_target":
            run.append(name)
        else:
            found.append(run)
            run = []
    return [months for months in [*found, run] if len(months) > 1]


def test_one_indicator_alone_misses_its_target_twice_in_succession_in_the_second_year() -> None:
    runs = {code: off_target_runs(code) for code in CONTRACT if off_target_runs(code)}

    assert runs == {"PI9": [["2019-05", "2019-06"]]}


def test_its_run_begins_and_ends_before_the_scrutiny_pack_of_september_2019_speaks_of_it() -> None:
    """Paragraph 4.1 reports on 23 September 2019 two months of 2019/20; July's figures were due on 14 August."""
    found = statuses("PI9")

    assert {name: found.get(name, "not_reported") for name in NEXT_YEAR} == {
        "2019-04": "on_target",
        "2019-05": "within_tolerance",
        "2019-06": "within_tolerance",
        "2019-07": "on_target",
        "2019-08": "on_target",
        "2019-09": "on_target",
        "2019-10": "not_reported",
        "2019-11": "on_target",
        "2019-12": "on_target",
        "2020-01": "on_target",
        "2020-02": "on_target",
        "2020-03": "on_target",
    }


def test_an_action_plan_is_spoken_of_only_from_the_second_month_of_the_run_on() -> None:
    """In 2018/19 no plan under the contract existed, and single misses call for none."""
    spoken_of = [
        (code, name)
        for code in CONTRACT
        for name, row in ROWS[code].items()
        if "action plan" in row.commentary.lower()
    ]

    assert spoken_of == [("PI9", "2019-06"), ("PI9", "2019-07")]


def test_no_indicator_fails_twice_in_the_second_year() -> None:
    failures = [
        (code, name)
        for code in CONTRACT
        for name, found in statuses(code).items()
        if found == "failure" and name in NEXT_YEAR
    ]

    assert failures == [("PI4", "2020-01"), ("PI8", "2020-03")]


@pytest.mark.parametrize(
    ("name", "within_tolerance", "failure", "not_reported"),
    [
        ("2019-03", "PI2 PI3 PI6 PI7 PI12 PI14", "PI4 PI9", ""),
        ("2019-04", "", "", ""),
        ("2019-05", "PI9", "", ""),
        ("2019-06", "PI9", "", ""),
        ("2019-07", "PI2 PI6 PI8", "", ""),
        ("2019-10", "PI14", "", "PI9"),
        ("2020-03", "PI2 PI4 PI14", "PI8", "PI12"),
    ],
)
def test_the_months_that_are_shown_first_have_something_to_show(
    name: str, within_tolerance: str, failure: str, not_reported: str
) -> None:
    found = {code: statuses(code).get(name, "not_reported") for code in CONTRACT}

    assert [code for code in CONTRACT if found[code] == "within_tolerance"] == within_tolerance.split()
    assert [code for code in CONTRACT if found[code] == "failure"] == failure.split()
    assert [code for code in CONTRACT if found[code] == "not_reported"] == not_reported.split()


def test_each_month_off_target_since_january_2019_has_commentary_and_illustrative_words_say_so() -> None:
    for code in CONTRACT:
        for name, found in statuses(code).items():
            row = ROWS[code][name]
            if name >= "2019-01" and found != "on_target":
                assert row.commentary, (code, name)
            if row.commentary and row.provenance == "illustrative":
                assert row.commentary.startswith("Example: ")


def test_the_script_writes_the_same_file_again(tmp_path: Path) -> None:
    again = tmp_path / "figures.csv"

    subprocess.run(
        [sys.executable, str(FIXTURES / "make_demonstration.py"), "--output", str(again)],
        check=True,
        capture_output=True,
    )

    assert again.read_bytes() == FIGURES.read_bytes()
