"""Which release of the program this is, by what its pages are made of: no kept page outlives the code behind it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings

MADE_OF = (
    ("templates", "*.html"),
    ("kpis", "*.py"),
    ("parties", "*.py"),
    ("sandwell", "*.py"),
    ("static", "*.js"),
)


@lru_cache(maxsize=1)
def release() -> str:
    """A digest of templates and code, the same wherever the same release runs. Read once in each process."""
    digest = hashlib.sha256()
    for folder, pattern in MADE_OF:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
