"""How a spreadsheet shows a number: whether a cell's number form shows 0.75 as 75%.

A form has up to four sections: for numbers above, below and at zero, and for text; or sections with conditions.
(ECMA-376 part 1, 18.8.31.)
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

# Excel allows a number's form no more characters.
MOST_FORM = 255
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
# Words between quotes, a sign behind a backslash, blanks, fillings, and colours in brackets are no part of the number.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]<>=]*\]')
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip


def may_show_percent(form: str) -> bool:
    """Whether any number at all is shown as a percentage by this form."""
    return "%" in LITERAL.sub("", form[:MOST_FORM])


def shows_percent(form: str, number: float) -> bool:
    """Whether this number is shown as a percentage by this form."""
    return "%" in _section(LITERAL.sub("", form[:MOST_FORM]).split(";")[:3], number)


def _section(sections: list[str], number: float) -> str:
    """The section that a number is shown by."""
    if any(CONDITION.search(section) for section in sections):
        return next((section for section in sections if _holds(section, number)), sections[-1])
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _holds(section: str, number: float) -> bool:
    said = CONDITION.search(section)
    try:
        return said is None or COMPARE[said[1]](number, float(said[2]))
    except ValueError:
        return False
