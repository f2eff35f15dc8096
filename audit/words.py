"""What stands in an entry's changes, in words: whatever it is, to its depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from core.values.words import day_words

_DAY = re.compile(r"(?<![-0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![-0-9])")
_LABELS = {"sha256_of_all": "SHA-256 of all", "starts_at": "hour", "not_by_mail": "not by e-mail"}


def any_lines(name: str, value: Any) -> Iterator[str]:
    """Whatever it is, to its depth; a list of words is shown by its members alone."""
    if isinstance(value, Mapping) and set(value) == {"old", "new"}:
        yield f"{label(name)}: {word(value['old'])} → {word(value['new'])}"
    elif isinstance(value, Mapping):
        for inner, deeper in value.items():
            yield from any_lines(f"{label(name)}, {label(inner)}", deeper)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, (Mapping, list)):
                yield from any_lines(name, item)
            else:
                yield word(item)
    else:
        yield f"{label(name)}: {word(value)}"


def changed_lines(name: str, value: Any) -> Iterator[str]:
    """A setting that changed, "grace months: 6 → 3"; anything else as it comes."""
    if isinstance(value, list):
        yield f"{label(name)}: {' → '.join(word(item) for item in value)}"
    else:
        yield from any_lines(name, value)


def label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


def word(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    text = str(value)
    return _day(text) if _DAY.fullmatch(text) else text


def days_in_words(text: str) -> str:
    """The days in a text as people write them."""
    return _DAY.sub(lambda found: _day(found[0]), text)


def _day(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text
