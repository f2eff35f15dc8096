"""What falls due under a contract and when its boards meet, for one person; and whose calendar an address is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendars.due import DueItem, DueItems
from calendars.models import CalendarLink, Meeting
from calendars.services import secret_digest
from core.declarations import declared
from parties.models import User
from parties.participants import Participant


@dataclass(frozen=True)
class ContractCalendar:
    """Everything open up to a day, however old, and the meetings between two days; each oldest first.

    ``remarks`` are what apps say of what falls due no more.
    """

    due: list[DueItem]
    meetings: list[Meeting]
    remarks: list[str]


def contract_calendar(
    participant: Participant, *, meetings_from: date, today: date, until: date
) -> ContractCalendar:
    """Nothing for someone without "calendar.view". One query for the meetings, beside those of the apps."""
    if not participant.may("calendar.view"):
        return ContractCalendar([], [], [])
    sources = declared(DueItems)
    due = [item for source in sources for item in source.open_until(participant, today, until)]
    remarks = [source.remark(participant, today) for source in sources]
    meetings = (
        Meeting.objects.visible_to(participant.user)
        .filter(contract=participant.contract, day__range=(meetings_from, until))
        .order_by("day", "starts_at", "pk")
    )
    in_order = sorted(due, key=lambda item: item.day)
    return ContractCalendar(in_order, list(meetings), [remark for remark in remarks if remark])


def whose_calendar(secret: str) -> User | None:
    """The person whose calendar's address holds this secret; None where there is none, or they can't sign in.

    The database looks for the hash, so that how long it takes says nothing about any secret.
    """
    link = CalendarLink.objects.filter(digest=secret_digest(secret), user__is_active=True)
    found = link.select_related("user").first()
    return found.user if found else None


def calendar_link_of(user: User) -> CalendarLink | None:
    return CalendarLink.objects.filter(user=user).first()
