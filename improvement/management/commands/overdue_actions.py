"""Print the actions whose target was past on a day, finished or not, or those alone that weren't."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from core.management.rows import printed
from core.values.numbers import count_words
from core.values.words import day_words
from improvement.management.plans import named_plan, plan_arguments
from improvement.models import Action
from improvement.plans.as_at import actions_as_at
from improvement.rules.dates import past_target

COLUMNS = ("priority", "ref", "action", "title", "target", "phase1", "finished")


class Command(BaseCommand):
    help = (
        "Print the actions whose target month had ended at the start of a day, and whether each was finished."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        plan_arguments(parser)
        parser.add_argument(
            "--open",
            action="store_true",
            dest="only_open",
            help="only those that were neither done nor ended without being done",
        )

    def handle(
        self,
        *,
        plan: str | None,
        contract: str | None,
        day: date | None,
        form: str,
        only_open: bool,
        **options: Any,
    ) -> None:
        today = clock.today()
        of, asked = named_plan(plan, contract, day), day or today
        rows = Action.objects.filter(recommendation__priority__plan=of)
        words = {
            pk: {"priority": priority, "ref": code, "action": number, "title": title}
            for pk, priority, code, number, title in rows.values_list(
                "pk", "recommendation__priority__number", "recommendation__code", "number", "title"
            )
        }
        records = [
            {
                **words[action.pk],
                "target": str(action.target),
                "phase1": action.phase1.label if form == "table" else action.phase1.value,
                "finished": "yes" if action.finished else "no",
            }
            for action in actions_as_at(of, asked, today)
            if past_target(action.target, asked) and not (only_open and action.finished)
        ]
        still = " and not finished" if only_open else ""
        title = f"{of.name}: past target{still} on {day_words(asked)}, {count_words(len(records), 'action')}"
        self.stdout.write(printed(COLUMNS, records, form, title), ending="")
