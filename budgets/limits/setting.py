"""Sets from where a contract's money is off track: the one door, with its reason."""

from __future__ import annotations

from django.db import transaction

from audit.services import record
from budgets.limits.selectors import limits_of
from budgets.models import LimitsInForce, VarianceLimits
from budgets.rules.variance import Limits, rule_words
from core.refusals import Refused
from core.values.words import says_something
from parties.models import Contract, User
from parties.services.scope import refuse_organisation


class LimitsRefused(Refused):
    """Nothing was changed."""


@transaction.atomic
def set_limits(*, by: User | str, contract: Contract, limits: Limits, reason: str) -> VarianceLimits:
    """From now on every page of the contract goes by these; what held before stays to be read.

    The council keeps the contract, so its administrators alone set them (else OutOfScope): no provider moves its own
    limits. LimitsRefused without a reason, where red isn't above amber, and where the same hold already.
    """
    locked = (
        Contract.objects.select_for_update(of=("self",)).select_related("commissioner").get(pk=contract.pk)
    )
    refuse_organisation(locked.commissioner, by)
    before = limits_of(locked).limits
    _refuse(limits, before, reason)
    row = VarianceLimits(
        contract=contract,
        number=contract.variance_limits.count() + 1,
        red=limits.red,
        amber=limits.amber,
        amber_percent=int(limits.amber_percent * 100),
        reason=reason.strip(),
        set_by=None if isinstance(by, str) else by,
        set_as=by if isinstance(by, str) else by.display_name,
    )
    row.full_clean(exclude=["contract", "set_by"])
    row.save(force_insert=True)
    LimitsInForce.objects.update_or_create(contract=contract, defaults={"limits": row})
    record(
        by=by,
        action="money.limits.set",
        subject=row,
        contract=contract.code,
        summary=f"From where the money of {contract} is off track was set: {row.reason}",
        changes={"before": rule_words(before), "now": rule_words(limits)},
    )
    return row


def _refuse(limits: Limits, before: Limits, reason: str) -> None:
    if not says_something(reason):
        raise LimitsRefused("Say why the limits change.")
    if limits.red < limits.amber:
        raise LimitsRefused("Red begins at amber or above it.")
    if limits == before:
        raise LimitsRefused("These limits hold already.")
