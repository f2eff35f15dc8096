"""Which release of the program this is, by what its pages are made of: no kept page outlives the code behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from core.declarations import per_installation


@per_installation
def release() -> str:
    """A digest of templates, scripts and code, the same wherever the same release runs. Read once in each process."""
    digest = hashlib.sha256()
    for folder, pattern in _made_of():
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _made_of() -> Iterator[tuple[Path, str]]:
    """Each app of the project with its code, however many there are."""
    base = Path(settings.BASE_DIR)
    yield base / "templates", "*.html"
    yield base / "static", "*.js"
    yield base / settings.ROOT_URLCONF.partition(".")[0], "*.py"
    for app in apps.get_app_configs():
        path = Path(app.path)
        if base in path.parents and ".venv" not in path.parts:
            yield path, "*.py"
