"""What somebody typed when their session had ended: it rides along with the sign-in, and is sent again after it."""

from __future__ import annotations

import json

from django.http import HttpRequest, QueryDict

KEPT = "kept"
# These belong to the form that was sent, not to what was typed.
FORMS_OWN = ("csrfmiddlewaretoken", "act")


def typed_in(sent: QueryDict) -> str:
    """The fields of a form as one text that a hidden field can carry."""
    return json.dumps(
        [(name, value) for name, values in sent.lists() for value in values if name not in FORMS_OWN]
    )


def kept_with(request: HttpRequest) -> str:
    """What the sign-in form carries along; empty where it carries nothing."""
    return str(request.POST.get(KEPT, ""))


def pairs_of(kept: str) -> list[tuple[str, str]]:
    """Name and value of each field again; none for a text that is not one of ours."""
    try:
        pairs = json.loads(kept) if kept else []
        return [(str(name), str(value)) for name, value in pairs if name not in FORMS_OWN]
    except (TypeError, ValueError):
        return []
