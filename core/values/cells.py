"""Text that no spreadsheet takes for a formula, the way back, and the lines of CSV that are made of it.

A cell that begins with one of these signs is calculated when a file is opened; an apostrophe before it keeps it
text. What already begins so with apostrophes gets one more, so that the way back is never in doubt.

Text as a person sees it, too: signs that show nothing come along when cells are copied from pages and documents.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from unicodedata import category

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """The text for a cell of a file: "=1+1" becomes "'=1+1"."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) else text


def original(text: str) -> str:
    """What a neutral text stood for; any other text is itself."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text


def cell(value: object) -> str:
    """A value as a cell: empty for unknown, and an apostrophe before text that would start a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if NUMBER.fullmatch(text) else neutral(text)


def csv_lines(rows: Iterable[Iterable[object]], *, end: str = "\r\n") -> Iterator[str]:
    """Each row as a line of CSV, with every value as a cell. A file ends its lines in two characters (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def visible(text: str) -> str:
    """What a person sees of a short text: without signs that show nothing, and without blanks at its ends.

    Zero-width blanks and joiners, marks of the direction of writing, soft hyphens and byte order marks go.
    """
    if not text.isascii():
        text = "".join([sign for sign in text if not _shows_nothing(sign)])
    return text.strip()


def trimmed(text: str) -> str:
    """A long text without blanks and invisible signs at its ends; inside it, they may join letters or emoji."""
    if text.isascii():
        return text.strip()
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(sign: str) -> bool:
    return sign.isspace() or _shows_nothing(sign)


def _shows_nothing(sign: str) -> bool:
    """Unicode's format characters; not the tags far beyond them, which end the flags of England and Wales."""
    return category(sign) == "Cf" and sign < "\U000e0000"
