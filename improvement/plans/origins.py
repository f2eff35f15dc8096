"""Where the references of a plan come from, told by their letters: OR1 comes from where the plan says OR does.

A plan keeps them as pairs [letters, name]: a list keeps the order of its document in every database, an object doesn't.
"""

from __future__ import annotations

from improvement.models import Plan


def letters_of(code: str) -> str:
    return code.rstrip("0123456789")


def origins_of(plan: Plan) -> dict[str, str]:
    """The name of each origin by its letters, in the order of the document."""
    return {str(letters): str(name) for letters, name in plan.about.get("origins", [])}


def origin_of(plan: Plan, code: str) -> str:
    """Empty where the plan doesn't explain the letters of the reference."""
    return origins_of(plan).get(letters_of(code), "")
