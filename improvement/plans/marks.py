"""How a form knows that what it was begun from still stands.

It carries a mark of all that its person saw, and sends it back: whoever writes over something else is refused, and
shown both. Where every change is a row of its own, its number is the mark: an action's version, a measure's last value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def mark_of_all(told: Mapping[str, Any]) -> str:
    """Sixteen letters and digits, others wherever what is told (texts, numbers, lists of them) reads otherwise."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
