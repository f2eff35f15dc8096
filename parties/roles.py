"""What each role may do, as readable lists of permission words. Nothing else gives a permission."""

from collections.abc import Iterable

from django.db import models


class Role(models.TextChoices):
    TRUST_MANAGER = "trust_manager", "Trust manager"
    CLIENT_OFFICER = "client_officer", "Client officer"
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"
    ADMINISTRATOR = "administrator", "Administrator"


WORDS: dict[str, str] = {
    "dashboard.view": "See the month's status of every indicator",
    "indicator.view": "See an indicator's history, with its figures and who entered them",
    "round.view": "See where each figure stands between Trust and council, and what both said about it",
    "figure.enter": "Type and submit the Trust's figures, and see what is being drafted",
    "figure.answer": "Accept the Trust's figures, or query them",
    "query.answer": "Answer the council's queries",
    "calendar.view": "See what falls due and when the boards meet, and have it in your own calendar",
    "notice.view": "Be told what waits for you, on a page and by e-mail",
    "trail.view": "Read who did what about the contract",
    "published_checks.view": "See the checks on the published tables",
    "definition.view": "Read how each indicator is measured",
    "report.view_issued": "Read the reports that have been issued",
    "administration.use": "Look after people, their roles and the contract's settings",
}

ROLES: dict[str, list[str]] = {
    "trust_manager": [
        "dashboard.view",
        "indicator.view",
        "round.view",
        "figure.enter",
        "query.answer",
        "calendar.view",
        "notice.view",
        "trail.view",
        "published_checks.view",
        "definition.view",
    ],
    "client_officer": [
        "dashboard.view",
        "indicator.view",
        "round.view",
        "figure.answer",
        "calendar.view",
        "notice.view",
        "trail.view",
        "published_checks.view",
        "definition.view",
    ],
    "scrutiny_member": [
        "report.view_issued",
        "definition.view",
    ],
    "administrator": [
        "administration.use",
        "definition.view",
    ],
}

# The kinds of organisation in which a role can be held; the database holds this by trigger as well.
ROLE_KINDS: dict[str, list[str]] = {
    "trust_manager": ["trust"],
    "client_officer": ["council"],
    "scrutiny_member": ["council"],
    "administrator": ["council", "trust"],
}


def may(roles: Iterable[str], word: str) -> bool:
    """Whether one of the roles gives the word. A word that nobody defined is a mistake in code: KeyError."""
    if word not in WORDS:
        raise KeyError(f"{word!r} is not a permission word; they are listed in parties.roles.WORDS.")
    return any(word in ROLES[role] for role in roles)


def label(roles: Iterable[str]) -> str:
    """The roles in words, in the order of the list above: "Client officer and administrator"."""
    held = [Role(role).label for role in ROLES if role in set(roles)]
    words = [held[0], *(name[0].lower() + name[1:] for name in held[1:])] if held else []
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
