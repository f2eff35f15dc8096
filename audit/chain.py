"""The hash chain, pure: how an entry is written as canonical text and how its hash follows from it.

The same entry gives the same text on every database: keys sorted, no spaces, UTC with microseconds, no
floats.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64  # what the first entry has for a previous hash

CHAINED_FIELDS = (
    "sequence",
    "at",
    "actor_id",
    "actor",
    "action",
    "subject_type",
    "subject_id",
    "contract_code",
    "summary",
    "changes",
    "previous_hash",
)


def plain(value: Any) -> Any:
    """The value as JSON can hold it exactly: dates and Decimals become text, tuples become lists.

    Raises TypeError for a float (its text differs between databases) and for anything else without one
    exact text, ValueError for text that PostgreSQL can't store.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"An audit entry can't hold {value!r} exactly; give text, a whole number or a Decimal.")


def digest(fields: Mapping[str, Any]) -> str:
    """The SHA-256 of an entry's canonical text, in hexadecimal; `fields` holds each of CHAINED_FIELDS."""
    text = canonical({name: plain(fields[name]) for name in CHAINED_FIELDS})
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"The names in an audit entry are text, not {key!r}.")
    return _storable(key)


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("An audit entry can't hold the character NUL.")
    text.encode("utf-8")  # raises UnicodeEncodeError, a ValueError, for half of a surrogate pair
    return text
