"""A workbook's parts, found as its own relations name them; and a small workbook of one of its sheets.

The parser of values looks for parts under their usual names and takes the whole archive. It is given one that holds the
one sheet and what that sheet leans on, all under those names: what was looked at is what is read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from uploads.tables.archive import DAMAGED_WORDS, ROOT, Archive, packed
from uploads.tables.cells import Sight, parsed, percent_forms
from uploads.tables.refusal import FileRefused

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# What merged cells there are is known by then, and one parser takes less of how they are written than the other. They
# stand behind all cells; in a cell's text the same signs are words.
MERGED = re.compile(rb"<(?:\w+:)?mergeCells\b.*</(?:\w+:)?mergeCells\s*>", re.DOTALL)
END_OF_CELLS = re.compile(rb"</(?:\w+:)?sheetData\s*>")


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook and the part that holds it; charts have no cells and are none."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Relation:
    id: str
    kind: str
    part: str


class Package:
    """The workbook in an archive. FileRefused where a part that it needs is damaged or missing."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        workbook = next(
            (one.part for one in _relations(archive, ROOT) if one.kind == "officeDocument"), "xl/workbook.xml"
        )
        folder, _, name = workbook.rpartition("/")
        relations = list(_relations(archive, f"{folder}/_rels/{name}.rels".lstrip("/")))
        root = parsed(archive.part(workbook))
        self.sheets = list(_sheets(root, {one.id: one.part for one in relations if one.kind == "worksheet"}))
        beside = {one.kind: one.part for one in relations if one.kind in ("styles", "sharedStrings")}
        self.styles = archive.part(beside["styles"]) if beside.get("styles") in archive else b""
        self.strings = (
            archive.part(beside["sharedStrings"]) if beside.get("sharedStrings") in archive else b""
        )
        self.counts_from_1904 = _on(root.find("{*}workbookPr"), "date1904")
        self.worked_out = not _on(root.find("{*}calcPr"), "fullCalcOnLoad")

    def sight(self, most_rows: int) -> Sight:
        return Sight(percent_forms(self.styles) if self.styles else {}, most_rows, self.worked_out)

    def alone(self, sheet: bytes) -> BytesIO:
        """A workbook of this one sheet."""
        parts = {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            ROOT: _related(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}">'
                f'<workbookPr date1904="{int(self.counts_from_1904)}"/>'
                '<sheets><sheet name="Sheet" sheetId="1" r:id="r0"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": _related(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            "xl/worksheets/sheet1.xml": _without_merged(sheet),
        }
        if self.styles:
            parts["xl/styles.xml"] = self.styles
        if self.strings:
            parts["xl/sharedStrings.xml"] = self.strings
        return packed(parts)


def _without_merged(sheet: bytes) -> bytes:
    """The sheet without its ranges of merged cells, every cell as it is."""
    end = max((found.end() for found in END_OF_CELLS.finditer(sheet)), default=0)
    return sheet[:end] + MERGED.sub(b"", sheet[end:])


def _relations(archive: Archive, name: str) -> Iterator[Relation]:
    """What a part of relations names, each by the full name of its part."""
    if name not in archive:
        raise FileRefused(DAMAGED_WORDS)
    base = posixpath.dirname(posixpath.dirname(name))
    for one in parsed(archive.part(name)).iterfind("{*}Relationship"):
        target = posixpath.normpath(posixpath.join(f"/{base}", one.get("Target", ""))).lstrip("/")
        yield Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target)


def _sheets(workbook: Any, parts: dict[str, str]) -> Iterator[Sheet]:
    """Every sheet with cells, in the order of the workbook."""
    for one in workbook.iterfind("{*}sheets/{*}sheet"):
        related = next((text for name, text in one.attrib.items() if name.endswith("}id")), "")
        if related in parts:
            yield Sheet(one.get("name", ""), parts[related], one.get("state", "visible") != "visible")


def _on(element: Any, attribute: str) -> bool:
    return element is not None and element.get(attribute) in ("1", "true", "on")


def _related(*parts: tuple[str, str]) -> bytes:
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(parts)
    )
    return f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'.encode()
