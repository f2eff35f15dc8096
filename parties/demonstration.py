"""The demonstration's council, trust, contract and personas. Production has none of them (parties.checks)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from parties.models import Contract, User
from parties.roles import Role
from parties.services import create_user, ensure_contract, grant_membership

CONTRACT_CODE = "sandwell"


@dataclass(frozen=True)
class Persona:
    username: str
    role: Role
    organisation: str
    purpose: str

    @property
    def label(self) -> str:
        return self.role.label


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
        "Answers for the Trust's indicators and enters their figures.",
    ),
    Persona(
        "scrutiny-member",
        Role.SCRUTINY_MEMBER,
        "council",
        "Reads issued reports for the scrutiny board, and nothing before it is issued.",
    ),
    Persona(
        "administrator",
        Role.ADMINISTRATOR,
        "council",
        "Looks after people, roles and settings.",
    ),
)


@transaction.atomic
def load_personas(*, by: User | str) -> Contract:
    """Creates what is missing of the demonstration and changes nothing that is there."""
    contract = ensure_contract(
        code=CONTRACT_CODE,
        name="Children's services contract",
        commissioner={"code": "sandwell-council", "name": "Sandwell Council", "short_name": "the council"},
        provider={
            "code": "sandwell-trust",
            "name": "Sandwell Children's Trust",
            "short_name": "the Trust",
        },
        starts_on=date(2018, 4, 1),
        years=10,
        break_after_years=5,
        grace_months=6,
        reporting_until=date(2020, 3, 1),
        by=by,
    )
    organisations = {"council": contract.commissioner, "trust": contract.provider}
    for persona in PERSONAS:
        if User.objects.filter(username=persona.username).exists():
            continue
        user = create_user(username=persona.username, first_name=persona.label, is_persona=True, by=by)
        grant_membership(
            user=user, organisation=organisations[persona.organisation], role=persona.role, by=by
        )
    return contract
