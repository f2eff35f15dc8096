"""Fill the demonstration with what each app adds to it. What was entered is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.declarations import declared
from core.demonstration import DemonstrationPart, Loading
from core.values.months import Month


class Command(BaseCommand):
    help = "Load the demonstration once; run again it adds what is missing and keeps what was entered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until",
            type=Month.parse,
            metavar="YYYY-MM",
            help="the last month with figures; by default the month just over is left open, to be returned",
        )

    def handle(self, *, until: Month | None = None, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        last_over = Month.of(clock.today()).previous()
        loading = Loading(
            contract_code="sandwell",
            today=clock.today(),
            until=until or last_over.previous(),
            last_over=last_over,
            fixtures=settings.BASE_DIR / "fixtures",
            say=self.stdout.write,
        )
        for part in declared(DemonstrationPart):
            part.load(loading)
