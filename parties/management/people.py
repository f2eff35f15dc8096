"""What the commands about people share."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from parties.models import User


def find_person(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist as missing:
        raise CommandError(f"Nobody has the user name {username!r}.") from missing


def read_password() -> str:
    """Asked for twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise CommandError("The two passwords differ. Nothing was written.")
    return password


def in_words(error: ValidationError) -> str:
    return " ".join(error.messages) + " Nothing was written."
