"""Where pages of the money stand."""

from __future__ import annotations

from django.urls import reverse

from parties.participants import Participant


def above(participant: Participant) -> list[tuple[str, str]]:
    """What stands above every page of the money but the first: label and address."""
    return [("Money", reverse("budgets:money", args=[participant.contract.code]))]
