"""Meetings in words that the page and a person's own calendar share."""

from __future__ import annotations

from calendars.models import Meeting


def meeting_title(meeting: Meeting) -> str:
    return meeting.get_board_display()


def meeting_note(meeting: Meeting) -> str:
    """When, where and what about, as far as it is fixed: "10:00 to 12:00, Council House. The month's figures"."""
    there = ", ".join(part for part in (meeting_hour(meeting), meeting.place) if part)
    return ". ".join(part for part in (there, meeting.note) if part)


def meeting_hour(meeting: Meeting) -> str:
    """From when to when: "10:00 to 12:00"; empty where that isn't fixed."""
    return f"{meeting.starts_at:%H:%M} to {meeting.ends_at:%H:%M}" if meeting.starts_at else ""
