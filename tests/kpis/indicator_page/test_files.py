"""The indicator's two files: exact numbers, and back again without a change."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup

from kpis.figures.models import Figure
from kpis.importing.given_file import GivenFile
from kpis.importing.one_contract import check_file, import_figures
from tests.cast import BY
from tests.kpis.entering import entry, save
from tests.kpis.indicator_page.pages import TODAY, address


@pytest.mark.parametrize("code", ["PI2", "PI5", "PI9", "PI10", "PI13", "SM3"])
def test_the_file_imports_again_without_a_change(demonstration, officer, code):
    response = officer.get(address(code, "figures.csv"))

    checked = check_file(GivenFile("again.csv", response.content), contract=demonstration, today=TODAY)
    saved = import_figures(by=BY, contract=demonstration, checked=checked, file_name="again.csv")

    assert checked.problems == []
    assert (saved.created, saved.revised) == (0, 0)
    assert (
        saved.unchanged
        == Figure.objects.filter(indicator__contract=demonstration, indicator__code=code).count()
    )


def test_the_file_has_exact_numbers_and_empties_for_what_is_missing(officer):
    response = officer.get(address("PI2", "figures.csv"))

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="sandwell-PI2.csv"' in response["Content-Disposition"]
    assert list(rows[0]) == [
        "indicator",
        "month",
        "numerator",
        "denominator",
        "value",
        "commentary",
        "provenance",
    ]
    assert [
        rows[0][name] for name in ("indicator", "month", "numerator", "denominator", "value", "provenance")
    ] == [
        "PI2",
        "2018-04",
        "798",
        "",
        "99.93",
        "published",
    ]
    assert "2019-10" not in [
        row["month"]
        for row in csv.DictReader(
            io.StringIO(officer.get(address("PI9", "figures.csv")).content.decode("utf-8-sig"))
        )
    ]


@pytest.mark.parametrize(
    "commentary", ["=1+1", "+44 121", "-3 posts", "@SUM(A1)", "'=kept", "''-x", "'quoted'", 'a, "b"\nc']
)
def test_commentary_is_no_formula_and_comes_back_unchanged(demonstration, officer, commentary):
    indicator = demonstration.indicators.get(code="PI5")
    save(demonstration, entry(indicator, "2020-03", value=9, commentary=commentary))

    content = officer.get(address("PI5", "figures.csv")).content
    cell = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))[-1]["commentary"]
    checked = check_file(GivenFile("again.csv", content), contract=demonstration, today=TODAY)
    saved = import_figures(by=BY, contract=demonstration, checked=checked, file_name="again.csv")

    assert not cell.startswith(("=", "+", "-", "@"))
    assert (saved.created, saved.revised) == (0, 0)


def test_the_other_file_has_what_was_computed(officer):
    response = officer.get(address("PI13", "values.csv"))

    rows = {row["month"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))}

    assert 'filename="sandwell-PI13-values.csv"' in response["Content-Disposition"]
    assert len(rows) == 24
    march = rows["2019-03"]
    assert {name: march[name] for name in ("numerator", "denominator", "value", "display", "status")} == {
        "numerator": "63.31",
        "denominator": "220",
        "value": "28.77727273",
        "display": "28.8%",
        "status": "on_target",
    }
    assert (march["target"], march["failure_limit"], march["months_off_target"]) == ("32", "37", "0")
    assert (march["provenance"], march["value_provenance"]) == ("published", "derived")


def test_both_files_are_named_for_what_they_hold(officer):
    page = BeautifulSoup(officer.get(address("PI9")).content, "lxml")

    links = {link.get_text(): link["href"] for link in page.select("section[aria-labelledby=figures] p a")}
    assert links == {
        "values and statuses as computed (CSV)": address("PI9", "values.csv"),
        "the figures as entered (CSV)": address("PI9", "figures.csv"),
    }
