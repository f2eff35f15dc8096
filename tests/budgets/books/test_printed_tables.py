"""Each table that the documents print is rebuilt from the lines of its book, cell for cell.

Lines are compared as printed. Totals are computed from the lines, so a cell that doesn't come out is named here.
"""

from __future__ import annotations

import pytest

from budgets.books.folders import BookFolder
from budgets.rules.assertions import Cell
from tests.budgets.books import printed_tables as printed
from tests.budgets.books.printed_tables import YEARS, rows

THOUSAND_POUNDS = 100_000


def thousands(pence: int | None) -> str:
    assert pence is not None and pence % THOUSAND_POUNDS == 0
    return f"{pence // THOUSAND_POUNDS:,}"


def pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence // 100:,}" if pence >= 0 else f"-{-pence // 100:,}"


def in_line(found: BookFolder, code: str, figure: str = "budget") -> list[str]:
    """What is printed in the cells of one line or of its staffing, year by year."""
    return [found.cells[Cell(code, figure, year)].printed or "" for year in YEARS]


def computed(found: BookFolder, code: str) -> list[int | None]:
    """A total from the lines up, year by year."""
    by_year = {total.year: result.computed for total, result in found.outcomes() if total.code == code}
    return [by_year[year] for year in YEARS]


def unlike(rebuilt: list[list[str]], table: str) -> list[tuple[str, str, str, str]]:
    """The cells that aren't as printed: row, year, printed and rebuilt. Rows must be the same, in the same order."""
    expected = rows(table)
    assert [row[0] for row in rebuilt] == [row[0] for row in expected]
    return [
        (row[0], year, cell, mine)
        for row, other in zip(expected, rebuilt, strict=True)
        for year, cell, mine in zip(YEARS, row[1:], other[1:], strict=True)
        if cell != mine
    ]


def lines_of(found: BookFolder, heading: str) -> list[list[str]]:
    named = {line.code: line.name for line in found.lines()}
    return [[named[code], *in_line(found, code)] for code in found.leaves(heading)]


def total_row(found: BookFolder, label: str, code: str) -> list[str]:
    return [label, *map(thousands, computed(found, code))]


@pytest.mark.parametrize(
    ("division", "unlike_cells"),
    [
        ("DEE", []),
        ("LI", []),
        ("DCS", []),
        (
            "ESS",
            [
                ("Total Gross Expenditure", "2019/20", "6,292", "6,291"),
                ("Grand Total Annual Budget", "2019/20", "2,641", "2,640"),
            ],
        ),
        (
            "IL",
            [
                ("Total Gross Expenditure", "2019/20", "3,571", "3,570"),
                ("Grand Total Annual Budget", "2019/20", "3,095", "3,094"),
            ],
        ),
    ],
)
def test_table_of_a_division(book, division, unlike_cells):
    directorate = book("directorate")
    leftover = next(note for note in directorate.notes() if note.code == f"{division}.leftover").rows[0]

    rebuilt = [
        *lines_of(directorate, f"{division}.expenditure"),
        total_row(directorate, "Total Gross Expenditure", f"{division}.gross"),
        *lines_of(directorate, f"{division}.income"),
        total_row(directorate, "Total Income", f"{division}.total_income"),
        total_row(directorate, "Grand Total Annual Budget", f"{division}.net"),
        ["Staffing Levels", *in_line(directorate, division, "headcount")],
        ["Total FTE", *in_line(directorate, division, "fte")],
        ["Total FTE (again)", *(leftover.printed[year] for year in YEARS)],
    ]

    assert unlike(rebuilt, printed.DIVISIONS[division]) == unlike_cells


def test_directorate_by_type_of_spend(book):
    directorate = book("directorate")
    leftover = next(note for note in directorate.notes() if note.code == "DIR.leftover").rows

    rebuilt = [
        *(
            total_row(directorate, row[0], f"DIR.{subject}")
            for row, subject in zip(
                rows(printed.BY_SPEND),
                (
                    "employees", "premises", "transport", "supplies_services", "third_party", "transfer_payments",
                    "capital_charges", "gross", "specific_grants", "partner_contributions", "fees_charges", "other",
                    "total_income", "net",
                ),
                strict=False,
            )
        ),
        *([row.label, *(row.printed[year] for year in YEARS)] for row in leftover),
    ]  # fmt: skip
    rebuilt[-1][0] = "Total FTE (again)"

    assert unlike(rebuilt, printed.BY_SPEND) == [
        ("Premises", "2019/20", "1,114", "1,113"),
        ("Transport", "2019/20", "2,936", "2,935"),
        ("Total Gross Expenditure", "2019/20", "98,996", "98,994"),
        ("Net Target Budget", "2019/20", "71,678", "71,676"),
    ]


def test_directorate_by_division(book):
    directorate = book("directorate")
    divisions = [line for line in directorate.lines() if line.kind == "division"]

    rebuilt = [
        *(total_row(directorate, line.name, f"{line.code}.net") for line in divisions if line.code != "SCT"),
        ["Sandwell Children's Trust", *in_line(directorate, "SCT.third_party")],
        total_row(directorate, "Grand Total Annual Budget", "DIR.net"),
        ["Staffing Levels", *(str((count or 0) // 100) for count in computed(directorate, "DIR.headcount"))],
        ["Total FTE", *(str((count or 0) // 100) for count in computed(directorate, "DIR.fte"))],
    ]

    assert unlike(rebuilt, printed.BY_DIVISION) == [
        ("Education Support Services", "2019/20", "2,641", "2,640"),
        ("Inclusive Learning", "2019/20", "3,095", "3,094"),
        ("Grand Total Annual Budget", "2019/20", "71,678", "71,676"),
    ]


def test_costs_of_placements(book):
    trust = book("trust")
    named = {line.code: line.name for line in trust.lines()}
    total = {one.code: result.computed for one, result in trust.outcomes()}

    rebuilt = [
        [
            named[code],
            pounds(trust.amounts[Cell(code, "budget", "2018/19")]),
            pounds(trust.amounts[Cell(code, "actual", "2018/19")]),
            pounds(total[f"{code}.difference"]),
        ]
        for code in trust.leaves("placements")
    ]
    rebuilt.append(
        ["Total", *(pounds(total[f"placements.{what}"]) for what in ("budget", "actual", "difference"))]
    )

    assert rebuilt == rows(printed.TABLE_8)


def test_major_overspends(book):
    trust = book("trust")
    listed = [
        (total.printed, result.computed)
        for total, result in trust.outcomes()
        if total.code.endswith(".overspend") or total.code == "major_overspends"
    ]

    rebuilt = [f"£{(pence or 0) // THOUSAND_POUNDS / 1000:.3f}m" for _, pence in listed]

    assert [text for text, _ in listed] == [row[1] for row in rows(printed.MAJOR_OVERSPENDS)]
    assert rebuilt == ["£1.643m", "£2.855m", "£0.596m", "£2.311m", "£7.406m"]


def test_solihull(book):
    solihull = book("solihull")
    expected = rows(printed.SOLIHULL)
    newest_first = ("2014/15", "2013/14")
    total = {
        (one.code, one.year): (one.printed, result.computed, result.agrees)
        for one, result in solihull.outcomes()
    }

    lines = [
        [solihull.cells[Cell(code, "budget", year)].printed for year in newest_first]
        for code in solihull.leaves("children_and_skills")
    ]

    assert lines == [row[1:] for row in expected[:-1] if row[1]]
    assert [total["total", year] for year in newest_first] == [
        ("209.9", 20_990_000_000, True),
        ("207.2", 20_720_000_000, True),
    ]
    assert total["delegated", "2014/15"] == ("£138.2m", 13_820_000_000, True)
    assert total["left", "2014/15"] == ("£71.7m", 7_170_000_000, True)
