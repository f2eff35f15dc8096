"""A kind of table may know its columns by several names, have cells merged over rows, and texts of several lines."""

import io

from openpyxl import Workbook

from tests.uploads.opened import opened_here
from uploads.limits import upload_limits
from uploads.tables.layout import Layout

LAYOUT = Layout(
    key=("reference",),
    known=("reference", "words", "more"),
    aliases={"ref.": "reference", "what": "words"},
    merged=("reference",),
    told_by={"reference": "[A-Z]+[0-9]+"},
)


def rows_of(content):
    table = opened_here(content, upload_limits(), LAYOUT)
    return table.columns, [(row.cells, dict(row.unread)) for row in table.rows]


def test_a_column_is_known_by_its_other_names():
    columns, rows = rows_of(b"Ref.;What\nOR1;a word\n")

    assert columns == ["reference", "words"]
    assert rows == [({"reference": "OR1", "words": "a word"}, {})]


def test_a_line_of_a_long_text_is_a_row_only_where_it_is_told_by_its_reference():
    _, texts = rows_of(b'words,reference,more\n"one\nand two, or three, or four",OR1,x\n')
    _, swallowed = rows_of(b'words,reference,more\n"one,OR1,x\ntwo,OR2,y\n",OR3,z\n')

    assert texts[0][1] == {}
    assert "looks like another row" in swallowed[0][1]["words"]


def test_a_title_above_the_table_is_no_row_of_it():
    _, rows = rows_of(b"Our plan,,\nref.,words,more\nOR1,a,b\n")
    _, sorted_away = rows_of(b"OR2,c,d\nref.,words,more\nOR1,a,b\n")

    assert [cells["reference"] for cells, _ in rows] == ["OR1"]
    assert [cells["reference"] for cells, _ in sorted_away] == ["OR2", "OR1"]


def test_merged_cells_fill_down_in_the_columns_that_allow_for_it():
    book = Workbook()
    for row in (["ref.", "words", "more"], ["OR1", "one", "a"], [None, None, "b"], [None, "three", None]):
        book.active.append(row)
    for place in ("A2:A4", "B2:B3", "B4:C4"):
        book.active.merge_cells(place)
    content = io.BytesIO()
    book.save(content)

    _, rows = rows_of(content.getvalue())

    assert [sorted(unread) for _, unread in rows] == [[], ["words"], []]
    assert "B3 is one of the merged cells B2:B3. Unmerge them" in rows[1][1]["words"]
