"""The demonstration's meetings: illustrative, and always in the year ahead of the day on which they are loaded."""

from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from parties.models import Contract, Meeting, User
from parties.services import add_meeting
from sandwell.calendar import working_day
from sandwell.periods import Month

MONTHS_AHEAD = 12


@transaction.atomic
def load_meetings(*, by: User | str, contract: Contract, file: Path, today: date) -> int:
    """Adds a year of meetings from today on, and says how many; none where a meeting lies ahead already.

    Their dates follow from today, not from the file. The demonstration's figures end in March 2020: meetings of that
    time would all be over, and the calendar would have nothing to show but what is overdue. A demonstration that was
    loaded long ago gets a new year when it is loaded again; what an administrator moved or cancelled stays as it is.
    """
    if Meeting.objects.filter(contract=contract, day__gte=today).exists():
        return 0
    planned = [
        {"board": board["board"], "day": day, **_words(board)}
        for board in yaml.safe_load(file.read_text(encoding="utf-8"))
        for day in _days(board, today)
    ]
    for meeting in planned:
        add_meeting(contract=contract, by=by, **meeting)
    return len(planned)


def _days(board: dict[str, Any], today: date) -> list[date]:
    """The days on which the board meets, from today until a year has gone round."""
    this_month = Month.of(today)
    months = Month.range(this_month, this_month.next(MONTHS_AHEAD - 1))
    days = [working_day(month, board["working_day"]) for month in months if month.month in board["months"]]
    return [day for day in days if day >= today]


def _words(board: dict[str, Any]) -> dict[str, Any]:
    starts = board.get("starts_at")
    return {
        "starts_at": time.fromisoformat(starts) if starts else None,
        "place": board.get("place", ""),
        "note": board.get("note", ""),
    }
