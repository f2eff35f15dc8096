"""Who of the Trust looks after which indicator."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from audit.services import record
from kpis.models import Indicator, Ownership
from kpis.services.round.drafting import require_trust
from parties.access import Reader


@transaction.atomic
def own_indicators(*, reader: Reader, codes: Collection[str]) -> bool:
    """Make these the reader's own indicators, and no others of the contract; says whether that changed anything."""
    require_trust(reader)
    wanted = {one.pk: one.code for one in Indicator.objects.visible_to(reader) if one.code in codes}
    held = Ownership.objects.filter(user=reader.user, indicator__contract=reader.contract)
    if set(held.values_list("indicator", flat=True)) == set(wanted):
        return False
    held.exclude(indicator__in=wanted).delete()
    Ownership.objects.bulk_create(
        [Ownership(indicator_id=pk, user=reader.user) for pk in wanted], ignore_conflicts=True
    )
    record(
        by=reader.user,
        action="indicators.owned",
        subject=reader.contract,
        contract=reader.contract.code,
        summary=f"{reader.user} looks after {', '.join(sorted(wanted.values())) or 'no indicator'}.",
    )
    return True
