"""Files that mean harm: each would take a reader's time or memory, if it let it."""

from __future__ import annotations

import bz2
import io
import zipfile
from collections.abc import Callable

from tests.spreadsheets import (
    HEADER,
    SHEET,
    archive,
    broken_in,
    encrypted,
    entity_bomb,
    lying_about_its_size,
    with_part,
    workbook,
    zip_bomb,
)

MB = 1024 * 1024
# As large as any file that is taken.
LARGEST = 20 * MB
ROW = ["PI1", "2019-03", 13, 20]
BOOK = workbook([ROW])
HEAD = ",".join(HEADER)
STYLES, STRINGS, INDEX, RELATIONS = (
    "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
)  # fmt: skip
DECLARED = b'<!DOCTYPE a [<!ENTITY l0 "laugh">%s]>' % b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)


def part(name: str, content: bytes | Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: with_part(BOOK, name, content)


def cells(xml: bytes) -> Callable[[], bytes]:
    """More in the sheet, below its rows."""
    return part(SHEET, lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>"))


def beside(xml: bytes) -> Callable[[], bytes]:
    """More in the sheet, behind its cells."""
    return part(SHEET, lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + xml))


def formats(xml: bytes) -> Callable[[], bytes]:
    return part(STYLES, lambda styles: styles.replace(b"<cellXfs", xml + b"<cellXfs"))


def packed_otherwise() -> bytes:
    """A sheet of blanks in a compression that few programs know: kilobytes for hundreds of megabytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_BZIP2) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(
                member.filename, content + b" " * (300 * MB) if member.filename == SHEET else content
            )
    return kept.getvalue()


def named_sheet(number: int, part: bytes) -> bytes:
    """A sheet of the workbook's index, by the relation to its part."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return b'<sheet xmlns:r="%s" name="s%d" sheetId="%d" r:id="%s"/>' % (kind, number, number, part)


def one_part_many_times() -> bytes:
    """Thousands of sheets that are all the same large part."""
    names = b"".join(named_sheet(at, b"rId1") for at in range(2, 10_000))
    book = with_part(BOOK, SHEET, lambda sheet: sheet.replace(b"</worksheet>", b" " * MB + b"</worksheet>"))
    return with_part(book, INDEX, lambda index: index.replace(b"</sheets>", names + b"</sheets>"))


def merged(number: int, cells: bytes) -> Callable[[], bytes]:
    return beside(b"<mergeCells>" + b'<mergeCell ref="%s"/>' % cells * number + b"</mergeCells>")


def text_cell(number: int) -> bytes:
    return b'<row r="3"><c r="A3" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"x" * number)


def form(code: bytes) -> bytes:
    return b'<numFmts><numFmt numFmtId="200" formatCode="%s"/></numFmts>' % code


def more_sheets(number: int) -> Callable[[bytes], bytes]:
    more = b"".join(named_sheet(at, b"rId9") for at in range(number))
    return lambda index: index.replace(b"</sheets>", more + b"</sheets>")


def rows(number: int, cell: bytes) -> bytes:
    return b"".join(b'<row r="%d">%s</row>' % (at, cell) for at in range(3, number))


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "styles that never end": part(STYLES, b"<cellXfs " * 40_000),
    "styles within styles": part(STYLES, b"<a>" + b"<cellXfs>" * 200_000 + b"</cellXfs>" * 200_000 + b"</a>"),
    "a million styles": formats(b"<numFmts>" + b'<numFmt numFmtId="200" formatCode="0%"/>' * 1_000_000 + b"</numFmts>"),
    "a form of open brackets": formats(form(b"[" * 5 * MB)),
    "a form of open quotes": formats(form(b"&quot;" * MB)),
    "a bomb": lambda: zip_bomb(BOOK, 300 * MB),
    "a bomb that lies": lambda: lying_about_its_size(BOOK, 300 * MB),
    "a bomb packed otherwise": packed_otherwise,
    "a bomb in a bomb": lambda: archive(a_zip=zip_bomb(BOOK, 100 * MB), xl__workbook_xml=zip_bomb(BOOK, 100 * MB)),
    "strings of 150 megabytes": part(STRINGS, b"<sst>" + b"<si><t>%s</t></si>" % (b"x" * 150 * MB) + b"</sst>"),
    "a million strings": part(STRINGS, b"<sst>" + b"<si><t>x</t></si>" * 1_000_000 + b"</sst>"),
    "one part many times": one_part_many_times,
    "a cell of 100 megabytes": cells(text_cell(100 * MB)),
    "a hundred megabytes of small cells": cells(rows(190_000, b"<c><v>1</v></c>" * 30)),
    "two million rows": cells(b"<row><c><v>1</v></c></row>" * 2_000_000),
    "every column of many rows": cells(rows(500, b"<c><v>1</v></c>" * 16_384)),
    "the last cell of all": cells(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a far cell before near ones": cells(b'<row r="3"><c r="XFD3"><v>1</v></c><c r="A3"><v>1</v></c></row>'),
    "a far row, in its cell alone": cells(b'<row r="3"><c r="A1048576"><v>1</v></c></row>'),
    "numbers beyond all": cells(b'<row r="%s"><c r="A%s"><v>%s</v></c></row>' % ((b"9" * 9000,) * 3)),
    "a million styled empty cells": cells(b'<row r="3">%s</row>' % (b'<c s="0"/>' * 1_000_000)),
    "a million formulas": cells(rows(60_000, b"<c><f>A1</f></c>" * 17)),
    "a million ranges of merged cells": merged(1_000_000, b"A1:B9"),
    "everything merged, many times": merged(50_000, b"A1:XFD1048576"),
    "tags in tags": cells(b"<is>" * 500_000 + b"</is>" * 500_000),
    "tags that never end": cells(b"<c " * 1_000_000),
    "a million attributes": cells(b"<c" + b"".join(b' a%d="e"' % at for at in range(500_000)) + b"/>"),
    "a comment of 100 megabytes": beside(b"<!--%s-->" % (b"x" * 100 * MB)),
    "the billion laughs": lambda: entity_bomb(BOOK),
    "laughs in the styles": part(STYLES, lambda one: DECLARED + one.replace(b"</styleSheet>", b"&l9;</styleSheet>")),
    "laughs in an attribute": part(INDEX, lambda index: DECLARED + index.replace(b'name="Sheet"', b'name="&l9;"')),
    "laughs in the strings": part(STRINGS, DECLARED + b"<sst><si><t>&l9;</t></si></sst>"),
    "an outside entity": part(SHEET, lambda sheet: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///dev/zero">]>' + sheet),
    "a way out of the archive": part(RELATIONS, lambda one: one.replace(b"worksheets/", b"../../../../etc/")),
    "a hundred thousand sheets": part(INDEX, more_sheets(100_000)),
    "twenty thousand parts": lambda: archive(**{f"p{n}": b"" for n in range(20_000)}, xl__workbook_xml=b"x"),
    "macros": part("xl/vbaProject.bin", b"\xcc\x61"),
    "a password": lambda: encrypted(BOOK),
    "broken": lambda: broken_in(BOOK, SHEET),
}  # fmt: skip
TEXTS: dict[str, Callable[[], bytes]] = {
    "nothing but line ends": lambda: b"." + b"\n" * (LARGEST - 1),
    "nothing but commas": lambda: b"," * LARGEST,
    "nothing but quotation marks": lambda: b'"' * LARGEST,
    "one cell": lambda: f"{HEAD}\nPI1,".encode() + b"x" * (LARGEST - 200),
    "an open quotation mark": lambda: f'{HEAD}\nPI1,2019-03,13,20,,"'.encode() + b"x,\n" * (LARGEST // 4),
    "ten million short rows": lambda: f"{HEAD}\n".encode() + b"x\n" * (LARGEST // 2 - 100),
    "a million columns": lambda: ",".join(f"c{at}" for at in range(1_000_000)).encode(),
    "Windows quotes": lambda: f"{HEAD}\n".encode() + b"\x92" * (LARGEST - 100),
    "French letters": lambda: f"{HEAD}\n".encode() + b"caf\xe9 " * (LARGEST // 5 - 100),
    "every byte": lambda: bytes(range(1, 256)) * (LARGEST // 255),
    "two encodings, line by line": lambda: f"{HEAD}\n".encode() + b"\x92\xe2\x80\x99\n" * (LARGEST // 6),
    "wide letters": lambda: ("a\n" * (LARGEST // 4)).encode("utf-16"),
    "the largest text, packed": lambda: bz2.compress(b"x" * LARGEST),
}
PASTED: dict[str, Callable[[], bytes]] = {
    "open quotation marks in every cell": lambda: b'"a\t' * (LARGEST // 3),
    "doubled quotation marks in every cell": lambda: b'"a\t' + b'""\t' * (LARGEST // 3 - 2),
    "tabs": lambda: b"\t" * LARGEST,
}
