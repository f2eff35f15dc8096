"""Workbooks as spreadsheet programs write them, and as people who mean harm do."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("indicator", "month", "numerator", "denominator", "value", "commentary", "provenance")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(
    rows: Iterable[Sequence[object]],
    header: Sequence[object] = HEADER,
    *,
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """An .xlsx of one sheet; ``change`` may do to the sheet what a person might have done."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(book: bytes, name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its archive added or rewritten."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        present = {member.filename: old.read(member) for member in old.infolist()}
        present[name] = part if isinstance(part, bytes) else part(present[name])
        for filename, content in present.items():
            new.writestr(filename, content)
    return kept.getvalue()


def archive(**parts: bytes) -> bytes:
    """An archive of these parts: archive(xl__workbook_xml=b"...")."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return kept.getvalue()


def zip_bomb(book: bytes, unpacked: int) -> bytes:
    """A small file whose sheet unpacks to ``unpacked`` bytes of blanks."""
    return with_part(book, SHEET, lambda sheet: sheet + b" " * unpacked)


def lying_about_its_size(book: bytes, unpacked: int) -> bytes:
    """A bomb whose directory says that the sheet is small."""
    bomb = bytearray(zip_bomb(book, unpacked))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        true_size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert bomb.count(true_size) == 2
    return bytes(bomb.replace(true_size, (1000).to_bytes(4, "little")))


def broken_in(book: bytes, name: str) -> bytes:
    """The workbook with some bytes of one part overwritten."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        member = archive.getinfo(name)
    at = member.header_offset + 30 + len(name) + member.compress_size // 2
    return book[:at] + bytes(20) + book[at + 20 :]


def entity_bomb(book: bytes) -> bytes:
    """The billion laughs, in the sheet's own XML."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE worksheet [<!ENTITY l0 "laugh">{levels}]>'.encode()
    return with_part(book, SHEET, lambda sheet: declared + sheet)


def encrypted(book: bytes) -> bytes:
    """The flag of an encrypted member set, as an archive with a password has it."""
    locked = bytearray(book)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := locked.find(mark, at)) >= 0:
            locked[at + offset] |= 1
            at += 4
    return bytes(locked)
