"""For whom a page made a form: each form carries the person under a signature, so that what they typed stays theirs.

Who sends a form may not be signed in any more, and somebody else may be. Where a session ended by its limits, the
address of the sign-in page says whose it was. Either is believed for as long as what was typed is kept.
"""

from django.core import signing

# The field of a form, and the name in an address: what was signed for the one is nothing in the other.
MADE_FOR, TYPED_BY = "made_for", "typed_by"
KEPT_SECONDS = 24 * 3600


def sealed_person(key: int, name: str) -> str:
    """A person's key as it can be carried under this name."""
    return signing.dumps(key, salt=_salt(name))


def person_of(sealed: str, name: str) -> int | None:
    """The person's key; None where the text is none of ours, or is one no longer."""
    try:
        return int(signing.loads(sealed, salt=_salt(name), max_age=KEPT_SECONDS))
    except signing.BadSignature:
        return None


def _salt(name: str) -> str:
    return f"parties.whose_form.{name}"
