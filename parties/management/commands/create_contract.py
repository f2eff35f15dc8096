from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from parties.management.people import in_words
from parties.models import Contract, Organisation
from parties.services import create_contract, create_organisation

BY = "create_contract command"
PARTY = "CODE:NAME:SHORT_NAME, such as 'sandwell-council:Sandwell Council:the council'"


class Command(BaseCommand):
    help = "Adds a contract, and the two organisations that are party to it where they don't exist yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="short, for addresses: small letters, digits and hyphens")
        parser.add_argument("name")
        parser.add_argument("--commissioner", required=True, help=f"the council: {PARTY}")
        parser.add_argument("--provider", required=True, help="the trust, in the same form")
        parser.add_argument("--starts-on", required=True, type=date.fromisoformat, help="YYYY-MM-01")
        parser.add_argument("--years", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                contract = self._create(options)
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        self.stdout.write(
            f"The contract {contract.code} is there. Next: create_administrator, load_contract."
        )

    def _create(self, options: dict[str, Any]) -> Contract:
        return create_contract(
            code=options["code"],
            name=options["name"],
            commissioner=_party("council", options["commissioner"]),
            provider=_party("trust", options["provider"]),
            starts_on=options["starts_on"],
            years=options["years"],
            break_after_years=None,
            by=BY,
        )


def _party(kind: str, words: str) -> Organisation:
    code, *names = words.split(":")
    found = Organisation.objects.filter(code=code).first()
    if found is not None:
        return found
    if len(names) != 2:
        raise CommandError(f"There is no organisation {code!r}. To add it, give {PARTY}.")
    return create_organisation(kind=kind, code=code, name=names[0], short_name=names[1], by=BY)
