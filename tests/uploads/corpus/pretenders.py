"""Files that are something else than they say."""

from __future__ import annotations

from tests.spreadsheets import archive
from tests.uploads.corpus.verdicts import Refused, add, wrong

add(
    "a PDF",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    Refused("This is a PDF"),
    "pdf",
)
add("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Refused("This is a picture"), "png")
add(
    "a web page",
    "<!DOCTYPE html><html><table><tr><td>PI1</td></tr></table></html>",
    Refused("This is a web page"),
    "xls",
)
add(
    "JSON",
    '{"indicator": "PI1", "month": "2019-03"}',
    wrong((1, "header", "No row names the columns")),
    "json",
)
add("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Refused("old Excel file"), "xls")
add("a program", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", Refused("not a text file"), "exe")
add("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", Refused("This is a packed file"), "gz")
add("an empty archive", b"PK\x05\x06" + bytes(18), Refused("not a text file"), "zip")
add("the start of an archive", b"PK\x03\x04", Refused("damaged"), "xlsx")


add("another archive", archive(readme=b"hello"), Refused("not an .xlsx workbook"), "xlsx")
add("an open document", archive(content_xml=b"<x/>", mimetype=b"x"), Refused("OpenDocument"), "ods")
add("a text document", archive(word__document_xml=b"<x/>"), Refused("a Word document"), "docx")
