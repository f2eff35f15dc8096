from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from parties.management.people import find_person, in_words
from parties.services import create_token


class Command(BaseCommand):
    help = "Makes a token with which a program reads the API in a person's name, and prints it this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--days", type=int, default=365, help="how long it lasts (365)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("A token lasts for at least one day.")
        user = find_person(options["username"])
        try:
            token = create_token(user=user, days=options["days"], by="create_api_token command")
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        self.stdout.write(token)
        self.stderr.write("Keep it safe: it is not shown again. Send it as: Authorization: Token <token>")
