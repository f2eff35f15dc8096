"""Runs the program's commands as a person at a shell would, and tells what they said."""

from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from audit.models import AuditEvent
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, FigureRevision
from kpis.versions.models import FiguresVersion


@dataclass(frozen=True)
class Answer:
    """What stood on standard output and standard error, and the code that the shell would have seen."""

    out: str
    err: str
    code: int

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


def run(command: str, *arguments: Any, **options: Any) -> Answer:
    """run("statuses", month="2019-03") is what `manage.py statuses --month=2019-03` does."""
    words = [str(argument) for argument in arguments]
    for name, value in options.items():
        words.append(f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}"))
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(command, *words, stdout=out, stderr=err)
    except CommandError as error:
        # manage.py writes the error's text to standard error and ends with this code.
        err.write(f"{error}\n")
        code = error.returncode
    return Answer(out.getvalue(), err.getvalue(), code)


def everything_kept() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a command might write, to compare before and after."""
    kinds: list[Any] = [
        Indicator,
        BandVersion,
        Figure,
        FigureRevision,
        FiguresVersion,
        IndicatorStatus,
        AuditEvent,
    ]
    return {kind.__name__: list(kind.objects.order_by("pk").values_list()) for kind in kinds}
