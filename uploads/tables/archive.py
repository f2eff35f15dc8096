"""A workbook is an archive of XML parts: unpacks those that are read, counting, and packs them anew.

What was counted here is all that a parser gets to see. The archive's own directory is not believed: it may say that a
part is small, or name it twice.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping

from uploads.tables.refusal import SMALLER, FileRefused

MOST_PARTS = 10_000
# Workbooks know no others, and of the others a small piece may unpack to any size.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
PIECE = 1024 * 1024
# What every package of this kind has, and by which its workbook is found.
ROOT = "_rels/.rels"
AGAIN = (
    "Open it in Excel and save it again; where Excel can’t, save the sheet as CSV UTF-8 or paste its rows."
)
DAMAGED_WORDS = f"The workbook is damaged, or was written by no spreadsheet program. {AGAIN}"
ODDLY_PACKED = f"The workbook is packed in a way that no spreadsheet program packs one. {AGAIN}"
WITHOUT_A_PART = f"The workbook names a part that is not in it. {AGAIN}"
# What the standard library raises over an archive that is broken in one place or another.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, OSError, KeyError,
    ValueError, OverflowError, UnicodeDecodeError,
)  # fmt: skip
# An archive that holds a part of this name is something else, however its file is called.
OTHER_KINDS = {
    "content.xml": "an OpenDocument file (.ods)",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "word/document.xml": "a Word document, whatever its name says",
    "ppt/presentation.xml": "a presentation",
    "index/document.iwa": "a Numbers file",
}
# How a part in UTF-16 begins: with its mark, or without.
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


class Archive:
    """The parts of a workbook, each unpacked when it is asked for; together no more than ``most`` bytes."""

    def __init__(self, content: bytes, most: int) -> None:
        self.most, self.unpacked = most, 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGED as error:
            raise FileRefused(DAMAGED_WORDS) from error
        members = self.zip.infolist()
        if len(members) > MOST_PARTS:
            raise FileRefused(f"The workbook has more than {MOST_PARTS:,} parts. Save only the one sheet.")
        self.members = {_plain(member.filename): member for member in members}
        _refuse_kind(set(self.members))
        if len(self.members) < len(members):
            raise FileRefused(DAMAGED_WORDS)

    def __contains__(self, name: str | None) -> bool:
        return name is not None and _plain(name) in self.members

    def part(self, name: str) -> bytes:
        """The bytes of a part; FileRefused where it is damaged, locked, or unpacks to too much."""
        member = self._member(name)
        pieces = []
        try:
            with self.zip.open(member) as opened:
                while piece := opened.read(PIECE):
                    self._count(len(piece))
                    pieces.append(piece)
        except RuntimeError as error:
            raise FileRefused("The workbook has a password. Save it again without one.") from error
        except DAMAGED as error:
            raise FileRefused(DAMAGED_WORDS) from error
        return _in_utf8(b"".join(pieces))

    def _member(self, name: str) -> zipfile.ZipInfo:
        self._count(0)  # once there was too much, nothing more is unpacked
        member = self.members.get(_plain(name))
        if member is None:
            raise FileRefused(WITHOUT_A_PART)
        if member.compress_type not in COMPRESSIONS:
            raise FileRefused(ODDLY_PACKED)
        return member

    def _count(self, unpacked: int) -> None:
        self.unpacked += unpacked
        if self.unpacked > self.most:
            raise FileRefused(_too_much(self.most))


def _in_utf8(part: bytes) -> bytes:
    """The one encoding that every parser of workbooks reads; a few programs write another."""
    encoding = next((name for begin, name in WIDE.items() if part.startswith(begin)), None)
    if encoding is None:
        return part
    text = part.decode(encoding, errors="replace")
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of these parts alone, as they are."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    kept.seek(0)
    return kept


def _plain(name: str) -> str:
    """Some programs write the names of parts in another system's way; small and capital letters are one."""
    return name.replace("\\", "/").lstrip("/").lower()


def _too_much(most: int) -> str:
    return f"The workbook unpacks to more than {most // 1_048_576} MB, which is more than is accepted here. {SMALLER}"


def _refuse_kind(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileRefused("The workbook has macros. Save it as .xlsx without them.")
    for part, kind in OTHER_KINDS.items():
        if part in names:
            raise FileRefused(f"This is {kind}. Save the sheet as .xlsx or as CSV UTF-8.")
    if ROOT not in names:
        raise FileRefused("This is not an .xlsx workbook. Save the sheet as .xlsx or as CSV UTF-8.")
