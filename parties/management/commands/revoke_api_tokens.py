from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from parties.management.people import find_person
from parties.services import revoke_tokens


class Command(BaseCommand):
    help = "Ends every token of a person at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        count = revoke_tokens(user=find_person(options["username"]), by="revoke_api_tokens command")
        self.stdout.write(f"{count} tokens of {options['username']} revoked.")
