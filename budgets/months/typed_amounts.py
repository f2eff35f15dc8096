"""What was typed of a line's period, read: amounts in pence and words, or what is wrong with each field."""

from __future__ import annotations

from collections.abc import Mapping

from budgets.rules.month_entry import Said
from budgets.rules.written_money import NotAnAmount, pence_given

AMOUNTS = ("actual", "forecast", "committed", "mitigation")
NEEDED = {"actual": "Give what was spent by then", "forecast": "Give what the year is to come to"}


def said_in(typed: Mapping[str, str]) -> tuple[Said | None, list[tuple[str, str]]]:
    """What it says; None, with each field and its message, where an amount is missing or can't be read."""
    pence: dict[str, int | None] = {}
    wrong: list[tuple[str, str]] = []
    for name in AMOUNTS:
        text = typed.get(name, "").strip()
        try:
            pence[name] = pence_given(text) if text else None
        except NotAnAmount as error:
            wrong.append((name, str(error)))
        else:
            if not text and name in NEEDED:
                wrong.append((name, NEEDED[name]))
    actual, forecast = pence.get("actual"), pence.get("forecast")
    if wrong or actual is None or forecast is None:
        return None, wrong
    words = (typed.get(name, "").strip() for name in ("words", "moved", "reason"))
    return Said(actual, forecast, pence["committed"], pence["mitigation"], *words), []
