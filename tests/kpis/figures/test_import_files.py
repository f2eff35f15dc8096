"""However a file is written, text or workbook, it is read to the letter, and nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kpis.figures.models import Figure
from tests.kpis.figures.imported import HEAD, kept
from tests.shell import everything_kept, run
from tests.spreadsheets import HEADER, SHEET, with_part, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]


@pytest.mark.parametrize(
    ("header", "row", "column", "words"),
    [
        (
            "indicator,month,numerator",
            "PI1,2019-03,1",
            "value",
            "Give a value column, or numerator and denominator.",
        ),
        ("month,value", "2019-03,1", "indicator", "This column is missing."),
        ("indicator,value", "PI1,1", "month", "This column is missing."),
        ("indicator,month,value,Value", "PI1,2019-03,1,2", "value", "This column stands twice. Keep one."),
        ("indicator,month,value,colour", "PI1,2019-03,1,red", "colour", "Unknown column. The columns are"),
        ("name,unit", "x,y", "indicator", "This column is missing."),
    ],
)
def test_a_faulty_header_is_told(enter, header, row, column, words):
    answer = enter(f"{header}\n{row}\n".encode())

    assert answer.code == 1
    assert answer.errors[0].startswith(f"march.csv, row 1, {column}: {words}")
    assert not Figure.objects.exists()


def test_a_header_alone_is_no_import(enter):
    answer = enter(f"{HEAD}\n,,,,,,\n".encode())

    assert answer.errors[0] == "march.csv, row 2, indicator: There are no figures under the header."
    assert answer.code == 1


def test_columns_may_stand_in_any_order_and_be_fewer(enter):
    answer = enter(b"Value ,MONTH,indicator,,\n73.2,2019-03,PI10,,\n")

    assert answer.code == 0, answer.err
    assert kept("PI10").value == Decimal("73.2")


COMMENTARY = "£5, “quoted” – café"
LINES = [list(HEADER), ["PI1", "2019-03", "13", "20", "", COMMENTARY, "returned"]]


def as_text(delimiter: str, newline: str = "\n") -> str:
    return newline.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in LINES
    )


@pytest.mark.parametrize(
    "content",
    [
        as_text(",").encode(),
        as_text(",").encode("utf-8-sig"),
        as_text(",").encode("utf-16"),
        as_text(",").encode("cp1252"),
        as_text(";").encode(),
        as_text("\t").encode("utf-16"),
        as_text(",", "\r\n").encode("utf-8-sig"),
        as_text(",", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "cp1252", "semicolon", "tab in utf-16", "crlf", "cr"],
)
def test_each_way_of_writing_text_is_read(enter, content):
    answer = enter(content)

    assert answer.code == 0, answer.err
    assert kept("PI1").commentary == COMMENTARY


def test_a_commentary_of_several_lines_keeps_rows_counted_as_a_spreadsheet_does(enter):
    answer = enter('PI1,2019-03,13,20,,"One\nTwo, three",\nPI1,2019-13,13,20,,Counted,\n')

    assert answer.errors[0].startswith("march.csv, row 3, month: ")


def test_a_workbook_is_read_like_text(enter):
    book = workbook(
        [
            ["PI1", "2019-03", 13, 20.0, None, COMMENTARY, "returned"],
            ["PI4", date(2019, 3, 1), None, None, 93.25, None, None],
            ["PI5", datetime(2019, 3, 1), None, None, 14, "Three more", None],  # noqa: DTZ001 - as a spreadsheet keeps it
            ["PI14", "2019-03", "2345", "150.5", None, None, None],
        ]
    )

    answer = enter(book, "march.xlsx")

    assert answer.code == 0, answer.err
    assert answer.out == "march.xlsx: 4 new, 0 revised, 0 unchanged figures.\n"
    assert (kept("PI1").numerator, kept("PI1").denominator) == (Decimal(13), Decimal(20))
    assert kept("PI1").commentary == COMMENTARY
    assert (kept("PI4").value, kept("PI5").value) == (Decimal("93.25"), Decimal(14))
    assert kept("PI14").denominator == Decimal("150.5")


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (["PI1", "2019-03", 13.00001, 20], "numerator", "“13.00001” has more than four decimals."),
        (["PI1", "2019-03", True, 20], "numerator", "“TRUE” is a word or a sign, not a number"),
        (["PI1", "2019-03", 1e15, 1e15], "numerator", "“1000000000000000” is larger than"),
        (
            ["PI1", 43525, 13, 20],
            "month",
            "“43525” is not a month: it may be 1 March 2019 as spreadsheets count days.",
        ),
    ],
)
def test_a_cell_is_never_guessed(enter, cells, column, words):
    answer = enter(workbook([cells]), "march.xlsx")

    assert answer.errors[0].startswith(f"march.xlsx, row 2, {column}: ")
    assert words in answer.errors[0]


@pytest.mark.parametrize(
    ("kept_as", "shown"),
    [
        ("3.3000000000000003", "3.3"),
        ("2.9999999999999996", "3"),
        ("0.30000000000000004", "0.3"),
        ("1E-4", "0.0001"),
    ],
)
def test_a_worked_out_cell_is_read_as_the_spreadsheet_shows_it(enter, kept_as, shown):
    formula = f"<f>1.1*3</f><v>{kept_as}</v>".encode()
    plain = workbook([["PI14", "2019-03", None, None, 77]])
    book = with_part(plain, SHEET, lambda part: part.replace(b"<v>77</v>", formula))

    answer = enter(book, "march.xlsx")

    assert answer.code == 0, answer.err
    assert kept("PI14").value == Decimal(shown)


def test_a_day_that_is_no_month_is_told(enter):
    answer = enter(
        workbook([["PI1", date(2019, 3, 17), 13, 20], ["PI1", datetime(2019, 3, 1, 12), 13, 20]]),  # noqa: DTZ001
        "march.xlsx",
    )

    assert [line.split(" is not a month")[0] for line in answer.errors[:2]] == [
        "march.xlsx, row 2, month: “2019-03-17”",
        "march.xlsx, row 3, month: “2019-03-01 12:00:00”",
    ]


def test_a_refused_file_is_named_and_nothing_is_written(contract, tmp_path):
    path = tmp_path / "march.xlsx"
    path.write_bytes(
        workbook([["PI1", "2019-03", 13, 20]] * 2, change=lambda sheet: sheet.merge_cells("A2:A3"))
    )
    before = everything_kept()

    answer = run("import_figures", path)

    assert (answer.code, answer.out) == (1, "")
    assert "march.xlsx, row 3, indicator: A3 is one of the merged cells A2:A3." in answer.err
    assert answer.err.endswith("in march.xlsx; nothing was imported.\n")
    assert everything_kept() == before


def test_what_a_file_asks_is_said_with_each_answer(contract, tmp_path):
    path = tmp_path / "march.csv"
    path.write_bytes("indicator,month,value,commentary\nPI1,2019-03,1,£5 spent\n".encode("cp850"))

    answer = run("import_figures", path)

    assert answer.code == 1
    assert "Nothing was imported. Say it:" in answer.err
    assert "--encoding cp850\n    PI1,2019-03,1,£5 spent" in answer.err
    assert "read in more than one way" not in run("import_figures", path, "--encoding", "cp850").err
