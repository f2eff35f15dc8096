"""Organisations and the contracts between them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from audit.services import record
from parties.models import Contract, Organisation, Partnership, User
from parties.services.scope import refuse_organisation

# Sent within the transaction of the change, before its audit entry: `contract` is the row as it now stands.
# What computes from a contract's settings lives in apps that this one doesn't know.
contract_changed = Signal()

CONTRACT_SETTINGS = (
    "name",
    "years",
    "break_after_years",
    "grace_months",
    "figures_due_working_day",
    "answer_due_working_day",
    "reporting_until",
)


@transaction.atomic
def create_organisation(*, kind: str, code: str, name: str, short_name: str, by: User | str) -> Organisation:
    organisation = Organisation(kind=kind, code=code, name=name, short_name=short_name)
    organisation.full_clean()
    organisation.save(force_insert=True)
    record(
        by=by,
        action="organisation.created",
        subject=organisation,
        summary=f"{name}, a {kind}, was added.",
        changes={"code": code, "kind": kind, "name": name, "short_name": short_name},
    )
    return organisation


@transaction.atomic
def create_contract(
    *,
    code: str,
    name: str,
    commissioner: Organisation,
    provider: Organisation,
    starts_on: date,
    by: User | str,
    **settings: Any,
) -> Contract:
    """`settings` are any of CONTRACT_SETTINGS; what isn't given takes the model's default.

    Raises ValidationError where a party is of the wrong kind, or a date isn't the first of a month.
    """
    contract = Contract(
        code=code, name=name, commissioner=commissioner, provider=provider, starts_on=starts_on
    )
    for setting, value in settings.items():
        _assign(contract, setting, value)
    contract.full_clean()
    contract.save(force_insert=True)
    record(
        by=by,
        action="contract.created",
        subject=contract,
        summary=f"The contract {name} between {commissioner} and {provider} was added.",
        changes={"starts_on": starts_on, **{name: getattr(contract, name) for name in CONTRACT_SETTINGS}},
        contract=code,
    )
    return contract


@transaction.atomic
def change_contract(*, contract: Contract, by: User | str, **settings: Any) -> Contract:
    """`settings` are any of CONTRACT_SETTINGS. Parties, code and start never change.

    The council keeps the contract: administrators of either party see its settings, those of the
    commissioner alone change them (else OutOfScope), so that no provider moves its own deadlines.
    """
    before = (
        Contract.objects.select_for_update(of=("self",)).select_related("commissioner").get(pk=contract.pk)
    )
    refuse_organisation(before.commissioner, by)
    for setting, value in settings.items():
        _assign(contract, setting, value)
    contract.full_clean()
    changes = {
        setting: [getattr(before, setting), getattr(contract, setting)]
        for setting in settings
        if getattr(before, setting) != getattr(contract, setting)
    }
    if not changes:
        return contract
    contract.save(update_fields=list(changes))
    contract_changed.send(Contract, contract=contract)
    words = ", ".join(setting.replace("_", " ") for setting in changes)
    record(
        by=by,
        action="contract.changed",
        subject=contract,
        summary=f"Settings of the contract {contract} were changed: {words}.",
        changes=changes,
        contract=contract.code,
    )
    return contract


@transaction.atomic
def add_partner(*, contract: Contract, organisation: Organisation, by: User | str) -> Partnership:
    """The organisation has a part in the contract's plans from now on; where it has already, nothing changes.

    The council keeps the contract, so its administrators say who its partners are (else OutOfScope).
    """
    refuse_organisation(contract.commissioner, by)
    found = Partnership.objects.filter(contract=contract, organisation=organisation).first()
    if found is not None:
        return found
    partnership = Partnership(contract=contract, organisation=organisation)
    partnership.full_clean()
    partnership.save(force_insert=True)
    record(
        by=by,
        action="contract.partner_added",
        subject=partnership,
        summary=f"{organisation} became a partner of the contract {contract}.",
        changes={"partner": organisation.name},
        contract=contract.code,
    )
    return partnership


def _assign(contract: Contract, setting: str, value: Any) -> None:
    if setting not in CONTRACT_SETTINGS:
        raise TypeError(f"{setting!r} is not a setting of a contract.")
    setattr(contract, setting, value)


@transaction.atomic
def ensure_contract(
    *, code: str, commissioner: dict[str, str], provider: dict[str, str], by: User | str, **terms: Any
) -> Contract:
    """The contract of this code, made with its two organisations where it is missing.

    `commissioner` and `provider` hold code, name and short_name. What exists is left as it is: from then on
    administrators look after it.
    """
    found = Contract.objects.filter(code=code).first()
    if found is not None:
        return found
    return create_contract(
        code=code,
        commissioner=_ensure_organisation("council", commissioner, by),
        provider=_ensure_organisation("trust", provider, by),
        by=by,
        **terms,
    )


def _ensure_organisation(kind: str, words: dict[str, str], by: User | str) -> Organisation:
    found = Organisation.objects.filter(code=words["code"]).first()
    return found or create_organisation(kind=kind, by=by, **words)
