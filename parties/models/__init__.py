from parties.models.calendar import CalendarLink, Meeting
from parties.models.contract import Contract
from parties.models.organisation import Organisation
from parties.models.person import Membership, User
from parties.models.sign_in import SignInTries

__all__ = ["CalendarLink", "Contract", "Meeting", "Membership", "Organisation", "SignInTries", "User"]
