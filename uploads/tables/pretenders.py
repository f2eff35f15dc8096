"""Files that are no table, whatever they are called: named for what they are, with the way to a table."""

from __future__ import annotations

import re

from uploads.tables.refusal import FileRefused

OLE = b"\xd0\xcf\x11\xe0"
PICTURE = "This is a picture. Type the figures, or hand in the spreadsheet that it shows."
PACKED = "This is a packed file. Unpack it, and hand in the spreadsheet that is in it."
# How such files begin, after blanks and marks; long enough that no header of a table does.
BEGINNINGS = {
    b"%PDF-": "This is a PDF. Figures can’t be read from it: hand in the spreadsheet that it was made from.",
    b"{\\rtf1": "This is a Word document (.rtf). Copy its table into a spreadsheet and save that as .xlsx.",
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF87a": PICTURE,
    b"GIF89a": PICTURE,
    b"MIME-Version:": "This is a web page saved as one file. Open it in Excel and save it as .xlsx.",
    b"ID;PWXL": "This is a SYLK file, an old form of spreadsheet. Open it in Excel and save it as .xlsx.",
    b"\x1f\x8b": PACKED,
    b"7z\xbc\xaf": PACKED,
    b"Rar!\x1a\x07": PACKED,
}
WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
BEGINNING = 2048


def refuse_pretender(content: bytes) -> None:
    """FileRefused for what is neither text nor an archive, and for web pages."""
    if content.startswith(OLE):
        # The names of streams in such a file are UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused("The workbook has a password. Save it again without one.")
        raise FileRefused(
            "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx or CSV UTF-8."
        )
    start = content[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, words in BEGINNINGS.items():
        if start.startswith(beginning):
            raise FileRefused(words)
    if XML_SPREADSHEET in start and start.startswith(b"<?xml"):
        raise FileRefused("This is an XML spreadsheet of Excel 2003. Open it in Excel and save it as .xlsx.")
    if start.startswith(b"<") and WEB_PAGE.search(start):
        raise FileRefused(
            "This is a web page, whatever its name says: many systems export so. Open it in Excel and save it as .xlsx."
        )
