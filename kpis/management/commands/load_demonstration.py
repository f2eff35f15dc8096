"""Fill the demonstration: contract, definitions, people, meetings, figures, statuses. What was entered is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kpis.definitions import read_contract
from kpis.models import Figure
from kpis.recompute import lagging_contracts, recompute
from kpis.services.figures import Entry
from kpis.services.importing import check_file, import_figures
from parties.demonstration import PERSONAS, load_personas
from parties.demonstration_meetings import load_meetings
from parties.models import Contract
from parties.services import ensure_contract

BY = "load_demonstration command"
CONTRACT = settings.BASE_DIR / "fixtures" / "contract.yaml"
MEETINGS = settings.BASE_DIR / "fixtures" / "meetings.yaml"
FIGURES = settings.BASE_DIR / "fixtures" / "demonstration" / "figures.csv"
LAST_MONTH = date(2020, 3, 1)


def _last_month_waits(entry: Entry) -> str:
    """All is settled but the last month, on which the council still has to answer."""
    return Figure.State.SUBMITTED if entry.month == LAST_MONTH else Figure.State.ACCEPTED


class Command(BaseCommand):
    help = "Load the demonstration once; run again it adds what is missing and keeps what was entered."

    def handle(self, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        contract = ensure_contract(by=BY, reporting_until=LAST_MONTH, **read_contract(CONTRACT).terms())
        load_personas(by=BY, contract=contract)
        load_meetings(by=BY, contract=contract, file=MEETINGS, today=timezone.localdate())
        call_command("load_contract", contract=contract.code, stdout=self.stdout)
        if not Figure.objects.filter(indicator__contract=contract).exists():
            self._import(contract)
        if behind := lagging_contracts():
            recompute(trigger="command", contract_ids=behind)
        self.stdout.write("Who can sign in: " + ", ".join(persona.label for persona in PERSONAS) + ".")

    def _import(self, contract: Contract) -> None:
        checked = check_file(content=FIGURES.read_bytes(), contract=contract, today=timezone.localdate())
        if checked.problems:
            raise CommandError("\n".join(str(problem) for problem in checked.problems))
        saved = import_figures(
            by=BY, contract=contract, checked=checked, file_name=FIGURES.name, state_of=_last_month_waits
        )
        self.stdout.write(f"{saved.created} figures of the demonstration, published and illustrative.")
