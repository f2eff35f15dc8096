"""Tell what falls due and send the e-mails of the day, where no worker does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.values.numbers import count_words
from notices.sweeping import sweep_notices


class Command(BaseCommand):
    help = (
        "Write the notices of what is due or overdue, and send everybody their e-mail of the day: what the worker does"
        " every five minutes. Run again it sends nothing twice."
    )

    def handle(self, **options: Any) -> None:
        swept = sweep_notices()
        mails = swept.mails
        self.stdout.write(
            f"{count_words(swept.told, 'notice')} of deadlines written;"
            f" {count_words(mails.sent, 'e-mail')} sent, {mails.failed} failed"
        )
        if mails.why_none:
            self.stdout.write(mails.why_none)
