from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from parties.management.people import in_words, read_password
from parties.models import Organisation, User
from parties.roles import Role
from parties.services import create_user, grant_membership

BY = "create_administrator command"


class Command(BaseCommand):
    help = (
        "Adds an administrator, who adds everybody else in the pages under /admin/. "
        "Asks for the password, or reads it from standard input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--organisation", required=True, help="the code of the council or trust; see create_contract"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            raise CommandError(
                f"There is no organisation {options['organisation']!r}. Run manage.py create_contract first."
            )
        password = read_password()
        username, email = options["username"], options["email"]
        try:
            validate_password(password, User(username=username, email=email))
            with transaction.atomic():
                user = create_user(username=username, email=email, password=password, by=BY)
                grant_membership(user=user, organisation=organisation, role=Role.ADMINISTRATOR, by=BY)
        except ValidationError as error:
            raise CommandError(in_words(error)) from error
        self.stdout.write(f"{username} is an administrator in {organisation} and can sign in.")
