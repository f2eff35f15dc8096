"""When a day begins and ends, in the time of the place."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Its first moment."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment after it. OverflowError for the last day that there is."""
    return start_of(day + timedelta(days=1))
