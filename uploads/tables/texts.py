"""Handed-in bytes that should be text: which signs they stand for, and what else they may be.

UTF-8, UTF-16 and plainly Windows text are read. Of anything else its people are asked, with a sample: a £ that was
guessed wrongly stands in a report for ever.
"""

from __future__ import annotations

import re
from itertools import islice

from uploads.tables.refusal import ENCODING, Choice, FileAsks, FileRefused

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
WINDOWS, MIXED = "cp1252", "utf-8+cp1252"
# Programs that people may have saved the file with, by the encoding that each of them writes.
LABELS = {
    WINDOWS: "Windows",
    "cp850": "An older program (DOS)",
    "mac_roman": "An older Mac",
    MIXED: "UTF-8 with some Windows text in it",
}
# Signs that British text has when Windows writes it: quotes, dashes, money, fractions and the like; and letters that
# English borrows. What follows are places in which none of them stands.
PLAIN = "‘’“”–—…•£€°½¼¾§©®™²³×·\u00a0"
SMALL, CAPITAL = "éèêëáàâäåçñöüóòôíìîïúùûæœ", "ÉÈÊÁÀÂÄÅÇÑÖÜÓÔÍÎÚ"
UNLIKELY = re.compile(
    rf"[^\x00-\x7f{PLAIN}{SMALL}{CAPITAL}]"
    rf"|(?<![A-Za-z])[{SMALL}{CAPITAL}](?![A-Za-z])|(?<=[0-9])[{SMALL}{CAPITAL}]|[{SMALL}{CAPITAL}](?=[0-9])"
    rf"|(?<=[a-z])[{CAPITAL}]"
    "|(?<=[A-Za-z])[“”‘…£€°½¼¾\u00a0](?=[A-Za-z])|£(?=[A-Z]|[a-z]{2})"
)
# A letter that was read as UTF-8, where bytes that are none stand as surrogates.
READ = re.compile(r"[^\x00-\x7f\udc80-\udcff]")
# So many lines of a sample, and so much of each.
SAMPLE_LINES, SAMPLE_WIDTH = 3, 100
FEW = 512


def text_of(content: bytes, chosen: str = "") -> str:
    """The text of a file. FileRefused for what is none, FileAsks for what may be read in several ways."""
    if encoding := _marked(content) or _wide(content):
        return _plain(_decoded(content, encoding))
    if b"\x00" in content:
        raise FileRefused("This is not a text file. Save the sheet as CSV UTF-8 or as .xlsx.")
    if chosen:
        return _in_encoding(content, chosen)
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    if not _mixed(content) and _plainly_windows(content):
        return content.decode(WINDOWS)
    raise FileAsks(
        ENCODING,
        "Some letters or signs in the file can be read in more than one way. In which of these do they read right"
        " (if in none, withdraw the file and save it as CSV UTF-8)?",
        _choices(content),
    )


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("The text of the file is damaged. Save the sheet as CSV UTF-8.") from error


def _plain(text: str) -> str:
    if "\x00" in text:
        raise FileRefused("This is not a text file. Save the sheet as CSV UTF-8 or as .xlsx.")
    return text


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS.items() if content.startswith(mark)), None)


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English text is empty."""
    few = content[: FEW - FEW % 2]
    if len(few) < 4 or len(content) % 2:
        return None
    for encoding, high in (("utf-16-le", few[1::2]), ("utf-16-be", few[::2])):
        if high.count(0) > len(high) * 3 // 4:
            return encoding
    return None


def _in_encoding(content: bytes, encoding: str) -> str:
    if encoding not in LABELS:
        raise FileRefused("That is none of the ways in which the file can be read.")
    if encoding == MIXED:
        return content.decode(errors="surrogateescape").translate(_Windows())
    return content.decode(encoding, errors="replace")


class _Windows(dict[int, str]):
    """Bytes that are no UTF-8, one by one, as Windows has them."""

    def __missing__(self, code: int) -> str:
        if not 0xDC80 <= code <= 0xDCFF:
            raise LookupError
        return bytes([code - 0xDC00]).decode(WINDOWS, errors="replace")


def _mixed(content: bytes) -> bool:
    """Whether some letters are UTF-8 although not all are."""
    return READ.search(content.decode(errors="surrogateescape")) is not None


def _plainly_windows(content: bytes) -> bool:
    try:
        return UNLIKELY.search(content.decode(WINDOWS)) is None
    except UnicodeDecodeError:
        return False


def _choices(content: bytes) -> list[Choice]:
    """The ways that differ in what they make of the file, those that leave signs unknown last."""
    encodings = [MIXED, *LABELS] if _mixed(content) else [one for one in LABELS if one != MIXED]
    lines = list(islice((line for line in content.splitlines() if not line.isascii()), SAMPLE_LINES))
    found: dict[str, Choice] = {}
    for encoding in dict.fromkeys(encodings):
        sample = "\n".join(_window(_in_encoding(line, encoding)) for line in lines)
        found.setdefault(sample, Choice(encoding, LABELS[encoding], sample))
    return sorted(found.values(), key=lambda choice: "\ufffd" in choice.sample)


def _window(line: str) -> str:
    """The part of a line around its first sign that isn't plain."""
    odd = re.search(r"[^\x00-\x7f]", line)
    begin = max(0, (odd.start() if odd else 0) - SAMPLE_WIDTH // 2)
    return line[begin : begin + SAMPLE_WIDTH]
