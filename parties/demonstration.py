"""The demonstration's personas. Production has none of them (parties.checks)."""

from dataclasses import dataclass

from django.db import transaction

from core.demonstration import BY, Loading
from parties.models import Contract, Organisation, User
from parties.roles import Role
from parties.services import (
    add_partner,
    create_organisation,
    create_user,
    ensure_contract,
    grant_membership,
)


@dataclass(frozen=True)
class Persona:
    username: str
    role: Role
    organisation: str
    purpose: str

    @property
    def label(self) -> str:
        return self.role.label

    @property
    def email(self) -> str:
        """Under a domain that is reserved for examples: no e-mail to it arrives anywhere."""
        return f"{self.username}@demonstration.example"


POLICE = {"code": "police", "name": "West Midlands Police", "short_name": "the police"}

PERSONAS = (
    Persona(
        "client-officer",
        Role.CLIENT_OFFICER,
        "council",
        "Holds the Trust to account for the council: what is off target, and why.",
    ),
    Persona(
        "trust-manager",
        Role.TRUST_MANAGER,
        "trust",
        "Answers for the Trust's indicators: what was returned, and how it is judged.",
    ),
    Persona(
        "finance-lead",
        Role.FINANCE_LEAD,
        "trust",
        "Looks after the Trust's money: what was spent, what the year is to come to, and why.",
    ),
    Persona(
        "council-finance",
        Role.COUNCIL_FINANCE,
        "council",
        "Looks at the Trust's money for the council: asks about a month of it, accepts and closes it.",
    ),
    Persona(
        "scrutiny-member",
        Role.SCRUTINY_MEMBER,
        "council",
        "Reads issued reports for the scrutiny board, and nothing before it is issued.",
    ),
    Persona(
        "board-reader",
        Role.BOARD_READER,
        "council",
        "Sits on the Improvement Board: reads what council and Trust read, and changes nothing.",
    ),
    Persona(
        "action-owner",
        Role.ACTION_OWNER,
        "police",
        "Owns an action of the improvement plan for the police, and updates it.",
    ),
    Persona(
        "administrator",
        Role.ADMINISTRATOR,
        "council",
        "Looks after people, roles and settings.",
    ),
)


def load_parties(loading: Loading) -> None:
    """The contract of the reviewed file with its two parties, and the personas."""
    # Here and not above: a sign-in page offers the personas, and a web server reads no definition files.
    from parties.contract_file import read_contract

    terms = read_contract(loading.fixtures / "contract.yaml").terms()
    contract = ensure_contract(by=BY, **terms)
    load_personas(by=BY, contract=contract)
    loading.say("Who can sign in: " + ", ".join(persona.label for persona in PERSONAS) + ".")


@transaction.atomic
def load_personas(*, by: User | str, contract: Contract) -> None:
    """Creates the personas that are missing, as people of the contract's two parties, and changes nothing else."""
    organisations = {"council": contract.commissioner, "trust": contract.provider}
    police = Organisation.objects.filter(code=POLICE["code"]).first()
    organisations["police"] = police or create_organisation(kind=Organisation.Kind.PARTNER, by=by, **POLICE)
    add_partner(contract=contract, organisation=organisations["police"], by=by)
    for persona in PERSONAS:
        if User.objects.filter(username=persona.username).exists():
            continue
        user = create_user(
            username=persona.username, first_name=persona.label, email=persona.email, is_persona=True, by=by
        )
        grant_membership(
            user=user, organisation=organisations[persona.organisation], role=persona.role, by=by
        )
