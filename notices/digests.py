"""One e-mail a day with what a person is told: claimed in one transaction, sent and marked in a second.

The row of the digest is the queue of record. What claims it fixes which notices the e-mail says, and its Message-ID
follows from person and day: a worker that dies between the mail server's answer and our commit repeats the same e-mail
under the same Message-ID, and nothing worse. docs/decisions/0007 says what that guarantees and what it doesn't.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core import clock
from notices.backoff import Backoff
from notices.emails import email
from notices.kinds import kinds
from notices.models import Digest, Notice
from parties.models import Membership, User
from parties.models.contract import memberships_in
from parties.roles import giving_roles

log = structlog.get_logger(__name__)

# Older notices stay on the page: who gets an address after a year is not sent the year.
MAILED_WITHIN = timedelta(days=14)
MAIL_SERVER = Backoff("mail-server")
# What a mail server says about one e-mail; everything else that goes wrong with it is its own.
OF_ONE_EMAIL = (SMTPRecipientsRefused, SMTPDataError)


@dataclass(frozen=True)
class Sent:
    """How many e-mails went out, and how many could not and are tried again; or why none was tried."""

    sent: int = 0
    failed: int = 0
    why_none: str = ""


def send_digests(*, now: datetime) -> Sent:
    """Send every person who has unsent notices their e-mail of the day, if they had none today."""
    if timezone.localtime(now).hour < settings.NOTICES_FROM_HOUR:
        return Sent(why_none=f"E-mails go out from {settings.NOTICES_FROM_HOUR}:00 on.")
    if until := MAIL_SERVER.until(now):
        return Sent(
            why_none=f"The mail server failed; it is tried again at {timezone.localtime(until):%H:%M}."
        )
    claim_digests(now=now)
    waiting = list(Digest.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True))
    due = [pk for pk in waiting if not _backoff(pk).until(now)]
    return _send_all(due, now) if due else Sent()


def claim_digests(*, now: datetime) -> None:
    """Give each person who is to be told today a digest with the notices that it will say."""
    for user_id in list(_people_to_mail(now).values_list("pk", flat=True)):
        _claim(user_id, now)


def mailable(now: datetime) -> QuerySet[Notice]:
    """Notices that wait for an e-mail, of people who can sign in, have an address and still have their role."""
    recent = Q(digest=None, by_mail=True, at__gt=now - MAILED_WITHIN)
    return Notice.objects.filter(recent, Exists(_roles_of_the_notified())).exclude(user__email="")


def _roles_of_the_notified() -> QuerySet[Membership]:
    """The memberships by which a notice's person may still be told it."""
    return memberships_in("contract").filter(
        role__in=giving_roles("notice.view"), user=OuterRef("user"), user__is_active=True
    )


def _people_to_mail(now: datetime) -> QuerySet[User]:
    today = timezone.localdate(now)
    # Also one that is still to be sent from an earlier day, and one of an earlier day that was sent today.
    of_today = Q(day=today) | Q(sent_at=None) | Q(sent_at__gte=clock.start_of(today))
    own = {"user": OuterRef("pk")}
    return User.objects.filter(
        Exists(mailable(now).filter(**own)), ~Exists(Digest.objects.filter(of_today, **own))
    ).order_by("pk")


@transaction.atomic
def _claim(user_id: int, now: datetime) -> None:
    day = timezone.localdate(now)
    digest, is_new = Digest.objects.get_or_create(user_id=user_id, day=day)
    if is_new and not mailable(now).filter(user_id=user_id).update(digest=digest):
        digest.delete()  # another worker took them meanwhile


def _send_all(waiting: list[int], now: datetime) -> Sent:
    sent = failed = passed = 0
    try:
        with get_connection() as connection:
            for pk in waiting:
                try:
                    sent += _send(pk, connection, timezone.localdate(now))
                except Exception as error:
                    if _is_the_servers(error):
                        raise
                    failed += 1
                    again = _clock(_backoff(pk).lengthen(now))
                    log.warning("notices_not_sent", digest=pk, error=_in_words(error), tried_again=again)
                passed += 1
    except (SMTPException, OSError) as error:
        again = _clock(MAIL_SERVER.lengthen(now))
        log.warning("mail_server_failed", error=_in_words(error), tried_again=again)
        why = f"The mail server failed; it is tried again at {again}."
        return Sent(sent, failed + len(waiting) - passed, why)
    MAIL_SERVER.end()
    return Sent(sent, failed)


def _is_the_servers(error: Exception) -> bool:
    """Whether the next e-mail would fail just the same; a person's own fault keeps nobody else from theirs."""
    return isinstance(error, SMTPException | OSError) and not isinstance(error, OF_ONE_EMAIL)


@transaction.atomic
def _send(digest_id: int, connection: BaseEmailBackend, today: date) -> bool:
    """Send one digest while its row is locked, and mark it; whether it was sent now.

    Another worker passes over a locked row; on SQLite it waits, and finds it sent.
    """
    unsent = Digest.objects.filter(pk=digest_id, sent_at=None).select_related("user")
    digest = unsent.select_for_update(skip_locked=True, of=("self",)).first()
    if digest is None:
        return False
    notices = _without_settled(list(_still_to_be_told(digest)), today)
    if not notices:
        _release(digest)
        return False
    email(digest, notices, message_id(digest.user_id, digest.day), connection).send()
    Digest.objects.filter(pk=digest.pk).update(sent_at=clock.now())
    return True


def _still_to_be_told(digest: Digest) -> QuerySet[Notice]:
    """The digest's notices, oldest first; none for who lost their role, their address or their way in meanwhile."""
    mine = Notice.objects.filter(Exists(_roles_of_the_notified()), digest=digest).exclude(user__email="")
    return mine.select_related("contract").order_by("contract", "at", "pk")


def _without_settled(notices: list[Notice], today: date) -> list[Notice]:
    """The notices without those whose matter is settled by now: an e-mail that asks for something must still be true.

    Nor are those of a kind that no app declares any longer. What is left out stays on its page, which says what a
    person was told and when. As many queries as the kinds ask, and one more where anything is settled.
    """
    by_kind: dict[Any, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.kind in kinds():
            by_kind[kinds()[notice.kind].settled].append(notice)
    over = {key for settled, of_kind in by_kind.items() for key in settled(of_kind, today)}
    over |= {notice.pk for notice in notices if notice.kind not in kinds()}
    if over:
        Notice.objects.filter(pk__in=over).update(digest=None, by_mail=False)
    return [notice for notice in notices if notice.pk not in over]


def _release(digest: Digest) -> None:
    """Nobody is there to be told: the notices stay on their page."""
    digest.notices.update(digest=None)
    digest.delete()


def message_id(user_id: int, day: date) -> str:
    """Always the same for one person and one day."""
    return f"<notices.{day.isoformat()}.{user_id}@{urlsplit(settings.SITE_URL).hostname}>"


def _backoff(digest_id: int) -> Backoff:
    return Backoff(f"digest-{digest_id}")


def _clock(when: datetime) -> str:
    return f"{timezone.localtime(when):%H:%M}"


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
