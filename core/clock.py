"""The one clock: what day it is, and when a day begins and ends, in the time of the place.

The demonstration and the tests stand still on a day of their own (DEMONSTRATION_DAY), while its hours go on; production
goes by the real time. Sessions and the limits on signing in ask for the real time, whatever the day on the pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from core.values.words import day_words


def now() -> datetime:
    """This moment, in UTC; in the demonstration the same hour on its own day."""
    if settings.DEMONSTRATION_DAY is None:
        return real_now()
    hour = timezone.localtime(real_now()).time()
    return timezone.make_aware(datetime.combine(settings.DEMONSTRATION_DAY, hour)).astimezone(UTC)


def local_now() -> datetime:
    """This moment in the time of the place."""
    return timezone.localtime(now())


def today() -> date:
    """The day it is in the time of the place."""
    return local_now().date()


def real_now() -> datetime:
    """The machine's own time: for what must end by itself also where the day stands still."""
    return timezone.now()


def real_microseconds() -> int:
    """The machine's own time, whole: for marks of which none comes back."""
    return (real_now() - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def start_of(day: date) -> datetime:
    """Its first moment."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment after it. OverflowError for the last day that there is."""
    return start_of(day + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The day that it was in the time of the place."""
    return timezone.localtime(moment).date()


def moment_words(when: datetime) -> str:
    """12 April 2019, 09:14, in the time of the place."""
    local = timezone.localtime(when)
    return f"{day_words(local.date())}, {local:%H:%M}"
