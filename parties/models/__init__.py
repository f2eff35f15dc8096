from parties.models.contract import Contract, Partnership
from parties.models.organisation import Organisation
from parties.models.person import Membership, User
from parties.models.sign_in import SignInTries

__all__ = [
    "Contract",
    "Membership",
    "Organisation",
    "Partnership",
    "SignInTries",
    "User",
]
