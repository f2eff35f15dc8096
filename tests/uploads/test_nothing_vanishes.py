"""No row vanishes and none is misread in silence, whatever stands around it."""

import io
import re
import zipfile

import pytest
import xlsxwriter
from openpyxl import Workbook

from tests.spreadsheets import SHEET, with_part, workbook
from tests.uploads.opened import opened_here
from uploads.tables.layout import Layout
from uploads.tables.number_forms import may_show_percent, shows_percent
from uploads.tables.refusal import FileAsks, FileRefused, Limits

MB = 1024 * 1024
LIMITS = Limits(file_bytes=20 * MB, unpacked_bytes=200 * MB, rows=1000)
HEAD = "indicator,month,numerator,denominator,value,commentary\n"
ROW = ["PI1", "2019-03", 13, 20]
STYLES, INDEX, RELATIONS = "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def rows_of(text: str, **more):
    return list(opened_here(text.encode(), LIMITS, **more).rows)


@pytest.mark.parametrize(
    "text",
    [
        'indicator,month,commentary,numerator,denominator\nPI3,2020-03,",196,273\nPI4,2020-03,",80,100\n',
        'indicator,month,commentary,numerator,denominator\nPI3,2020-03,"Late,196,273\nPI4,2020-03,as above",80,100\n',
        f'{HEAD}PI3,2020-03,196,273,,"Late again\nPI4,2020-03,1,2\nPI5,2020-03,1,2"\n',
        HEAD.replace("\n", "\r") + 'PI3,2020-03,196,273,,"Late again\rPI4,2020-03,90,100,,so it is"\r',
    ],
)
def test_a_row_that_a_quotation_mark_swallows_is_named(text):
    (row,) = rows_of(text)

    assert "what looks like another row" in row.unread["commentary"]


def test_a_kind_of_table_without_months_has_rows_that_are_known_by_their_width():
    layout = Layout(key=("plant",))
    text = 'plant,bed,notes\nrose,1,"pruned\nlily,2,watered"\niris,3,"one\ntwo"\n'

    first, second = opened_here(text.encode(), LIMITS, layout).rows

    assert ("notes" in first.unread, second.unread) == (True, {})


def test_a_ditto_in_the_first_column_swallows_nothing_unnamed():
    template = "indicator\tname\tmonth\tunit\tlast_month\tnumerator\tdenominator\tvalue\tcommentary\n"
    pasted = f'{template}PI3\tn\t2020-03\tp\t\t196\t273\t\t"see below\n"\tn\t2020-03\tp\t\t80\t100\t\t\n'

    first, *others = rows_of(pasted, pasted=True)

    assert others or first.unread or first.surplus


def test_a_commentary_of_several_lines_with_commas_is_a_commentary():
    words = "Fine.\nAudits, visits, reviews, plans, and more, were done."

    (row,) = rows_of(f'A title\n{HEAD}PI3,2020-03,196,273,,"{words}"\n')

    assert (row.cells["commentary"], row.unread) == (words, {})


def test_rows_above_the_header_are_rows_where_they_stand_in_its_order():
    rows = rows_of(
        "PI1,2020-03,13,20\nPI2,2020-03,3,4\nindicator,month,numerator,denominator\nPI3,2020-03,1,2\n"
    )

    assert [row.cells["indicator"] for row in rows] == ["PI1", "PI2", "PI3"]


def test_a_row_above_the_header_in_another_order_is_named():
    with pytest.raises(
        FileRefused, match="Row 1 looks like a row of the table, but stands above its header in row 2"
    ):
        rows_of("PI1,2020-03,13,20\nmonth,indicator,numerator,denominator\n2020-03,PI3,1,2\n")


def test_pasted_text_without_tabs_keeps_its_quotation_marks():
    (row,) = rows_of('PI3,2020-03,196,273,,"Signs of Safety" done\n', pasted=True)

    assert row.cells["commentary"] == '"Signs of Safety" done'


@pytest.mark.parametrize("header", ["ID;Programme;indicator;month;value", "id;period;indicator;month;value"])
def test_a_header_that_begins_as_an_old_file_does_is_a_header(header):
    table = opened_here(f"{header}\n1;x;PI1;2020-03;75\n".encode(), LIMITS)

    assert [row.cells["value"] for row in table.rows] == ["75"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("late—again", "mac_roman"),
        ("waiting… then", "mac_roman"),
        ("Björn", "cp850"),
        ("Páez", "cp850"),
        ("Łukasz", "cp1250"),
    ],
)
def test_text_that_windows_would_not_write_so_is_asked_about(text, encoding):
    with pytest.raises(FileAsks):
        opened_here(f"{HEAD}PI1,2020-03,1,2,,{text}\n".encode(encoding), LIMITS)


@pytest.mark.parametrize("text", ["£1.2m", "in £m", "café, naïve", "“quoted” – and…", "ÉIRE", "30°"])
def test_text_that_windows_writes_is_read(text):
    (row,) = rows_of_bytes(f'{HEAD}PI1,2020-03,1,2,,"{text}"\n'.encode("cp1252"))

    assert row.cells["commentary"] == text


def rows_of_bytes(content: bytes):
    return list(opened_here(content, LIMITS).rows)


@pytest.mark.parametrize(
    ("form", "number", "percent"),
    [
        ("0%", 0.754, True),
        ('0.0"%"', 75.4, False),
        ("0.0\\%", 75.4, False),
        ('[=0]"-";0.0%', 0.754, True),
        ('[=0]"-";0.0%', 0.0, False),
        ("[<0.1]0.000;0.0%", 0.754, True),
        ("[<0.1]0.000;0.0%", 0.05, False),
        ('";"0%', 0.754, True),
        ("\\;0%", 0.754, True),
        ("0%;[Red]-0%", -0.5, True),
        ('0%;0%;"none"', 0.0, False),
        ("0.00;-0%", -0.5, True),
        ("0.00;-0%", 0.5, False),
        ("[>1.2.3]0%;0", 0.5, False),
        ("General", 0.5, False),
    ],
)
def test_a_number_form_shows_a_percentage_or_not(form, number, percent):
    assert shows_percent(form, number) is percent
    assert not percent or may_show_percent(form)


def shown_as(form: str, value: float) -> bytes:
    def change(sheet):
        sheet["E2"].number_format = form

    return workbook([["PI1", "2019-03", None, None, value]], change=change)


def test_the_section_that_a_number_is_shown_by_counts():
    form = '[=0]"-";0.0%'

    assert [row.cells["value"] for row in rows_of_bytes(shown_as(form, 0.754))] == ["75.4%"]
    assert [row.cells["value"] for row in rows_of_bytes(shown_as(form, 0))] == ["0"]


def test_a_cell_that_names_no_style_has_the_first():
    first = re.compile(rb'(<cellXfs[^>]*><xf[^>]*)numFmtId="0"')
    book = with_part(
        workbook([["PI1", "2019-03", None, None, 0.5]]),
        STYLES,
        lambda one: first.sub(rb'\1numFmtId="9"', one),
    )

    (row,) = rows_of_bytes(book)

    assert row.cells["value"] == "50%"


def test_a_formula_that_came_to_nought_in_a_program_that_works_out_none_is_not_believed():
    book = workbook([["PI1", "2019-03", "=80+0", 20]])
    book = with_part(book, SHEET, lambda one: re.sub(rb"<v ?/>|<v></v>", b"<v>0</v>", one))

    (row,) = rows_of_bytes(book)

    assert "never worked out" in row.unread["numerator"]


def test_another_sheet_keeps_nobody_from_reading_the_one():
    book = Workbook()
    book.active.title = "Figures"
    for line in (["indicator", "month", "numerator", "denominator"], ROW):
        book.active.append(line)
    book.create_sheet("Notes")["ZZ9"] = "far"
    kept = io.BytesIO()
    book.save(kept)

    table = opened_here(kept.getvalue(), LIMITS)

    assert [row.cells["numerator"] for row in table.rows] == ["13"]
    assert list(table.head.notes) == ["Read from the sheet “Figures”. Not read: “Notes”."]


def test_a_sheet_that_can_not_be_read_is_named_where_no_other_has_a_header():
    book = Workbook()
    book.active["ZZ9"] = "far"
    book.create_sheet("Notes")["A1"] = "x"
    kept = io.BytesIO()
    book.save(kept)

    with pytest.raises(FileRefused, match="Sheet “Sheet”: Cell ZZ9 holds something far beyond the table"):
        opened_here(kept.getvalue(), LIMITS)


def test_figures_in_a_hidden_sheet_are_named():
    book = Workbook()
    book.create_sheet("Figures").append(ROW)
    book["Figures"].sheet_state = "hidden"
    kept = io.BytesIO()
    book.save(kept)

    with pytest.raises(FileRefused, match="Hidden and not read: “Figures”"):
        opened_here(kept.getvalue(), LIMITS)


def renamed(book: bytes, changes: dict[str, str]) -> bytes:
    """The workbook with parts under other names, and everything that names them."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            for before, after in changes.items():
                content = content.replace(before.encode(), after.encode())
            name = member.filename
            for before, after in changes.items():
                name = name.replace(before, after)
            new.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "changes",
    [
        {"styles.xml": "Styles2.xml"},
        {"workbook.xml": "Workbook5.xml"},
        {"xl/": "office/"},
        {"sheet1.xml": "Sheet9.XML"},
    ],
)
def test_parts_are_found_by_the_workbooks_own_relations(changes):
    (row,) = rows_of_bytes(renamed(shown_as("0%", 0.5), changes))

    assert row.cells["value"] == "50%"


def test_a_workbook_without_styles_is_read():
    relation = re.compile(rb"<Relationship [^>]*styles[^>]*/>")
    book = with_part(workbook([ROW]), RELATIONS, lambda one: relation.sub(b"", one))

    assert [row.cells["numerator"] for row in rows_of_bytes(book)] == ["13"]


def test_texts_that_a_workbook_shares_are_read():
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["indicator", "month", "numerator", "denominator"])
        sheet.write_row(40, 0, ["PI1", "2019-03", 13, 20])

    assert [(row.number, row.cells["indicator"]) for row in rows_of_bytes(kept.getvalue())] == [(41, "PI1")]


def test_more_rows_than_are_taken_are_refused():
    with pytest.raises(FileRefused, match="more than 1,000 rows"):
        rows_of(HEAD + "PI1,2020-03,1,2,,\n" * 1001)


def test_a_sheet_in_another_encoding_is_read():
    book = with_part(
        workbook([ROW]),
        SHEET,
        lambda one: (
            b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>' + one.decode()).encode("utf-16-le")
        ),
    )

    assert [row.cells["numerator"] for row in rows_of_bytes(book)] == ["13"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ['<?xml version="1.0" encoding="UTF-16"?>', ""])
def test_a_sheet_in_another_encoding_without_its_mark_is_read(encoding, declared):
    book = with_part(workbook([ROW]), SHEET, lambda one: (declared + one.decode()).encode(encoding))

    assert [row.cells["numerator"] for row in rows_of_bytes(book)] == ["13"]


def of_one_name(*rows: list[object]) -> bytes:
    """A workbook of a sheet for each row, all under one name."""
    book = Workbook()
    book.remove(book.active)
    for number, row in enumerate(rows, start=1):
        sheet = book.create_sheet(f"Figures{number}")
        sheet.append(["indicator", "month", "numerator", "denominator"])
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return with_part(kept.getvalue(), INDEX, lambda one: re.sub(rb'"Figures[0-9]"', b'"Figures"', one))


@pytest.mark.parametrize("answers", [{}, {"sheet": "Figures"}])
def test_two_sheets_of_one_name_are_refused_by_it(answers):
    book = of_one_name(ROW, ["PI3", "2019-03", 1, 2])

    with pytest.raises(FileRefused, match="2 sheets of the workbook are called “Figures”"):
        opened_here(book, LIMITS, answers=answers)


def with_rows(xml: str) -> bytes:
    """A workbook of one row, with these behind it."""
    return with_part(
        workbook([ROW]), SHEET, lambda one: one.replace(b"</sheetData>", f"{xml}</sheetData>".encode())
    )


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ('<row r="2"><c r="C2"><v>99</v></c></row>', "Row 2 stands twice in the sheet"),
        ('<row r="3"/><row r="2"/>', "Row 2 stands twice in the sheet"),
        ('<row r="1"/><row><c><v>99</v></c></row>', "Row 1 stands twice in the sheet"),
        (
            '<row r="3"><c r="C3"><v>1</v></c><c r="C3"><v>2</v></c></row>',
            "Cell C3 stands twice in the sheet",
        ),
        ('<row r="3"><c r="B3"/><c><v>1</v></c><c r="C3"><v>2</v></c></row>', "Cell C3 stands twice"),
        ('<row r="3"><c r="C3"><v>1</v></c><c r="c3"><v>2</v></c></row>', "Cell C3 stands twice"),
        ('<row r="3"><c r="C2"><v>99</v></c></row>', "The workbook is damaged"),
        ('<row r="2"><c r="C12"><v>99</v></c></row>', "stands twice|damaged"),
        ('</sheetData><sheetData><row r="3"><c r="C3"><v>99</v></c></row>', "The workbook is damaged"),
    ],
)
def test_what_stands_twice_in_a_sheet_is_refused_by_its_place(xml, words):
    with pytest.raises(FileRefused, match=words) as refused:
        rows_of_bytes(with_rows(xml))

    assert "save the sheet as CSV UTF-8" in str(refused.value)


def test_rows_out_of_their_order_are_all_read():
    cells = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>PI{0}</t></is></c></row>'

    rows = rows_of_bytes(with_rows(cells.format(4) + cells.format(3)))

    assert [(row.number, row.cells["indicator"]) for row in rows] == [(2, "PI1"), (3, "PI3"), (4, "PI4")]


def test_words_that_look_like_merged_cells_stay_words():
    words = "a <mergeCells > b </mergeCells > c"
    cell = f'<row r="3"><c r="A3" t="inlineStr"><is><t><![CDATA[{words}]]></t></is></c></row>'

    _, row = rows_of_bytes(with_rows(cell))

    assert row.cells["indicator"] == words


def test_merged_cells_of_a_sheet_without_any_row_are_nothing():
    ranges = b'<sheetData/><mergeCells count="many"><mergeCell ref="A1:B2"/></mergeCells>'
    book = with_part(
        workbook([ROW]),
        SHEET,
        lambda one: re.sub(rb"<sheetData>.*</sheetData>", ranges, one, flags=re.DOTALL),
    )

    with pytest.raises(FileRefused, match="has nothing in any sheet"):
        rows_of_bytes(book)


def test_comments_and_signs_in_a_sheets_xml_are_nothing():
    book = with_part(
        workbook([["PI1", "2019-03", "#N/A", 20], ROW, ROW], change=lambda sheet: sheet.merge_cells("A3:A4")),
        SHEET,
        lambda one: one.replace(b'<c r="C2"', b'<!-- x --><c r="C2"').replace(b'"A3:A4"', b'"$A$3:$A$4"'),
    )

    first, _, third = rows_of_bytes(book)

    assert first.cells["numerator"] == "#N/A"
    assert "merged cells" in third.unread["indicator"]


def test_what_merged_cells_hide_is_named():
    merged = b'</sheetData><mergeCells><mergeCell ref="A2:G2"/></mergeCells>'
    book = with_part(workbook([ROW]), SHEET, lambda one: one.replace(b"</sheetData>", merged))

    (row,) = rows_of_bytes(book)

    assert set(row.unread) == {"month", "numerator", "denominator"}


@pytest.mark.parametrize("header", ["KPI,Team,Target,Apr-19,May-19", "Indicator code,Apr-19,May-19"])
def test_months_for_columns_are_a_header_and_no_row(header):
    table = opened_here(f"{header}\nPI3,North,90,71,72\n".encode(), LIMITS)

    assert table.head.number == 1
    assert [name for name in table.columns if name.endswith("-19")] == ["apr-19", "may-19"]
