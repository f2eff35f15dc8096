"""A number as people and spreadsheets write it: "75", "75.4", "1,045", "75.4%"; exact, or refused with what helps.

What could be read in two ways is never guessed: 75,4 has a decimal comma, and 1,04 nobody knows. Words and signs that
stand where there is no number are told apart from numbers that are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from core.values.cells import visible

_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")
_POINTED = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# One sign between thousands, the same all through; the blanks are those that no line breaks at.
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?P<sign>[,\u00a0\u202f\u2009\u2007])[0-9]{3}(?:(?P=sign)[0-9]{3})*(?:\.[0-9]+)?"
)
_NEGATIVE = re.compile(r"[-‐‑‒–—−]\s*(?P<dashed>.+)|\(\s*(?P<bracketed>.+?)\s*\)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# So much of a text is repeated when something is said about it, and so many signs a number has at the most.
_SHOWN = _MOST_SIGNS = 40

_STANDS_FOR = {
    "not shown": {"*", "**", "***", "c", "s", "k", "suppressed", "confidential", "withheld", "redacted"},
    "not applicable": {"z", "n/a", "na", "not applicable"},
    "not available": {"x", ":", "..", "…", ".", "u", "low", "not available", "missing", "unknown", "blank", "nan", "?"},
    "not known yet": {"tbc", "tba", "pending", "awaited", "to follow", "to be confirmed"},
    "none": {"nil", "none", "null", "no", "zero", "-", "--", "---", "–", "—", "−"},
}  # fmt: skip
_MEANINGS = {word: meaning for meaning, words in _STANDS_FOR.items() for word in words}


class StandsForNoNumber(ValueError):
    """A word or sign that people write where there is no number to give."""


def number_written(text: str, *, percent: bool = False) -> Decimal:
    """The exact number that the text stands for; a percent sign is taken where ``percent`` says so: "75.4%" is 75.4.

    ValueError in plain words for anything else; StandsForNoNumber for a word or sign in a number's place.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    shown = visible(text)
    plain = shown.strip("'‘’").strip()
    number = _share(plain) if percent else None
    if number is None:
        number = _exact(plain)
    if number is not None:
        return number
    raise _refusal(shown[:_SHOWN], plain)


def _share(plain: str) -> Decimal | None:
    return _exact(plain[:-1].rstrip()) if plain.endswith("%") else None


def _exact(plain: str) -> Decimal | None:
    """None for what is no number; ValueError for one that has more digits than any number here."""
    if grouped := _GROUPED.fullmatch(plain):
        plain = plain.replace(grouped["sign"], "")
    if not _POINTED.fullmatch(plain):
        return None
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if len(plain) > _MOST_SIGNS:
        raise ValueError(
            f"“{plain[:_SHOWN]}…” is not a plain number: it has more digits than any number here."
        )
    return Decimal(plain)


def _refusal(shown: str, plain: str) -> ValueError:
    if word := _stands_for(plain):
        return StandsForNoNumber(f"“{shown}” {word}")
    return ValueError(f"“{shown}” {next(words for applies, words in _FAULTS if applies(plain))}")


def _stands_for(plain: str) -> str:
    """What a word or a sign is taken for; empty for what has a number in it that could be meant."""
    if plain.startswith("#"):
        return "stands for a calculation that failed, not a number."
    if re.match(r"[<>≤≥]|(fewer|less|more|under|over)\b", plain.lower()):
        return "stands for “not shown”, not a number."
    if any(sign.isnumeric() for sign in plain):
        return ""
    meaning = _MEANINGS.get(plain.strip("()[]{}").strip().lower())
    if meaning is None:
        return "is a word or a sign, not a number."
    return f"stands for “{meaning}”, not a number." + (
        " Where it is zero, write 0." if meaning == "none" else ""
    )


def _below_zero(plain: str) -> bool:
    found = _NEGATIVE.fullmatch(plain.removesuffix("%").rstrip())
    return found is not None and _is_number(found["dashed"] or found["bracketed"])


def _is_number(plain: str) -> bool:
    return (_exact(plain.removesuffix("%").rstrip())) is not None


def _matches(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda plain: found.fullmatch(plain) is not None


# The first that applies is said.
_FAULTS: list[tuple[Callable[[str], bool], str]] = [
    (_below_zero, "is below zero, which no figure here can be."),
    (
        _is_number,
        "has a percent sign, and what is asked for here is no percentage. Write the number alone.",
    ),
    (
        _matches(r"[0-9][0-9.]*(,[0-9]*)+(\.[0-9]*)?\s?%?"),
        "has a comma where no thousands end. Write decimals with a point, as 75.4, and thousands as 1,045 or 1045.",
    ),
    (
        lambda plain: any(sign.isnumeric() and not sign.isascii() for sign in plain),
        "is not a plain number: write it in the digits 0 to 9, as 75.4.",
    ),
    (
        _matches(r"[0-9]*\.[0-9]*\s?%?"),
        "is not a plain number: digits stand on one side of its point alone. Write 75, 75.4 or 0.5.",
    ),
    (
        _matches(r"[0-9]+(\.[0-9]+)?e[-+]?[0-9]+"),
        "is not a plain number: spreadsheets shorten a number so in a narrow column. Write it in full.",
    ),
    (
        _matches(r"[0-9]+[·•][0-9]+\s?%?"),
        "is not a plain number: its point is raised. Write decimals as 75.4.",
    ),
    (
        lambda plain: len(_NUMBER.findall(plain)) > 1,
        "is not a plain number: it is more than one, or a date. Write one number in each cell.",
    ),
    (
        lambda plain: True,
        "is not a plain number like 75 or 75.4. Write the number alone; the rest belongs into the commentary.",
    ),
]
