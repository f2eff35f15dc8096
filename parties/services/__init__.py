"""Every write about people and contracts: keyword-only, by whom, one transaction, one audit entry."""

from parties.services.contracts import change_contract, create_contract, create_organisation
from parties.services.people import (
    OwnRoles,
    change_details,
    change_membership,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
    reactivate_user,
    set_password,
)
from parties.services.tokens import create_token

__all__ = [
    "OwnRoles",
    "change_contract",
    "change_details",
    "change_membership",
    "create_contract",
    "create_organisation",
    "create_token",
    "create_user",
    "deactivate_user",
    "end_membership",
    "grant_membership",
    "reactivate_user",
    "set_password",
]
