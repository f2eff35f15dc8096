"""The document's tables 1 to 9 as the page rebuilds them, cell for cell, and the 25 cells that don't come out."""

from decimal import Decimal

import pytest

from tests.budgets.books import printed_tables as printed
from tests.budgets.books.printed_tables import rows

pytestmark = pytest.mark.django_db
# In which months, from April as 0, what is printed is further from its two rows than rounding explains.
APART = {
    2: [2, 4],
    3: [0, 1, 2, 5, 6, 9, 10],
    4: [0, 2, 6, 8, 9],
    5: [5, 6, 8, 9],
    6: [1, 2, 6, 8, 9, 10, 11],
}
# The rows of Table 1 are known by the rates that they print.
OF_TABLE_1 = {"72": "Children with a protection plan per 10,000", "111.1": "Children in care per 10,000"}


def cell(found):
    text = found.b.contents[0] if found.b else found.text
    return " ".join(text.split())


def table(soup, number):
    """The cells of each row, without its label."""
    return [[cell(found) for found in row.find_all("td")] for row in soup.select(f"#table-{number} tbody tr")]


def test_every_table_is_rebuilt_cell_for_cell(page):
    soup = page()
    found = {number: table(soup, number) for number in range(1, 10)}

    labels = [row.th.text for row in soup.select("#table-1 tbody tr")]
    expected = {OF_TABLE_1[(row := _bare(cells))[0]]: row for cells in rows(printed.TABLE_1)}
    assert dict(zip(labels, found[1], strict=True)) == expected
    for number in APART:
        *counts, averages = [cells[1:] for cells in rows(getattr(printed, f"TABLE_{number}"))]
        # An indicator holds numbers, without the zeros in which they were printed; in Table 2 the part stands first.
        counts = counts[::-1] if number == 2 else counts
        assert [[Decimal(text.replace(",", "")) for text in row] for row in found[number][:2]] == [
            [Decimal(text) for text in row] for row in counts
        ]
        assert found[number][2] == averages
    assert found[7] == [row[1:] for row in rows(printed.TABLE_7)]
    assert found[9] == [row[1:] for row in rows(printed.TABLE_9)]
    assert [[text.replace("−", "-") for text in row] for row in found[8]] == [
        [text or "Empty" for text in row[1:]] for row in rows(printed.TABLE_8)
    ]


def _bare(cells):
    return [text.removesuffix(" per 10,000") for text in cells[1:]]


def test_what_does_not_come_out_of_its_rows_is_marked_and_nothing_else(page):
    soup = page()

    for number in range(1, 10):
        marked = [
            [place for place, found in enumerate(row.find_all("td")) if found.b]
            for row in soup.select(f"#table-{number} tbody tr")
        ]
        assert [place for row in marked for place in row] == APART.get(number, [])
    assert soup.select_one("#table-3 summary .mark").text == "7 cells apart"
    # 955 by 29.80, and 370 by 19.20.
    assert table(soup, 3)[3][9] == "32.05"
    assert table(soup, 6)[3][2] == "19.27"


def test_each_table_says_where_it_is_printed_and_what_is_remarked(page):
    soup = page()

    for number in range(1, 10):
        said = soup.select_one(f"#table-{number}").find_all("p")[-1].text
        assert said == f"Annual Review 2018/19, Section (b), Table {number}"
    assert "January 2019 is printed as 31.30" in soup.select_one("#table-3").text
    assert "Table 8 prints budget less actual" in soup.select_one("#table-8").text
