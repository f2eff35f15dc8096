"""A person's notices by day, and what became of each e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from core import clock
from core.values.numbers import count_words
from core.values.words import day_words
from notices.digests import MAILED_WITHIN
from notices.kinds import kinds
from notices.models import Notice
from notices.selectors import LATEST
from parties.participants import Participant


@dataclass(frozen=True)
class NoticeRow:
    kind: str
    words: str
    url: str
    at: str
    mail: str


@dataclass(frozen=True)
class NoticesPage:
    """``days`` are pairs of a day in words and its notices, newest first."""

    summary: str
    days: list[tuple[str, list[NoticeRow]]]
    email: str
    may_be_more: bool


def notices_page(participant: Participant, notices: Sequence[Notice], now: datetime) -> NoticesPage:
    email = participant.user.email
    by_day = groupby(notices, key=lambda notice: clock.day_of(notice.at))
    return NoticesPage(
        summary=_summary(notices, now),
        days=[(day_words(day), [_row(notice, email, now) for notice in of_day]) for day, of_day in by_day],
        email=email,
        may_be_more=len(notices) == LATEST,
    )


def _summary(notices: Sequence[Notice], now: datetime) -> str:
    """How much is new: "2 notices today, the latest at 14:05."."""
    today = clock.day_of(now)
    latest = timezone.localtime(notices[0].at) if notices else None
    if latest is None:
        return "You have no notices yet."
    new = sum(1 for notice in notices if clock.day_of(notice.at) == today)
    if not new:
        return f"No notice today; the latest is of {day_words(latest.date())}."
    return f"{count_words(new, 'notice')} today, the latest at {latest:%H:%M}."


def _row(notice: Notice, email: str, now: datetime) -> NoticeRow:
    return NoticeRow(
        kind=kinds()[notice.kind].label if notice.kind in kinds() else notice.kind,
        words=notice.words,
        url=notice.path,
        at=f"{timezone.localtime(notice.at):%H:%M}",
        mail=_mail_words(notice, email, now),
    )


def _mail_words(notice: Notice, email: str, now: datetime) -> str:
    """What became of it as an e-mail."""
    if notice.digest and notice.digest.sent_at:
        return f"sent by e-mail on {day_words(clock.day_of(notice.digest.sent_at))}"
    if not notice.by_mail:
        return "not sent by e-mail: you chose so, or it no longer held when the e-mail went out"
    if not email:
        return "not sent: you have no e-mail address"
    if notice.digest:
        return "the e-mail is on its way; where it fails, it is tried again"
    if notice.at <= now - MAILED_WITHIN:
        return "not sent by e-mail"
    return "goes out with your next e-mail"
