from audit.entries import Entries, EntryGroup
from audit.words import changed_lines
from core.demonstration import DemonstrationPart
from core.pages import Addresses
from parties.demonstration import load_parties
from parties.roles import Permission, Role

DECLARES = [
    Permission(
        "administration.use",
        "Look after people, their roles and the contract's settings",
        roles=(Role.ADMINISTRATOR,),
    ),
    Addresses("parties.urls", of_contract=False),
    EntryGroup("agreed", "terms of the contract"),
    Entries(
        ("contract.",),
        group="agreed",
        permission="",
        lines=lambda action, changes: [
            line for name, value in changes.items() for line in changed_lines(name, value)
        ],
    ),
    Entries(("person.", "membership.", "organisation.", "session.", "token."), permission=""),
    DemonstrationPart(load_parties),
]
