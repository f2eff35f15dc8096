"""What a line is called where its name alone could be one of several: "Employees" of which division."""

from __future__ import annotations

from budgets.models import Line

# What a query of lines fetches along, so that their divisions cost no query each.
WITH_DIVISION = "parent__parent"


def division_of(line: Line) -> str:
    """The name of the division above it, at most two steps up; empty where none is."""
    above = line.parent
    for one in (above, above.parent if above else None):
        if one is not None and one.kind == Line.Kind.DIVISION:
            return one.name
    return ""


def full_name(line: Line) -> str:
    """ "Employees, Children's Commissioning Team"."""
    division = division_of(line)
    return f"{line.name}, {division}" if division else line.name
