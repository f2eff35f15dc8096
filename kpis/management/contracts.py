"""Which contract a command is about."""

from __future__ import annotations

from django.core.management.base import CommandError

from parties.models import Contract


def named_contract(code: str | None) -> Contract:
    """The contract of this code; without a code the only one there is. CommandError says what to do otherwise."""
    if code:
        found = Contract.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no contract “{code}”. Known: {', '.join(_codes()) or 'none yet'}.")
        return found
    codes = _codes()
    if len(codes) != 1:
        known = f"one of {', '.join(codes)}" if codes else "after loading one with load_contract"
        raise CommandError(f"Say which contract: --contract CODE, {known}.")
    return Contract.objects.get(code=codes[0])


def _codes() -> list[str]:
    return list(Contract.objects.values_list("code", flat=True))
