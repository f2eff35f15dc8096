"""A file of figures, imported."""

import pytest

from tests.kpis.figures.imported import HEAD
from tests.shell import Answer, run


@pytest.fixture
def enter(defined, tmp_path):
    """Imports these rows of CSV, under the usual header, or this file."""

    def enter(content: str | bytes, name: str = "march.csv", **options: object) -> Answer:
        if isinstance(content, str):
            content = f"{HEAD}\n{content}".encode()
        path = tmp_path / name
        path.write_bytes(content)
        return run("import_figures", path, **options)

    return enter
