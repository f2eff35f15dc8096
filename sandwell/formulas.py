"""Text that no spreadsheet takes for a formula, and the way back.

A cell that begins with one of these signs is calculated when a file is opened; an apostrophe before it keeps it
text. What already begins so with apostrophes gets one more, so that the way back is never in doubt.
"""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """The text for a cell of a file: "=1+1" becomes "'=1+1"."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) else text


def original(text: str) -> str:
    """What a neutral text stood for; any other text is itself."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
