from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, installation

MONTH = "2020-03"


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation; with Redis, worker and beat where the module says WITH_REDIS, and with a web server where it
    doesn't say that commands are enough."""
    with installation(
        tmp_path_factory.mktemp("installation"),
        with_redis=request.module.WITH_REDIS,
        with_web=getattr(request.module, "WITH_WEB", True),
    ) as made:
        yield made


@pytest.fixture(scope="module")
def officer(site: Installation) -> Callable[[str], tuple[int, str]]:
    """GET as the client officer, signed in by the door of the demonstration: (status, text)."""
    cookie = site.sign_in("client-officer")

    def get(path: str) -> tuple[int, str]:
        status, _, body = site.get(path, Cookie=cookie)
        return status, body.decode()

    return get


@pytest.fixture
def enter(site: Installation, tmp_path: Path) -> Callable[..., None]:
    """Enter one figure of March 2020 by the import command: enter("PI1", 400, 500)."""

    def run(code: str, numerator: int, denominator: int) -> None:
        file = tmp_path / f"{code}-{numerator}.csv"
        file.write_text(
            f"indicator,month,numerator,denominator,value,commentary,provenance\n"
            f"{code},{MONTH},{numerator},{denominator},,Counted,returned\n"
        )
        site.manage("import_figures", str(file), "--accept-warnings=As counted")

    return run
