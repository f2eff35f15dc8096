"""For whom a page made a form: each form carries the person under a signature, so that what they typed stays theirs.

Who sends a form may not be signed in any more, and somebody else may be.
"""

from django.core import signing

MADE_FOR = "made_for"
SALT = "parties.whose_form"


def sealed_person(key: int) -> str:
    """A person's key as a form or an address can carry it."""
    return signing.dumps(key, salt=SALT)


def person_of(sealed: str) -> int | None:
    """The person's key; None where the text is none of ours."""
    try:
        return int(signing.loads(sealed, salt=SALT))
    except signing.BadSignature:
        return None
