"""Meetings of a contract's boards, and the secret address of a person's calendar."""

import secrets
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from audit.services import record
from calendars.models import CalendarLink, Meeting
from parties.models import Contract, User
from parties.services.scope import refuse_contract

MEETING_FIELDS = ("board", "day", "starts_at", "ends_at", "place", "note")
SECRET_BYTES = 32


@transaction.atomic
def add_meeting(
    *,
    contract: Contract,
    board: str,
    day: date,
    by: User | str,
    **details: Any,
) -> Meeting:
    """A meeting of one of the contract's boards; both parties see it in their calendars.

    `details` are any other of MEETING_FIELDS. Raises ValidationError where the board meets on that day already or
    the meeting would end before it starts, and OutOfScope for an administrator of neither party.
    """
    if unknown := set(details) - set(MEETING_FIELDS):
        raise TypeError(f"A meeting has no {', '.join(sorted(unknown))}.")
    refuse_contract(contract, by)
    meeting = Meeting(contract=contract, board=board, day=day, **details)
    meeting.full_clean()
    meeting.save(force_insert=True)
    record(
        by=by,
        action="meeting.added",
        subject=meeting,
        summary=f"A meeting was added: {meeting}.",
        changes=_said(meeting),
        contract=contract.code,
    )
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: User | str, **changes: Any) -> Meeting:
    """`changes` are any of MEETING_FIELDS; a meeting keeps its contract. Saving what it says already writes nothing."""
    if unknown := set(changes) - set(MEETING_FIELDS):
        raise TypeError(f"A meeting has no {', '.join(sorted(unknown))} to change.")
    changed = _lock(meeting, by)
    name, before = str(changed), _said(changed)
    for field, value in changes.items():
        setattr(changed, field, value)
    changed.full_clean()
    after = _said(changed)
    differs = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    if not differs:
        return changed
    changed.save(update_fields=list(differs))
    words = ", ".join(field.replace("_", " ") for field in differs)
    record(
        by=by,
        action="meeting.changed",
        subject=changed,
        summary=f"The meeting {name} was changed: {words}.",
        changes=differs,
        contract=changed.contract.code,
    )
    return changed


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User | str) -> None:
    """Takes it out of the calendar, and so out of everyone's own. The trail keeps what it was.

    A meeting that doesn't take place is no record of the contract, unlike a figure or a person: nothing rests on it.
    """
    gone = _lock(meeting, by)
    subject = (gone._meta.label_lower, str(gone.pk))
    name, said = str(gone), _said(gone)
    gone.delete()
    record(
        by=by,
        action="meeting.cancelled",
        subject=subject,
        summary=f"The meeting {name} was cancelled.",
        changes=said,
        contract=gone.contract.code,
    )


@transaction.atomic
def renew_calendar_link(*, user: User) -> str:
    """A new secret for the address of the person's calendar, which nobody can read again; the earlier one ends.

    Everyone does this for themselves alone. Whoever holds the address reads what the person may, until it is
    renewed or ended.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    ended = delete_calendar_link(user=locked)
    CalendarLink.objects.create(user=locked, digest=secret_digest(secret))
    record(
        by=user,
        action="calendar_link.renewed" if ended else "calendar_link.made",
        subject=user,
        summary=f"{user.username} made an address for their calendar{'; the earlier one ended' if ended else ''}.",
    )
    return secret


@transaction.atomic
def end_calendar_link(*, user: User) -> bool:
    """Whether there was one to end."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    ended = bool(delete_calendar_link(user=locked))
    if ended:
        record(
            by=user,
            action="calendar_link.ended",
            subject=user,
            summary=f"{user.username} ended the address of their calendar.",
        )
    return ended


def delete_calendar_link(sender: object = None, *, user: User, **signal: object) -> dict[str, Any]:
    """Whether there was one, as the trail says it: for whoever has locked the person and writes the audit entry."""
    count, _ = CalendarLink.objects.filter(user=user).delete()
    return {"calendar_address_ended": True} if count else {}


def secret_digest(secret: str) -> str:
    """What is kept of a secret. It is as random as a key, so that no slow hash is needed against guessing."""
    return sha256(secret.encode()).hexdigest()


def _lock(meeting: Meeting, by: User | str) -> Meeting:
    """The meeting's row as it stands, locked. Meeting.DoesNotExist where somebody else cancelled it meanwhile."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("contract").get(pk=meeting.pk)
    refuse_contract(locked.contract, by)
    return locked


def _said(meeting: Meeting) -> dict[str, Any]:
    """What the meeting says, as the trail can hold it."""
    hours = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    told = {name: hour.isoformat("minutes") if hour else "" for name, hour in hours.items()}
    return {field: getattr(meeting, field) for field in MEETING_FIELDS} | told
