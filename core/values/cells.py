"""Text that no spreadsheet takes for a formula, and the way back.

A cell that begins with one of these signs is calculated when a file is opened; an apostrophe before it keeps it
text. What already begins so with apostrophes gets one more, so that the way back is never in doubt.
"""

import re

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
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
    return text if _NUMBER.fullmatch(text) else neutral(text)
