"""Tells those of a party who act on the money what somebody of the other one did."""

from __future__ import annotations

from budgets.books.keeping import PERMISSIONS
from notices.creating import notify_others
from parties.participants import COMMISSIONER, PROVIDER, Participant
from parties.selectors import Audience


def tell_party(*, by: Participant, party: str, kind: str, key: str, words: str, path: str) -> None:
    """ "Finance lead of the Trust submitted ..."; once for each ``key``."""
    contract = by.contract
    parties = {PROVIDER: contract.provider, COMMISSIONER: contract.commissioner}
    notify_others(
        by=by.user,
        audience=Audience(PERMISSIONS[party], contract, frozenset({parties[party].pk})),
        kind=kind,
        key=key,
        words=f"{by.user.display_name} of {parties[by.party].short_name} {words}.",
        path=path,
    )
