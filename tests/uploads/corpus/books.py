"""Workbooks as spreadsheet programs write them, and as their XML may be written by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.spreadsheets import HEADER, SHEET, with_part, workbook
from tests.uploads.corpus.verdicts import ONE, ROW, Refused, Verdict, add, right, wrong


def cell_sheet(*cells: str) -> Callable[[], bytes]:
    """A workbook whose only row under the header is written by hand: cells as XML."""
    return lambda: with_part(
        workbook([]),
        SHEET,
        lambda sheet: sheet.replace(
            b"</sheetData>", f'<row r="2">{"".join(cells)}</row></sheetData>'.encode()
        ),
    )


def inline(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def two_percentages() -> bytes:
    """E2 and E3 are percentages of two forms; no other number has a style."""

    def change(sheet: Worksheet) -> None:
        sheet["E2"].number_format, sheet["E3"].number_format = "0%", "0.0%"

    rows = [
        ["PI1", "2019-03", None, None, 0.65],
        ["PI1", "2019-04", None, None, 0.654],
        ["PI1", "2019-05", 13, 20],
    ]
    return workbook(rows, change=change)


def naming_their_style(sheet: bytes) -> bytes:
    """The sheet, where each number without a style says that it has the first."""
    return re.sub(rb'(<c r="[A-Z]+[0-9]+")(?=( t="n")?>)', rb'\1 s="0"', sheet)


CODE, MARCH = inline("A2", "PI1"), inline("B2", "2019-03")


def books() -> None:
    def two_sheets() -> bytes:
        book = Workbook()
        book.create_sheet("Notes")
        kept = io.BytesIO()
        book.save(kept)
        return kept.getvalue()

    def styled(number_format: str, at: str = "E2") -> Callable[[Worksheet], None]:
        def change(sheet: Worksheet) -> None:
            sheet[at].number_format = number_format

        return change

    def book(name: str, rows: list[list[object]], verdict: Verdict, **more: object) -> None:
        add(name, lambda: workbook(rows, **more), verdict, "xlsx")  # type: ignore[arg-type]

    book("a workbook", [ROW], ONE)
    book("numbers as text", [["PI1", "2019-03", "13", "20"]], ONE)
    book("a date for a month", [["PI1", date(2019, 3, 1), 13, 20]], ONE)
    book("a day for a month", [["PI1", date(2019, 3, 17), 13, 20]], wrong((2, "month", "is not a month")))
    book(
        "a moment for a month",
        [["PI1", datetime(2019, 3, 1, 9), 13, 20]],  # noqa: DTZ001 - a spreadsheet knows no time zone
        wrong((2, "month", "is not a month")),
    )
    book("a time for a month", [["PI1", time(9, 30), 13, 20]], wrong((2, "month", "is not a month")))
    book("a serial for a month", [["PI1", 43525, 13, 20]], wrong((2, "month", "is not a month")))
    book("a month as a number", [["PI1", 2019.03, 13, 20]], wrong((2, "month", "is not a month")))
    book("a truth for a number", [["PI1", "2019-03", True, 20]], wrong((2, "numerator", "not a number")))
    book(
        "a date for a number",
        [["PI1", "2019-03", date(2019, 3, 1), 20]],
        wrong((2, "numerator", "not a plain")),
    )
    book("a negative number", [["PI1", "2019-03", -13, 20]], wrong((2, "numerator", "below zero")))
    book(
        "a calculated number",
        [["PI1", "2019-03", None, None, 1.1 * 3]],
        right(("PI1", "2019-03", "", "", "3.3")),
    )
    book("a third", [["PI1", "2019-03", None, None, 1 / 3]], wrong((2, "value", "more than four decimals")))
    book("a huge number", [["PI1", "2019-03", None, None, 1e300]], wrong((2, "value", "not a plain number")))
    book(
        "a tiny number",
        [["PI1", "2019-03", None, None, 1e-300]],
        wrong((2, "value", "more digits than any number here")),
    )
    book("blank rows between", [[], ROW, [], [None, " "], []], right(("PI1", "2019-03", "13", "20")))
    book("a blank column first", [[None, *ROW]], ONE, header=[None, *HEADER])
    book("numbers in the header", [ROW], wrong((1, "2019", "Unknown column")), header=[*HEADER, 2019])
    book(
        "merged cells",
        [ROW, ROW],
        wrong((3, "indicator", "A3 is one of the merged cells A2:A3")),
        change=lambda sheet: sheet.merge_cells("A2:A3"),
    )
    book("a merged title", [ROW], ONE, change=lambda sheet: sheet.merge_cells("F1:G1"))
    book(
        "a percent format",
        [["PI1", "2019-03", None, None, 0.65]],
        right(("PI1", "2019-03", "", "", "65%")),
        change=styled("0.0%"),
    )
    book(
        "a whole percent format",
        [["PI1", "2019-03", None, None, 0.65]],
        right(("PI1", "2019-03", "", "", "65%")),
        change=styled("0%"),
    )
    book(
        "a percent format of one's own",
        [["PI1", "2019-03", None, None, 0.65]],
        right(("PI1", "2019-03", "", "", "65%")),
        change=styled('0.00% "of all"'),
    )
    two_forms = right(
        ("PI1", "2019-03", "", "", "65%"), ("PI1", "2019-04", "", "", "65.4%"), ("PI1", "2019-05", "13", "20")
    )
    add("two percent formats", two_percentages, two_forms, "xlsx")
    add(
        "two percent formats beside a style that is named",
        lambda: with_part(two_percentages(), SHEET, naming_their_style),
        two_forms,
        "xlsx",
    )
    book(
        "a currency format",
        [["PI1", "2019-03", None, None, 65]],
        right(("PI1", "2019-03", "", "", "65")),
        change=styled("£#,##0.00"),
    )
    book(
        "a number shown as a date",
        [["PI1", "2019-03", None, None, 43525]],
        wrong((2, "value", "not a plain number")),
        change=styled("dd/mm/yyyy"),
    )
    book(
        "a formula without its value",
        [["PI1", "2019-03", "=6+7", 20]],
        wrong((2, "numerator", "never worked out")),
    )
    book("an error in a cell", [["PI1", "2019-03", "#N/A", 20]], wrong((2, "numerator", "#N/A")))
    book("a division by nought", [["PI1", "2019-03", "#DIV/0!", 20]], wrong((2, "numerator", "#DIV/0!")))
    book(
        "a comment in a cell",
        [["PI1", "2019-03", 13, 20, None, "two\nlines"]],
        right(("PI1", "2019-03", "13", "20", "", "two\nlines")),
    )
    book("a thousand and one rows", [ROW] * 1001, Refused("more than 1,000 rows"))
    add("two sheets", two_sheets, Refused("has nothing in any sheet"), "xlsx")
    add(
        "a formula with its value",
        lambda: with_part(
            workbook([["PI1", "2019-03", "=6+7", 20]]),
            SHEET,
            lambda sheet: re.sub(rb"<v ?/>|<v></v>", b"<v>13</v>", sheet),
        ),
        ONE,
        "xlsx",
    )
    add(
        "a lying dimension",
        lambda: with_part(
            workbook([ROW]), SHEET, lambda sheet: sheet.replace(b'ref="A1:G2"', b'ref="A1:A1"')
        ),
        ONE,
        "xlsx",
    )
    add(
        "a boasting dimension",
        lambda: with_part(
            workbook([ROW]), SHEET, lambda sheet: sheet.replace(b'ref="A1:G2"', b'ref="A1:XFD1048576"')
        ),
        ONE,
        "xlsx",
    )
    add(
        "letters in a number",
        cell_sheet(CODE, MARCH, '<c r="C2"><v>1O</v></c>', '<c r="D2"><v>20</v></c>'),
        wrong((2, "numerator", "“1O” is not a plain number")),
        "xlsx",
    )
    add(
        "inline texts",
        cell_sheet(CODE, MARCH, '<c r="C2"><v>13</v></c>', '<c r="D2"><v>20</v></c>'),
        ONE,
        "xlsx",
    )
    add(
        "rich text",
        cell_sheet(
            '<c r="A2" t="inlineStr"><is><r><t>P</t></r><r><t>I1</t></r></is></c>',
            MARCH,
            '<c r="C2"><v>13</v></c>',
            '<c r="D2"><v>20</v></c>',
        ),
        ONE,
        "xlsx",
    )
    add(
        "not a number in a number",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>NaN</v></c>'),
        wrong((2, "value", "not a number")),
        "xlsx",
    )
    add(
        "infinity in a number",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>inf</v></c>'),
        wrong((2, "value", "not a number")),
        "xlsx",
    )
    add(
        "a shared text that there is not",
        cell_sheet('<c r="A2" t="s"><v>9999</v></c>', MARCH),
        Refused("damaged"),
        "xlsx",
    )
    add(
        "a control character in XML",
        cell_sheet(inline("A2", "PI1&#7;"), MARCH, '<c r="E2"><v>7</v></c>'),
        Refused("damaged"),
        "xlsx",
    )
    add(
        "a row twice",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>7</v></c>', '</row><row r="2">', CODE),
        Refused("Row 2 stands twice in the sheet"),
        "xlsx",
    )
    add(
        "a cell twice",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>7</v></c>', '<c r="E2"><v>8</v></c>'),
        Refused("Cell E2 stands twice in the sheet"),
        "xlsx",
    )
    add(
        "an escaped NUL",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>7</v></c>', inline("F2", "a_x0000_b")),
        wrong((2, "commentary", "control characters")),
        "xlsx",
    )


books()
