"""Money as people and spreadsheets write it: "£1,234.50", "(1,234)", "1,234-", "1.234m"; exact pence, or refused.

The number itself is read by ``core.values.written_numbers``; here are its signs and its unit. What could be read in two
ways is never guessed, and what stands where there is no amount is never taken for nil.
"""

from __future__ import annotations

import re

from budgets.rules.money import LARGEST, Unit, for_file, written
from core.values.cells import visible
from core.values.written_numbers import number_written


class NotAnAmount(ValueError):
    """A text that is no amount of money; its words say what helps. Those below name what is wrong."""


class NoNumber(NotAnAmount):
    """Nothing, a word or a sign where an amount should stand: "nil", "tbc", "-", "#REF!"."""


class HasLetters(NotAnAmount):
    """Letters in a number: "1O0", "12a", "1,234 CR"."""


class MixedUnits(NotAnAmount):
    """Another unit than the column counts in: "1.2m" under £’000, or "£6,516" there, which may be either."""


class Ambiguous(NotAnAmount):
    """A number that could be two: "1,5", "1.234" pounds, "1.234.567"."""


class TwoSigns(NotAnAmount):
    """More than one sign: "-(1,234)", "-1,234-"."""


class Credit(NotAnAmount):
    """Brackets, or a minus behind the number, where a person gives an amount: "(500)", "500-"."""


class PartOfAPenny(NotAnAmount):
    """More decimals than the penny has: "1.2345" pounds."""


class TooLarge(NotAnAmount):
    """More than any amount here: see ``money.LARGEST``."""


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_UNITS = dict.fromkeys(("k", "thousand"), Unit.THOUSANDS) | dict.fromkeys(
    ("m", "mn", "million"), Unit.MILLIONS
)
_IN_WORDS = {Unit.POUNDS: "pounds", Unit.THOUSANDS: "thousands", Unit.MILLIONS: "millions"}
# Pounds as our own files have them (``money.for_file``): read at once, since files are long.
_OWN = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}")
_BRACKETED = re.compile(r"([-+]?\s*£?)\s*\(([^()]*)\)\s*([a-z]*\s*-?)")
_AMOUNT = re.compile(
    r"(?P<first>[-+])?\s*(?P<pound>£)?\s*(?P<second>[-+])?\s*"
    r"(?P<number>[0-9][0-9.,\s]*|\.[0-9]+)\s*(?P<unit>[a-z]+)?\s*(?P<last>-)?"
)
# A point before three digits ends thousands in most of Europe, and pounds have two decimals.
_POINTED_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
# So many signs an amount has at the most, and so much of a longer text is repeated.
_SHOWN = 40


def pence_written(text: str, column: Unit | None = None) -> int:
    """The whole pence that the text stands for; brackets, a minus before or after it make it negative.

    ``column`` is the unit of the column in which it stands: the text then names no other. Without a column it may name
    its own ("£58.33m", "1.2k"), else it counts pounds. NotAnAmount, by one of its kinds and in plain words, else.
    """
    if column in (None, Unit.POUNDS) and _OWN.fullmatch(text):
        return int(text.replace(".", ""))
    shown = visible(text)
    if len(shown) > _SHOWN:
        raise NotAnAmount(f"“{shown[:_SHOWN]}…” is too long for an amount.")
    plain, bracketed = _without_brackets(shown.strip("'‘’").strip().translate(_DASHES).lower())
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise _refusal(shown, plain)
    signs = [sign for sign in (bracketed, found["first"], found["second"], found["last"]) if sign]
    if len(signs) > 1:
        raise TwoSigns(f"“{shown}” has more than one sign. Write one minus, or brackets.")
    unit = _unit(shown, found, column)
    pence = _pence(shown, found["number"].strip(), unit)
    return pence if signs in ([], ["+"]) else -pence


def pence_given(text: str) -> int:
    """The pence of what a person gives in pounds, typed or in a file; NotAnAmount as above, and Credit.

    Of all ways to write a minus this takes the one before the number: brackets and a minus behind it are how ledgers
    mark credits too, and which is meant is for people to say.
    """
    pence = pence_written(text, Unit.POUNDS)
    shown = visible(text).strip("'‘’ ")
    if "(" in shown or shown.translate(_DASHES).endswith("-"):
        minus, plus = for_file(-abs(pence)), for_file(abs(pence))
        raise Credit(f"“{shown}” may be below nil, or a credit. Write {minus} or {plus}.")
    return pence


def count_printed(printed: str) -> int:
    """The whole number that a document prints of children: "1,045". ValueError for what is none."""
    return int(printed.replace(",", ""))


def _without_brackets(plain: str) -> tuple[str, str]:
    """The text without its one pair of brackets, and "(" where it had one."""
    found = _BRACKETED.fullmatch(plain)
    return ("".join(found.groups()), "(") if found else (plain, "")


def _unit(shown: str, found: re.Match[str], column: Unit | None) -> Unit:
    """The unit that the text and its column agree on."""
    named = _UNITS.get(found["unit"]) if found["unit"] else None
    if found["unit"] and named is None:
        raise _has_letters(shown)
    if column is None:
        return named or Unit.POUNDS
    if named is not None and named is not column:
        raise MixedUnits(f"“{shown}” counts {_IN_WORDS[named]}, and its column counts {_IN_WORDS[column]}.")
    if found["pound"] and named is None and column is not Unit.POUNDS:
        raise MixedUnits(
            f"“{shown}” may be pounds, and its column counts {_IN_WORDS[column]}. Write the number without its sign."
        )
    return column


def _pence(shown: str, number: str, unit: Unit) -> int:
    if unit is Unit.POUNDS and _POINTED_THOUSANDS.fullmatch(number):
        raise Ambiguous(f"“{shown}” could be two amounts. Write thousands as 1,234 and pence as 1.23.")
    try:
        top, bottom = number_written(number).as_integer_ratio()
    except ValueError:
        raise Ambiguous(
            f"“{shown}” could be two amounts, or a date. Write thousands as 1,234 and decimals as 1.23."
        ) from None
    pence, rest = divmod(top * unit.pence, bottom)
    if rest:
        raise PartOfAPenny(f"“{shown}” has a part of a penny.")
    if pence > LARGEST:
        raise TooLarge(f"“{shown}” is more than {written(LARGEST)}, the largest amount here.")
    return pence


def _refusal(shown: str, plain: str) -> NotAnAmount:
    """Why a text is no amount that doesn't even have the shape of one."""
    if plain.startswith("#") or not any(sign.isnumeric() for sign in plain):
        written_here = f"“{shown}” is no amount" if shown else "There is no amount here"
        return NoNumber(f"{written_here}. Where it is zero, write 0; where nobody knows it, leave it empty.")
    if any(sign.isalpha() for sign in plain):
        return _has_letters(shown)
    return NotAnAmount(
        f"“{shown}” is not an amount like 1,234.50, −1,234 or (1,234). Write one number alone."
    )


def _has_letters(shown: str) -> HasLetters:
    return HasLetters(f"“{shown}” has letters in it. Write the number alone, like 1,234.50.")
