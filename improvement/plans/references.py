"""How references are written: letters and a number, like OR1."""

from __future__ import annotations

import re

PATTERN = "[A-Z]{1,4}[0-9]{1,3}"
REFERENCE = re.compile(PATTERN)


def in_capitals(text: str) -> str:
    """As references are kept. Letters other than A to Z stay as they are, so that no "ß" becomes two others."""
    return text.upper() if text.isascii() else text
