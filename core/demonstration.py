"""What an app adds to the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.values.months import Month

BY = "load_demonstration command"


@dataclass(frozen=True)
class Loading:
    """What each part is given: the contract's code, the day it is, and whom to tell.

    ``until`` is the last month with figures, ``last_over`` the last one that is over on that day.
    """

    contract_code: str
    today: date
    until: Month
    last_over: Month
    fixtures: Path
    say: Callable[[str], object]


@dataclass(frozen=True)
class DemonstrationPart:
    """Loads a part of the demonstration, once: run again it adds what is missing, and keeps what was entered.

    Parts run in the order of their apps.
    """

    load: Callable[[Loading], None]
