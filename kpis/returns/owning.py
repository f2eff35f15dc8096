"""Who of the Trust looks after which indicator."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from audit.services import record
from kpis.definitions.models import Indicator
from kpis.returns.drafting import require_trust
from kpis.returns.models import Ownership
from parties.participants import Participant


@transaction.atomic
def own_indicators(*, by: Participant, codes: Collection[str]) -> bool:
    """Make these the person's own indicators, and no others of the contract; says whether that changed anything."""
    require_trust(by)
    wanted = {
        indicator.pk: indicator.code
        for indicator in Indicator.objects.visible_to(by)
        if indicator.code in codes
    }
    held = Ownership.objects.filter(user=by.user, indicator__contract=by.contract)
    if set(held.values_list("indicator", flat=True)) == set(wanted):
        return False
    held.exclude(indicator__in=wanted).delete()
    Ownership.objects.bulk_create(
        [Ownership(indicator_id=pk, user=by.user) for pk in wanted], ignore_conflicts=True
    )
    record(
        by=by.user,
        action="indicators.owned",
        subject=by.contract,
        contract=by.contract.code,
        summary=f"{by.user} looks after {', '.join(sorted(wanted.values())) or 'no indicator'}.",
    )
    return True
