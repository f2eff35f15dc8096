from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from parties.management.people import in_words
from parties.models import Contract, Organisation
from parties.services import add_partner, create_organisation

BY = "add_partner command"


class Command(BaseCommand):
    help = "Makes an organisation, such as the police, a partner of a contract, so that its people can own actions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contract", help="the contract's code")
        parser.add_argument("code", help="the organisation's code: small letters, digits and hyphens")
        parser.add_argument("--name", help="its name, where it isn't there yet")
        parser.add_argument(
            "--short-name", help="as headings and buttons say it; the name where none is given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        contract = Contract.objects.filter(code=options["contract"]).first()
        if contract is None:
            raise CommandError(f"There is no contract {options['contract']!r}.")
        try:
            with transaction.atomic():
                organisation = self._organisation(options)
                add_partner(contract=contract, organisation=organisation, by=BY)
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        self.stdout.write(
            f"{organisation} is a partner of {contract.code}. Next: add its people in the administration."
        )

    def _organisation(self, options: dict[str, Any]) -> Organisation:
        found = Organisation.objects.filter(code=options["code"]).first()
        if found is not None:
            return found
        name = options["name"]
        if not name:
            raise CommandError(f"There is no organisation {options['code']!r}. To add it, give --name.")
        return create_organisation(
            kind=Organisation.Kind.PARTNER,
            code=options["code"],
            name=name,
            short_name=options["short_name"] or name,
            by=BY,
        )
