"""The demonstration's meetings: illustrative, in the year that begins on the demonstration's day."""

from datetime import date, time
from typing import Any

import yaml
from django.db import transaction

from calendars.models import Meeting
from calendars.services import add_meeting
from core.demonstration import BY, Loading
from core.values.months import Month
from core.values.working_days import working_day
from parties.models import Contract

MONTHS_AHEAD = 12


@transaction.atomic
def load_meetings(loading: Loading) -> None:
    """Adds a year of meetings from the demonstration's day on; none where a meeting lies ahead already.

    What an administrator moved or cancelled stays as it is.
    """
    contract = Contract.objects.get(code=loading.contract_code)
    if Meeting.objects.filter(contract=contract, day__gte=loading.today).exists():
        return
    boards = yaml.safe_load((loading.fixtures / "meetings.yaml").read_text(encoding="utf-8"))
    for board in boards:
        for day in _days(board, loading.today):
            add_meeting(contract=contract, by=BY, board=board["board"], day=day, **_words(board))


def _days(board: dict[str, Any], today: date) -> list[date]:
    """The days on which the board meets, from today until a year has gone round."""
    this_month = Month.of(today)
    months = Month.range(this_month, this_month.next(MONTHS_AHEAD - 1))
    days = [working_day(month, board["working_day"]) for month in months if month.month in board["months"]]
    return [day for day in days if day >= today]


def _words(board: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: time.fromisoformat(board[name]) for name in ("starts_at", "ends_at") if name in board},
        "place": board.get("place", ""),
        "note": board.get("note", ""),
    }
