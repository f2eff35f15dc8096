"""Workbooks that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.spreadsheets import (
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
from tests.uploads.corpus.verdicts import MB, ONE, ROW, UNPACKED, Refused, add

RELATIONS = "xl/_rels/workbook.xml.rels"
GROWING = b'<!DOCTYPE a [<!ENTITY c "%s"><!ENTITY b "%s">]>' % (b"x" * 100_000, b"&c;" * 1000)


def elsewhere(part: bytes) -> bytes:
    return part.replace(b"worksheets/", b"../../etc/")


def packed_again(book: bytes) -> bytes:
    """The same parts, each in a compression that spreadsheet programs don't know."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_BZIP2) as new:
        for member in old.infolist():
            new.writestr(member.filename, old.read(member))
    return kept.getvalue()


def hostile() -> None:
    book = workbook([ROW])

    def sheet(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
        return lambda: with_part(book, SHEET, change)

    def more(xml: bytes) -> Callable[[], bytes]:
        return sheet(lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>"))

    def bad(name: str, content: bytes | Callable[[], bytes], words: str) -> None:
        add(name, content, Refused(words), "xlsx")

    bad("a bomb", lambda: zip_bomb(book, UNPACKED + MB), "unpacks to more")
    bad("a bomb that lies", lambda: lying_about_its_size(book, UNPACKED + MB), "damaged")
    bad(
        "a thousand parts",
        lambda: archive(**{f"p{n}": b"" for n in range(1001)}, xl__workbook_xml=b"x"),
        "not an .xlsx workbook",
    )
    bad("entities", lambda: entity_bomb(book), "XML entities")
    bad(
        "an outside entity",
        sheet(lambda part: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + part),
        "XML entities",
    )
    bad(
        "entities in the styles",
        lambda: with_part(book, "xl/styles.xml", lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part),
        "XML entities",
    )
    add("entities in a part of no use", lambda: with_part(book, "docProps/x.xml", b"<!ENTITY"), ONE, "xlsx")
    bad("macros", lambda: with_part(book, "xl/vbaProject.bin", b"\xcc\x61"), "has macros")
    bad("macros in other letters", lambda: with_part(book, "XL/VBAPROJECT.BIN", b"\xcc\x61"), "has macros")
    bad("a password", encrypted(book), "has a password")
    bad("cut off", book[: len(book) // 2], "damaged")
    bad("broken in the sheet", lambda: broken_in(book, SHEET), "damaged")
    bad("a binary workbook", lambda: with_part(book, "xl/workbook.bin", b"x"), "a binary workbook (.xlsb)")
    bad("a workbook of nonsense", lambda: with_part(book, "xl/workbook.xml", b"<workbook"), "damaged")
    bad("a sheet of nonsense", lambda: with_part(book, SHEET, b"<worksheet><sheetData><row><c"), "damaged")
    bad("no sheet at all", lambda: with_part(book, SHEET, b""), "damaged")
    bad(
        "far to the right",
        more(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'),
        "Cell XFD3 holds something",
    )
    bad("far below", more(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "more than 1,000 rows")
    add("beyond all numbers", more(b"<row r='%s'/>" % (b"9" * 5000)), ONE, "xlsx")
    add("an empty row far away", more(b'<row r ="1048576"></row>'), ONE, "xlsx")
    bad("a million open tags", more(b"<c " * 1_000_000), "damaged")
    bad("a million errors", more(b"<c" + b' t="e"' * 500_000), "damaged")
    bad("deep XML", more(b"<is>" * 500_000 + b"</is>" * 500_000), "holds more in one place")
    bad("deep XML that never ends", more(b'<c r="A3"><is>' * 500_000), "holds more in one place")
    bad("a long comment", more(b"<!--%s-->" % (b"x" * 11 * MB)), "holds more in one place")
    bad(
        "a part that is not there",
        lambda: with_part(book, RELATIONS, elsewhere),
        "names a part that is not in it",
    )
    bad("packed by another method", lambda: packed_again(book), "packed in a way that no spreadsheet program")
    bad(
        "entities that grow in the styles",
        lambda: with_part(
            book, "xl/styles.xml", lambda part: GROWING + part.replace(b"</styleSheet>", b"&b;</styleSheet>")
        ),
        "XML entities",
    )
    bad(
        "a million cells",
        lambda: with_part(
            book,
            SHEET,
            lambda part: part.replace(
                b"</sheetData>",
                b"".join(b'<row r="%d">%s</row>' % (n, b"<c><v>1</v></c>" * 26) for n in range(3, 38_465))
                + b"</sheetData>",
            ),
        ),
        "more than 1,000 rows",
    )


hostile()
