"""Odd and hostile files, each with the verdict that it must get: refused, wrong in named cells, or right.

Run as a script it writes them all into a folder, to be tried by hand: ``python -m tests.uploads.corpus FOLDER``.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.spreadsheets import (
    HEADER,
    SHEET,
    encrypted,
    entity_bomb,
    lying_about_its_size,
    with_part,
    workbook,
    zip_bomb,
)

MB = 1024 * 1024
BYTES, UNPACKED, ROWS = 4 * MB, 50 * MB, 1000
HEAD = "indicator,month,numerator,denominator,value,commentary,provenance"
LINE = "PI1,2019-03,13,20,,,"
ROW = ["PI1", "2019-03", 13, 20]


@dataclass(frozen=True)
class Refused:
    """The file as a whole, with these words among the reason's."""

    words: str


@dataclass(frozen=True)
class Wrong:
    """Exactly these problems: row, column, and words among the message's."""

    problems: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Right:
    """Exactly these changes: code, month, numerator, denominator, value, commentary; and so many rows left out."""

    changes: tuple[tuple[str, str, str, str, str, str], ...]
    left_out: int = 0


Verdict = Refused | Wrong | Right
CORPUS: dict[str, tuple[Callable[[], bytes], Verdict]] = {}


def add(name: str, content: bytes | str | Callable[[], bytes], verdict: Verdict, suffix: str = "csv") -> None:
    full = f"{name}.{suffix}"
    assert full not in CORPUS, full
    if isinstance(content, str):
        content = content.encode()
    if isinstance(content, bytes):
        kept = content
        CORPUS[full] = (lambda: kept, verdict)
    else:
        CORPUS[full] = (content, verdict)


def wrong(*problems: tuple[int, str, str]) -> Wrong:
    return Wrong(problems)


def right(*changes: tuple[str, ...], left_out: int = 0) -> Right:
    return Right(tuple((*one, *[""] * (6 - len(one))) for one in changes), left_out)  # type: ignore[misc]


def csv_of(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines]) + "\n"


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


ONE = right(("PI1", "2019-03", "13", "20"))
CODE, MARCH = inline("A2", "PI1"), inline("B2", "2019-03")

# Encodings

PLAIN = csv_of('PI1,2019-03,13,20,,"Children’s – “naïve” café",')
SAID = right(("PI1", "2019-03", "13", "20", "", "Children’s – “naïve” café"))
add("utf-8", PLAIN, SAID)
add("utf-8 with a mark", PLAIN.encode("utf-8-sig"), SAID)
add("utf-16", PLAIN.encode("utf-16"), SAID)
add("utf-16 big endian", b"\xfe\xff" + PLAIN.encode("utf-16-be"), SAID)
add("utf-16 without a mark", PLAIN.encode("utf-16-le"), Refused("not a text file"))
add("utf-32", PLAIN.encode("utf-32"), Refused("not a text file"))
add("cp1252", PLAIN.encode("cp1252"), SAID)
add(
    "latin-1 beyond cp1252", csv_of("PI1,2019-03,13,20,,\x81,").encode("latin-1"), Refused("unknown encoding")
)
add("half of utf-16", b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-1], Refused("unknown encoding"))
add("a lone surrogate in utf-16", b"\xff\xfe" + b"i\x00\x00\xd8n\x00", Refused("unknown encoding"))
add(
    "two marks",
    b"\xef\xbb\xbf" + PLAIN.encode("utf-8-sig"),
    wrong((1, "\ufeffindicator", "Unknown column"), (1, "indicator", "missing")),
)
add("NUL", csv_of("PI1,2019-03,1\x003,20,,,"), Refused("not a text file"))
add(
    "emoji",
    csv_of("PI1,2019-03,13,20,,Good 👍🏽 month,"),
    right(("PI1", "2019-03", "13", "20", "", "Good 👍🏽 month")),
)
add("emoji as a code", csv_of("👍,2019-03,13,20,,,"), wrong((2, "indicator", "“👍” is not an indicator")))
add(
    "right to left",
    csv_of("PI1,2019-03,13,20,,\u202eabc\u202c שלום,"),
    right(("PI1", "2019-03", "13", "20", "", "\u202eabc\u202c שלום")),
)
add(
    "a mark of direction in a code",
    csv_of("\u200ePI1,2019-03,13,20,,,"),
    wrong((2, "indicator", "not an indicator")),
)
add(
    "a mark of direction in a number",
    csv_of("PI1,2019-03,\u200e13,20,,,"),
    wrong((2, "numerator", "not a plain number")),
)
add(
    "combining accents",
    csv_of("PI1,2019-03,13,20,,café e\u0301\u0301\u0301,"),
    right(("PI1", "2019-03", "13", "20", "", "café e\u0301\u0301\u0301")),
)
add("other digits", csv_of("PI1,2019-03,١٣,20,,,"), wrong((2, "numerator", "not a plain number")))
add("other digits in the month", csv_of("PI1,٢٠١٩-03,13,20,,,"), wrong((2, "month", "not a month")))
add("wide digits", csv_of("PI1,2019-03,１３,20,,,"), wrong((2, "numerator", "not a plain number")))
add("hard blanks", csv_of("PI1\u00a0,2019-03,\u00a013,20,,,"), ONE)

# Lines, delimiters, quotes

add("semicolons", csv_of(LINE).replace(",", ";"), ONE)
add("tabs", csv_of(LINE).replace(",", "\t"), ONE, "tsv")
add(
    "pipes",
    csv_of(LINE).replace(",", "|"),
    wrong(
        (1, HEAD.replace(",", "|")[:40], "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
)
add("Windows lines", csv_of(LINE).replace("\n", "\r\n"), ONE)
add("old Mac lines", csv_of(LINE).replace("\n", "\r"), ONE)
add("no last line end", csv_of(LINE).rstrip(), ONE)
add("blank lines between", csv_of("", LINE, "", "").replace("\n", "\r\n"), ONE)
add("lines of commas", csv_of(",,,,,,", LINE, ",,,,,,"), ONE)
add(
    "a blank line first",
    "\n" + csv_of(LINE),
    wrong((1, "indicator", "missing"), (1, "month", "missing"), (1, "value", "Give a value column")),
)
add(
    "a sep line",
    "sep=;\n" + csv_of(LINE).replace(",", ";"),
    wrong(
        (1, "sep=", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
)
add("quoted cells", '"indicator","month","numerator","denominator"\n"PI1","2019-03","13","20"\n', ONE)
add(
    "a line break in a cell",
    csv_of('PI1,2019-03,13,20,,"one\ntwo",'),
    right(("PI1", "2019-03", "13", "20", "", "one\ntwo")),
)
add(
    "doubled quotes",
    csv_of('PI1,2019-03,13,20,,"said ""no""",'),
    right(("PI1", "2019-03", "13", "20", "", 'said "no"')),
)
add("an open quote", csv_of('PI1,2019-03,13,20,,"never closed'), Refused("can't be read as CSV"))
add("a quote in the middle", csv_of('PI1,2019-03,13,20,,"a"b,'), Refused("can't be read as CSV"))
add(
    "a comma too many",
    csv_of("PI1,2019-03,13,20,,Two posts, one sick, one away"),
    wrong((2, "header", "more cells than columns"), (2, "provenance", "“one sick” is not one of")),
)
add("a decimal comma", csv_of('PI1,2019-03,,,"75,4",,'), wrong((2, "value", "has a comma")))
add(
    "a decimal comma between semicolons",
    csv_of("PI1;2019-03;;;75,4;;", head=HEAD.replace(",", ";")),
    wrong((2, "value", "has a comma")),
)
add("short lines", csv_of("PI1,2019-03,13,20"), ONE)
add("too short a line", csv_of("PI1,2019-03"), right(left_out=1))
add(
    "an endless field",
    lambda: csv_of('PI1,2019-03,13,20,,"' + "x" * 200_000).encode(),
    Refused("can't be read"),
)
add("a million commas", lambda: csv_of("," * 1_000_000).encode(), Refused("more than 200 cells"))
add(
    "a hundred thousand columns",
    lambda: ",".join(f"c{n}" for n in range(100_000)).encode(),
    Refused("200 cells"),
)
add("a million quotes", lambda: b'"' * 1_000_000, Refused("can't be read as CSV"))
add("a million line ends", lambda: b"\n" * 1_000_000, Refused("The file is empty"))
add("a million line ends with a dot", lambda: b"." + b"\n" * 1_000_000, Refused("more than 1,000 rows"))

# Nothing in it

add("nothing", b"", Refused("The file is empty"))
add("blanks", b" \r\n\t ", Refused("The file is empty"))
add(
    "only a mark",
    b"\xef\xbb\xbf",
    wrong((1, "indicator", "missing"), (1, "month", "missing"), (1, "value", "Give a value column")),
)
add("only a header", HEAD, wrong((2, "indicator", "There are no figures")))
add("only blank rows", csv_of(",,,,,,", ""), wrong((2, "indicator", "There are no figures")))
add(
    "an empty workbook",
    lambda: workbook([], header=[]),
    wrong((1, "indicator", "missing"), (1, "month", "missing"), (1, "value", "Give a value column")),
    "xlsx",
)
add("a workbook with a header", lambda: workbook([]), wrong((2, "indicator", "There are no figures")), "xlsx")

# Headers

add("a header in capitals", csv_of(LINE, head=HEAD.upper()), ONE)
add("a header with blanks", csv_of(LINE, head=HEAD.replace(",", " , ")), ONE)
add("no header", LINE + "\n", ONE)
add("no header, template's order", "PI1,Name,2019-03,Percent,1 of 2,13,20\n", ONE)
add(
    "no header, another order",
    "2019-03,PI1,13,20\n",
    wrong(
        (1, "2019-03", "Unknown column"),
        (1, "pi1", "Unknown column"),
        (1, "13", "Unknown column"),
        (1, "20", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
)
add(
    "columns in another order", csv_of("20,13,2019-03,PI1", head="denominator,numerator,month,indicator"), ONE
)
add(
    "helpers beside",
    csv_of(
        "PI1,x,2019-03,y,z,13,20,a,b,c",
        head=(
            "indicator,name,month,unit,last_month,numerator,denominator,numerator_is,denominator_is,how_to_fill"
        ),
    ),
    ONE,
)
add(
    "an unknown column",
    csv_of("PI1,2019-03,13,20,1", head="indicator,month,numerator,denominator,target"),
    wrong((1, "target", "Unknown column")),
)
add(
    "a column twice",
    csv_of("PI1,2019-03,13,20,1", head="indicator,month,numerator,denominator,numerator"),
    wrong((1, "numerator", "stands twice")),
)
add(
    "a column without a name",
    csv_of("PI1,2019-03,,13,20", head="indicator,month,,numerator,denominator"),
    wrong((1, "header", "Unknown column")),
)
add(
    "no month column",
    csv_of("PI1,13,20", head="indicator,numerator,denominator"),
    wrong((1, "month", "missing")),
)
add("no numbers", csv_of("PI1,2019-03", head="indicator,month"), wrong((1, "value", "Give a value column")))
add(
    "half the numbers",
    csv_of("PI1,2019-03,13", head="indicator,month,numerator"),
    wrong((1, "value", "Give a value column")),
)
add(
    "a title above",
    "Figures of March\n" + csv_of(LINE),
    wrong(
        (1, "figures of march", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
)
add(
    "a header of another language",
    csv_of("PI1,2019-03,75", head="Indikator,Monat,Wert"),
    wrong(
        (1, "indikator", "Unknown column"),
        (1, "monat", "Unknown column"),
        (1, "wert", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
)
add(
    "markup as a header",
    "<script>alert(1)</script>,month,value\n",
    wrong((1, "<script>alert(1)</script>", "Unknown column"), (1, "indicator", "missing")),
)

# Codes and months

add("small letters", csv_of("pi1,2019-03,13,20,,,"), ONE)
add("an unknown code", csv_of("PI16,2019-03,13,20,,,"), wrong((2, "indicator", "“PI16” is not an indicator")))
add("no code", csv_of(",2019-03,13,20,,,"), wrong((2, "indicator", "The code is missing")))
add("a blank in the code", csv_of("PI 1,2019-03,13,20,,,"), wrong((2, "indicator", "not an indicator")))
add(
    "a very long code",
    lambda: csv_of(f"{'P' * 90_000},2019-03,13,20,,,").encode(),
    wrong((2, "indicator", f"“{'P' * 40}” is not an indicator")),
)
add(
    "an injected code",
    csv_of("PI1'; DROP TABLE kpis_figure; --,2019-03,13,20,,,"),
    wrong((2, "indicator", "not an indicator")),
)
add("twice", csv_of(LINE, LINE), wrong((3, "month", "PI1 2019-03 stands already in row 2")))
add(
    "twice in other letters",
    csv_of(LINE, "pi1,2019-03,14,20,,,"),
    wrong((3, "month", "stands already in row 2")),
)
add(
    "twice with and without a figure", csv_of(LINE, "PI1,2019-03,,,,,"), wrong((3, "month", "stands already"))
)
for name, month in {
    "a slash": "03/2019",
    "a name": "March 2019",
    "a day": "2019-03-01",
    "month 13": "2019-13",
    "month 0": "2019-00",
    "a short month": "2019-3",
    "a serial": "43525",
    "two digits": "19-03",
    "a formula": "=DATE(2019,3,1)",
    "an endless month": "2019-03" * 5000,
}.items():
    add(f"month as {name}", csv_of(f'PI1,"{month}",13,20,,,'), wrong((2, "month", "is not a month")))
add("no month", csv_of("PI1,,13,20,,,"), wrong((2, "month", "The month is missing")))
add("a month to come", csv_of("PI1,9998-03,13,20,,,"), wrong((2, "month", "is not over yet")))
add(
    "a month after the last",
    csv_of("PI1,2020-04,13,20,,,"),
    wrong((2, "month", "the last month that the contract")),
)
add(
    "a month before the contract",
    csv_of("PI1,2018-03,13,20,,,"),
    wrong((2, "month", "before the contract began")),
)
add(
    "a published month before the contract",
    csv_of("PI1,2018-03,13,20,,,published"),
    wrong((2, "provenance", "returned by the Trust, not published")),
)
add("a month long ago", csv_of("PI1,1066-10,13,20,,,"), wrong((2, "month", "the earliest month")))
add("the year 0", csv_of("PI1,0000-01,13,20,,,"), wrong((2, "month", "is not a month")))
add(
    "several months",
    csv_of(LINE, "PI1,2019-04,14,20,,,"),
    right(("PI1", "2019-03", "13", "20"), ("PI1", "2019-04", "14", "20")),
)

# Numbers

for name, number, reason in [
    ("a percent sign", "12%", "has a percent sign"), ("a thousands comma", '"1,234"', "has a comma"),
    ("NA", "NA", "is not a number. Leave the cell empty"), ("nan", "NaN", "is not a number"),
    ("null", "null", "is not a number"), ("a dash", "-", "is not a number"), ("an error", "#N/A", "is not a number"),
    ("infinity", "inf", "not a plain number"), ("an exponent", "1e3", "not a plain number"),
    ("hexadecimal", "0x1F", "not a plain number"), ("an underscore", "1_000", "not a plain number"),
    ("below zero", "-5", "below zero"), ("below zero with a true sign", "−5", "below zero"),
    ("in brackets", "(5)", "below zero"), ("a plus", "+5", "not a plain number"), ("words", "about 5", "not a plain"),
    ("a pound", "£5", "not a plain number"), ("a fraction", "1/2", "not a plain number"),
    ("a star", "75.4*", "not a plain number"), ("two points", "7.5.4", "not a plain number"),
    ("a leading point", ".5", "not a plain number"), ("a last point", "5.", "not a plain number"),
    ("five decimals", "75.12345", "more than four decimals"), ("too large", "10000000", "is larger than"),
    ("huge", "9" * 50_000, "not a plain number"), ("a formula", "=1+1", "not a plain number"),
    ("a blank inside", "1 234", "not a plain number"), ("an above one hundred", "100.1", "above 100"),
    ("an uncertain one", "?", "is not a number"), ("a confidential one", "c", "not a plain number"),
]:  # fmt: skip
    add(f"value as {name}", csv_of(f"PI1,2019-03,,,{number},,"), wrong((2, "value", reason)))
add("value as a share", csv_of("PI1,2019-03,,,0.12,,"), right(("PI1", "2019-03", "", "", "0.12")))
add("leading zeros", csv_of("PI1,2019-03,,,007,,"), right(("PI1", "2019-03", "", "", "007")))
add("idle zeros", csv_of("PI1,2019-03,,,75.40000000,,"), right(("PI1", "2019-03", "", "", "75.40000000")))
add(
    "very many idle zeros",
    lambda: csv_of(f"PI1,2019-03,,,75.4{'0' * 99_000},,").encode(),
    right(("PI1", "2019-03", "", "", "75.4")),
)
add("nought of nought", csv_of("PI1,2019-03,0,0,,,"), right(("PI1", "2019-03", "0", "0")))
add(
    "some of nought", csv_of("PI1,2019-03,5,0,,,"), wrong((2, "denominator", "is 0 but the numerator is not"))
)
add("more than all", csv_of("PI1,2019-03,21,20,,,"), wrong((2, "numerator", "more than 100%")))
add(
    "a numerator alone",
    csv_of("PI1,2019-03,13,,,,"),
    wrong((2, "denominator", "missing beside its numerator")),
)
add(
    "a denominator alone",
    csv_of("PI1,2019-03,,20,,,"),
    wrong((2, "numerator", "missing beside its denominator")),
)
add("both shapes", csv_of("PI1,2019-03,13,20,65,,"), wrong((2, "value", "not both")))
add("a count in two", csv_of("PI5,2019-03,13,20,,,"), wrong((2, "value", "is a count")))
add("half a count", csv_of("PI5,2019-03,,,1.5,,"), wrong((2, "value", "counts are whole numbers")))
add("a rate with its count", csv_of("PI2,2019-03,520,,63.8,,"), right(("PI2", "2019-03", "520", "", "63.8")))
add("a rate beyond all", csv_of("PI2,2019-03,9999999,1,,,"), wrong((2, "numerator", "gives a value of")))
add(
    "both numbers wrong",
    csv_of("PI1,2019-03,12%,NA,,,"),
    wrong((2, "numerator", "percent sign"), (2, "denominator", "is not a number")),
)
add(
    "no figure but words",
    csv_of("PI1,2019-03,,,,Two posts vacant,"),
    wrong((2, "value", "There is no figure")),
)

# Words

add(
    "the longest commentary",
    csv_of(f"PI1,2019-03,13,20,,{'x' * 5000},"),
    right(("PI1", "2019-03", "13", "20", "", "x" * 5000)),
)
add(
    "too long a commentary",
    csv_of(f"PI1,2019-03,13,20,,{'x' * 5001},"),
    wrong((2, "commentary", "5,001 characters")),
)
add(
    "a hundred thousand characters",
    lambda: csv_of(f"PI1,2019-03,13,20,,{'x' * 100_000},").encode(),
    wrong((2, "commentary", "100,000 characters")),
)
add("a bell", csv_of("PI1,2019-03,13,20,,ding\x07,"), wrong((2, "commentary", "control characters")))
add("an escape", csv_of("PI1,2019-03,13,20,,\x1b[31mred,"), wrong((2, "commentary", "control characters")))
add(
    "a neutralised formula",
    csv_of("PI1,2019-03,13,20,,'=1+1,"),
    right(("PI1", "2019-03", "13", "20", "", "=1+1")),
)
add(
    "a formula as words",
    csv_of('PI1,2019-03,13,20,,"=HYPERLINK(""http://x"")",'),
    right(("PI1", "2019-03", "13", "20", "", '=HYPERLINK("http://x")')),
)
add(
    "markup as words",
    csv_of("PI1,2019-03,13,20,,<script>alert(1)</script>,"),
    right(("PI1", "2019-03", "13", "20", "", "<script>alert(1)</script>")),
)
add(
    "a template's marks",
    csv_of("PI1,2019-03,13,20,,{{ 7*7 }} {% now %},"),
    right(("PI1", "2019-03", "13", "20", "", "{{ 7*7 }} {% now %}")),
)
add(
    "an unknown provenance",
    csv_of("PI1,2019-03,13,20,,,guessed"),
    wrong((2, "provenance", "“guessed” is not one of")),
)
add("returned", csv_of("PI1,2019-03,13,20,,,Returned"), ONE)
add(
    "illustrative",
    csv_of("PI1,2019-03,13,20,,,illustrative"),
    wrong((2, "provenance", "returned by the Trust")),
)
add(
    "wrong in every cell",
    csv_of("PI99,March,12%,NA,,\x07,guessed,more"),
    wrong(
        (2, "header", "more cells"),
        (2, "indicator", "not an indicator"),
        (2, "provenance", "not one of"),
        (2, "month", "is not a month"),
        (2, "numerator", "percent sign"),
        (2, "denominator", "not a number"),
        (2, "commentary", "control characters"),
    ),
)

# Pretenders

add(
    "a PDF",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    wrong(
        (1, "%pdf-1.7", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
    "pdf",
)
add("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Refused("not a text file"), "png")
add(
    "a web page",
    "<!DOCTYPE html><html><table><tr><td>PI1</td></tr></table></html>",
    wrong(
        (1, "<!doctype html><html><table><tr><td>pi1<", "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
    "xls",
)
add(
    "JSON",
    '{"indicator": "PI1", "month": "2019-03"}',
    wrong(
        (1, '{"indicator": "pi1"', "Unknown column"),
        (1, '"month": "2019-03"}', "Unknown column"),
        (1, "indicator", "missing"),
        (1, "month", "missing"),
        (1, "value", "Give a value column"),
    ),
    "json",
)
add("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Refused("old Excel file"), "xls")
add("a program", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", Refused("unknown encoding"), "exe")
add("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", Refused("not a text file"), "gz")
add("an empty archive", b"PK\x05\x06" + bytes(18), Refused("not a text file"), "zip")
add("the start of an archive", b"PK\x03\x04", Refused("damaged or has a password"), "xlsx")


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return kept.getvalue()


add("another archive", archive(readme=b"hello"), Refused("not an .xlsx workbook"), "xlsx")
add("an open document", archive(content_xml=b"<x/>", mimetype=b"x"), Refused("not an .xlsx workbook"), "ods")
add("a text document", archive(word__document_xml=b"<x/>"), Refused("not an .xlsx workbook"), "docx")


# Workbooks


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
    book(
        "a truth for a number", [["PI1", "2019-03", True, 20]], wrong((2, "numerator", "not a plain number"))
    )
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
        wrong((2, "value", "more than four decimals")),
    )
    book("blank rows between", [[], ROW, [], [None, " "], []], right(("PI1", "2019-03", "13", "20")))
    book(
        "a blank column first", [[None, *ROW]], wrong((1, "header", "Unknown column")), header=[None, *HEADER]
    )
    book("numbers in the header", [ROW], wrong((1, "2019", "Unknown column")), header=[*HEADER, 2019])
    book("merged cells", [ROW, ROW], Refused("merged cells"), change=lambda sheet: sheet.merge_cells("A2:A3"))
    book("a merged title", [ROW], Refused("merged cells"), change=lambda sheet: sheet.merge_cells("F1:G1"))
    book(
        "a percent format",
        [["PI1", "2019-03", None, None, 0.65]],
        Refused("Cell E2 is formatted as a percentage"),
        change=styled("0.0%"),
    )
    book(
        "a whole percent format",
        [["PI1", "2019-03", None, None, 0.65]],
        Refused("Cell E2"),
        change=styled("0%"),
    )
    book(
        "a percent format of one's own",
        [["PI1", "2019-03", None, None, 0.65]],
        Refused("Cell E2"),
        change=styled('0.00% "of all"'),
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
    book("a formula without its value", [["PI1", "2019-03", "=6+7", 20]], Refused("never worked out"))
    book("an error in a cell", [["PI1", "2019-03", "#N/A", 20]], Refused("Cell C2 holds an error"))
    book("a division by nought", [["PI1", "2019-03", "#DIV/0!", 20]], Refused("Cell C2 holds an error"))
    book(
        "a comment in a cell",
        [["PI1", "2019-03", 13, 20, None, "two\nlines"]],
        right(("PI1", "2019-03", "13", "20", "", "two\nlines")),
    )
    book("a thousand and one rows", [ROW] * 1001, Refused("more than 1,000 rows"))
    add("two sheets", two_sheets, Refused("has 2 sheets"), "xlsx")
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
        wrong((2, "value", "is not a number")),
        "xlsx",
    )
    add(
        "infinity in a number",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>inf</v></c>'),
        wrong((2, "value", "not a plain number")),
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
        wrong((2, "indicator", "not an indicator")),
        "xlsx",
    )
    add(
        "an escaped NUL",
        cell_sheet(CODE, MARCH, '<c r="E2"><v>7</v></c>', inline("F2", "a_x0000_b")),
        wrong((2, "commentary", "control characters")),
        "xlsx",
    )


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
        "unpacks to more",
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
    bad(
        "entities in a part of no use", lambda: with_part(book, "docProps/x.xml", b"<!ENTITY"), "XML entities"
    )
    bad("macros", lambda: with_part(book, "xl/vbaProject.bin", b"\xcc\x61"), "has macros")
    bad("macros in other letters", lambda: with_part(book, "XL/VBAPROJECT.BIN", b"\xcc\x61"), "has macros")
    bad("a password", encrypted(book), "damaged or has a password")
    bad("cut off", book[: len(book) // 2], "damaged or has a password")
    bad("broken in the middle", book[: len(book) // 3] + bytes(50) + book[len(book) // 3 + 50 :], "damaged")
    bad("a binary workbook", lambda: with_part(book, "xl/workbook.bin", b"x"), "not an .xlsx workbook")
    bad("a workbook of nonsense", lambda: with_part(book, "xl/workbook.xml", b"<workbook"), "damaged")
    bad("a sheet of nonsense", lambda: with_part(book, SHEET, b"<worksheet><sheetData><row><c"), "damaged")
    bad("no sheet at all", lambda: with_part(book, SHEET, b""), "damaged")
    bad("far to the right", more(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'), "beyond column Z")
    bad("far below", more(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "more than 1,000 rows")
    bad("beyond all numbers", more(b"<row r='%s'/>" % (b"9" * 5000)), "more than 1,000 rows")
    bad("far away, written oddly", more(b'<row r ="1048576"></row>'), "written in an unusual way")
    bad("a million open tags", more(b"<c " * 1_000_000), "damaged")
    bad("a million errors", more(b"<c" + b' t="e"' * 500_000), "damaged")
    add("deep XML", more(b"<is>" * 500_000 + b"</is>" * 500_000), ONE, "xlsx")
    bad("deep XML that never ends", more(b'<c r="A3"><is>' * 500_000), "damaged")
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


books()
hostile()

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (make, _) in CORPUS.items():
        (folder / name).write_bytes(make())
