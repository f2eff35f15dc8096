"""A web process and a worker that have computed nothing yet are small: heavy libraries load where they are used."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.installation import installation

pytestmark = pytest.mark.once

HEAVY = ("icalendar", "numpy", "pandas", "plotly", "pydantic")
TELL = f"import sys; print('loaded:', *[name for name in {HEAVY} if name in sys.modules])"
EVERY_ADDRESS = """
import django
django.setup()
from django.urls import get_resolver
def walk(resolver):
    return sum(walk(below) if hasattr(below, "url_patterns") else 1 for below in resolver.url_patterns)
assert walk(get_resolver()) > 100
from core.declarations import declared
assert len(declared(object)) > 50
"""
EVERY_TASK = """
from sandwell.celery import app
app.loader.import_default_modules()
app.finalize()
assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
assert "kpis.recompute_rag" in app.tasks
"""
PAGES = """
from django.test import Client
from parties.models import User
client = Client()
client.force_login(User.objects.get(username="trust-manager"))
for path in {paths}:
    assert client.get(path, follow=True).status_code == 200, path
"""
OF_A_CONTRACT = ("", "heat-map/", "returns/", "review/", "calendar/", "notices/", "trail/")
PLAIN = ["/sign-in/", "/", "/account/", *(f"/contracts/sandwell/{page}" for page in OF_A_CONTRACT)]


def heard(output: str) -> set[str]:
    (line,) = [line for line in output.splitlines() if line.startswith("loaded:")]
    return set(line.split()[1:])


def loaded_by(source: str) -> set[str]:
    """The heavy libraries that are there once a fresh process has run this."""
    done = subprocess.run(
        [sys.executable, "-c", f"{source}\n{TELL}"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return heard(done.stdout)


@pytest.mark.parametrize("source", [EVERY_ADDRESS, EVERY_TASK], ids=["web", "worker"])
def test_starting_loads_none(source):
    assert loaded_by(source) == set()


def test_computing_loads_what_it_needs():
    assert loaded_by(f"{EVERY_TASK}\nimport kpis.engine.frames.recomputing") == {"numpy", "pandas"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("loaded"), with_redis=False, with_web=False) as started:
        yield started


@pytest.mark.parametrize(
    ("paths", "loaded"),
    [
        (PLAIN, set()),
        (["/contracts/sandwell/indicators/PI1/"], {"plotly"}),
        (["/contracts/sandwell/?known=2019-05-14"], {"numpy", "pandas"}),
    ],
    ids=["plain pages", "a chart", "what was known on a day"],
)
def test_a_page_loads_what_it_needs(site, paths, loaded):
    done = site.manage("shell", "--no-imports", "-c", PAGES.format(paths=paths) + TELL)

    assert heard(done.stdout) == loaded
