from parties.models.contract import Contract
from parties.models.organisation import Organisation
from parties.models.person import Membership, User
from parties.models.sign_in import SignInTries

__all__ = ["Contract", "Membership", "Organisation", "SignInTries", "User"]
