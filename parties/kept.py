"""What every kept page of a contract rests on, whatever else it shows."""

from __future__ import annotations

from django.conf import settings

from parties.participants import Participant


def reader_key(participant: Participant) -> tuple[object, ...]:
    """The contract as it is named, the person's standing in it, and how this installation shows itself."""
    contract = participant.contract
    return (
        contract.pk,
        contract.code,
        contract.commissioner.name,
        contract.provider.name,
        participant.role_label,
        sorted(participant.roles),
        settings.IS_DEMO,
        settings.DEMONSTRATION_DAY,
        settings.STATIC_URL,
    )
