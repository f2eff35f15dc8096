"""Fill the demonstration: contract, definitions, people, meetings, figures, statuses. What was entered is kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from kpis.definitions import read_contract
from kpis.management.demonstration import noon_of_the_due_day, read_corrections
from kpis.models import Figure
from kpis.recompute import recompute
from kpis.selectors.freshness import lagging_contracts
from kpis.services.figures import Entry, save_figures
from kpis.services.importing import Checked, check_file, import_figures
from parties.demonstration import PERSONAS, load_personas
from parties.demonstration_meetings import load_meetings
from parties.models import Contract
from parties.services import ensure_contract
from sandwell.periods import Month

BY = "load_demonstration command"
CONTRACT = settings.BASE_DIR / "fixtures" / "contract.yaml"
MEETINGS = settings.BASE_DIR / "fixtures" / "meetings.yaml"
FIGURES = settings.BASE_DIR / "fixtures" / "demonstration" / "figures.csv"
CORRECTIONS = FIGURES.with_name("corrections.csv")
AS_OF = "; for the demonstration, as if entered on the day it was due"
LAST_MONTH = date(2020, 3, 1)


def _last_month_waits(entry: Entry) -> str:
    """All is settled but the last month, on which the council still has to answer."""
    return Figure.State.SUBMITTED if entry.month == LAST_MONTH else Figure.State.ACCEPTED


class Command(BaseCommand):
    help = "Load the demonstration once; run again it adds what is missing and keeps what was entered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until",
            type=Month.parse,
            metavar="YYYY-MM",
            help="leave later months open, to practise a return",
        )

    def handle(self, *, until: Month | None = None, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        contract = ensure_contract(by=BY, reporting_until=LAST_MONTH, **read_contract(CONTRACT).terms())
        load_personas(by=BY, contract=contract)
        load_meetings(by=BY, contract=contract, file=MEETINGS, today=timezone.localdate())
        call_command("load_contract", contract=contract.code, stdout=self.stdout)
        if not Figure.objects.filter(indicator__contract=contract).exists():
            self._import(contract, until)
        if behind := lagging_contracts():
            recompute(trigger="command", contract_ids=behind)
        self.stdout.write("Who can sign in: " + ", ".join(persona.label for persona in PERSONAS) + ".")

    @transaction.atomic
    def _import(self, contract: Contract, until: Month | None) -> None:
        """First every figure as it was entered, then the corrections of some, each on its day."""
        checked = check_file(content=FIGURES.read_bytes(), contract=contract, today=timezone.localdate())
        if checked.problems:
            raise CommandError("\n".join(str(problem) for problem in checked.problems))
        wanted = [one for one in checked.entries if until is None or Month.of(one.month) <= until]
        corrections = read_corrections(CORRECTIONS, checked.entries)
        first = {id(one.corrected): one.first for one in corrections}
        saved = import_figures(
            by=BY,
            contract=contract,
            checked=Checked([first.get(id(entry), entry) for entry in wanted], []),
            file_name=FIGURES.name,
            state_of=_last_month_waits,
            entered_at=partial(noon_of_the_due_day, contract),
            remark=AS_OF,
        )
        for one in (one for one in corrections if one.corrected in wanted):
            save_figures(
                by=BY,
                contract=contract,
                entries=[one.corrected],
                state_of=_last_month_waits,
                reason=one.reason,
                action="figures.corrected",
                entered_at=one.entered_at,
            )
        self.stdout.write(f"{saved.created} figures of the demonstration, published and illustrative.")
