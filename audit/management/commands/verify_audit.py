import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from audit.models import AuditEvent
from audit.verify import faulty_triggers, verify_chain


class Command(BaseCommand):
    help = (
        "Checks that no entry of the audit trail was edited, deleted, inserted or moved, and that the database "
        "holds every trigger of the project as it was installed. Exit 1 and the first bad entry, or the triggers, if "
        "not. With --verbosity 2, prints the last hash: "
        "noted elsewhere, it proves later that the whole chain was not written anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("Entries", total=AuditEvent.objects.count())
            verdict = verify_chain(lambda: progress.advance(task))
        if verdict.fault:
            raise CommandError(verdict.fault)
        if faulty := faulty_triggers():
            names = ", ".join(f"{trigger.name} on {trigger.table}" for trigger in faulty)
            raise CommandError(
                "The database no longer refuses changes as it should."
                f" These triggers are missing, switched off or altered: {names}."
            )
        self.stdout.write(f"{verdict.entries} entries, chain unbroken")
        if options["verbosity"] > 1:
            self.stdout.write(f"The last hash is {verdict.last_hash}.")
