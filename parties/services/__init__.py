"""Every write about people and contracts: keyword-only, by whom, one transaction, one audit entry."""

from parties.services.contracts import (
    add_partner,
    change_contract,
    create_contract,
    create_organisation,
    ensure_contract,
)
from parties.services.people import (
    OwnRoles,
    change_details,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    reactivate_user,
    set_password,
)
from parties.services.scope import OutOfScope, looks_after
from parties.services.tokens import create_token, revoke_tokens

__all__ = [
    "OutOfScope",
    "OwnRoles",
    "add_partner",
    "change_contract",
    "change_details",
    "create_contract",
    "create_organisation",
    "create_token",
    "create_user",
    "deactivate_user",
    "end_membership",
    "ensure_contract",
    "grant_membership",
    "looks_after",
    "reactivate_user",
    "revoke_tokens",
    "set_password",
]
