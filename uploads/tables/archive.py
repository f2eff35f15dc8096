"""Looks into a workbook before a parser does: refuses what is hostile, and what would be misread silently.

A workbook is an archive of XML parts. They are searched as bytes here, never parsed, so that nothing in them
can grow. Every search takes time in proportion to the part, whatever stands in it.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable

from uploads.tables.refusal import FileRefused, Limits

MOST_PARTS = 1000
WORKBOOK = "xl/workbook.xml"
# Parts of other kinds of workbook, for which a parser that guesses would take the archive.
OF_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
FORMULA_WITHOUT_VALUE = re.compile(
    rb"<c\b[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>\s*|<v>\s*</v>\s*)?</c>"
)
# A cell that says it stands beyond column Z or far below: parsers make room for all the empty ones before it.
FAR_COLUMN = re.compile(rb"r=[\"'][A-Za-z]{2,}[0-9]")
FAR_ROW = re.compile(rb"r=[\"'][A-Za-z]?([0-9]{6,9})")
SPACED = tuple(b"r" + gap for blank in (b" ", b"\t", b"\r", b"\n") for gap in (blank + b"=", b"=" + blank))
# What the standard library raises over an archive that is broken in one place or another.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError, EOFError, OSError,
    KeyError, ValueError, OverflowError,
)  # fmt: skip
# XML takes either quote, and blanks on both sides of the sign.
IS = rb"\s*=\s*[\"']"
ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]{0,200}\bt" + IS + rb"e[\"'][^<>]{0,200})>")
CELL_NAME = re.compile(rb"\br" + IS + rb"([A-Z]+[0-9]+)[\"']")
CUSTOM_PERCENT = re.compile(
    rb"<(?:\w+:)?numFmt\b(?=[^<>]*\bformatCode\s*=\s*(?:\"[^\"<>]*%|'[^'<>]*%))[^<>]*\bnumFmtId"
    + IS
    + rb"([0-9]+)[\"']"
)
CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs", re.DOTALL)
STYLE_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^<>]*\bnumFmtId" + IS + rb"([0-9]+)[\"']")
PERCENT_FORMATS = {b"9", b"10"}


def refuse_hostile(content: bytes, limits: Limits) -> None:
    """Raises FileRefused, with a plain reason, for bombs, macros, entities and misleading cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_kind({member.filename for member in members})
            unpacked = sum(member.file_size for member in members)
            if unpacked > limits.unpacked_bytes or len(members) > MOST_PARTS:
                raise FileRefused(
                    "The workbook unpacks to more than is accepted here. Save only the one sheet."
                )
            percent = _percent_styles(archive)
            for member in members:
                _refuse_part(archive.read(member), limits, percent)
    except DAMAGED as error:
        raise FileRefused("The workbook is damaged or has a password. Save it again without one.") from error


def _refuse_kind(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("The workbook has macros. Save it as .xlsx without them.")
    if WORKBOOK not in names or names & OF_OTHER_KINDS:
        raise FileRefused("This is not an .xlsx workbook. Save the sheet as .xlsx or as CSV UTF-8.")


def _refuse_part(part: bytes, limits: Limits, percent: set[bytes]) -> None:
    if any(mark in part for mark in ENTITIES):
        raise FileRefused("The workbook declares XML entities, which no spreadsheet program writes.")
    if b"<sheetData" not in part and b":sheetData" not in part:
        return
    _refuse_reach(part, limits)
    if FORMULA_WITHOUT_VALUE.search(part):
        raise FileRefused(
            "A cell has a formula that was never worked out. Open it in Excel and save it again."
        )
    if (cell := _error_cell(part)) is not None:
        raise FileRefused(f"Cell {cell} holds an error such as #N/A. Empty it, or put the number there.")
    if (cell := _percent_cell(part, percent)) is not None:
        raise FileRefused(
            f"Cell {cell} is formatted as a percentage, so that 75% is kept as 0.75. Format the"
            " numbers as plain numbers and write 75."
        )


def _refuse_reach(part: bytes, limits: Limits) -> None:
    if any(gap in part for gap in SPACED):
        raise FileRefused("The sheet is written in an unusual way. Open the file in Excel and save it again.")
    if FAR_COLUMN.search(part):
        raise FileRefused("The sheet reaches beyond column Z. Remove what stands beyond the figures.")
    if any(int(row) > limits.rows + 1 for row in FAR_ROW.findall(part)):
        raise FileRefused(f"The file has more than {limits.rows:,} rows. Split it.")


def _error_cell(part: bytes) -> str | None:
    return _named(ERROR_CELL.findall(part))


def _percent_cell(part: bytes, percent: set[bytes]) -> str | None:
    if not percent:
        return None
    styles = b"|".join(sorted(percent))
    numbers = re.compile(
        rb"<(?:\w+:)?c\b(?![^<>]*\bt" + IS + rb"(?:s|str|inlineStr|b)[\"'])"
        rb"([^<>]{0,200}\bs" + IS + rb"(?:" + styles + rb")[\"'][^<>]{0,200})>"
        rb"[^<]*(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)?<(?:\w+:)?v>"
    )
    return _named(numbers.findall(part))


def _named(cells: Iterable[bytes]) -> str | None:
    """The name of the first of these cells, given the attributes of each."""
    for attributes in cells:
        name = CELL_NAME.search(attributes)
        return name[1].decode() if name else "of the sheet"
    return None


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    """The numbers of the cell styles that show 0.75 as 75%."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = archive.read("xl/styles.xml")
    formats = PERCENT_FORMATS | set(CUSTOM_PERCENT.findall(styles))
    found = CELL_STYLES.search(styles)
    used = STYLE_FORMAT.findall(found[0]) if found else []
    return {b"%d" % index for index, used_format in enumerate(used) if used_format in formats}
