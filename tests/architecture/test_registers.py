"""An app with pages stands in every register that it should stand in, and registers hold nothing that nobody uses."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from audit.entries import UNKNOWN, Entries, EntryGroup, entries_of
from core.declarations import declared
from core.jobs import Job
from core.pages import GROUPS, Addresses, Page
from notices.kinds import kinds
from parties.roles import Permission
from sandwell.celery import app as worker
from uploads.handlers import UploadHandler

pytestmark = pytest.mark.once


def project_apps() -> list[Any]:
    base = Path(settings.BASE_DIR)
    return [app for app in apps.get_app_configs() if Path(app.path).parent == base]


def code() -> str:
    return "\n".join(
        path.read_text() for app in project_apps() for path in sorted(Path(app.path).rglob("*.py"))
    )


def views(resolver: URLResolver) -> Iterator[Any]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        else:
            yield pattern.callback


def all_names() -> set[str]:
    """Every page of a contract by its full name."""
    return {
        f"{resolver.namespace}:{pattern.name}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace
        for pattern in resolver.url_patterns
        if not isinstance(pattern, URLResolver)
    }


def asked_permissions() -> set[str]:
    """What the pages of the program ask for."""
    found: set[str] = set()
    for view in views(get_resolver()):
        permission = getattr(view, "permission", None)
        if permission and permission != "signed in":
            found |= {permission} if isinstance(permission, str) else set(permission())
    return found


@pytest.mark.parametrize("app", [app.name for app in project_apps()])
def test_an_app_with_pages_declares_them(app):
    folder = settings.BASE_DIR / app
    has_pages = any(folder.rglob("views.py")) or (folder / "views").is_dir()
    modules = {one.module.split(".")[0] for one in declared(Addresses)}
    spaces = {page.url_name.split(":")[0] for page in declared(Page)}

    assert has_pages == (app in modules), f"{app} has pages, and declares no addresses"
    if has_pages and app != "parties":  # whose pages belong to no contract
        offers_files = any(handler.template.startswith(app) for handler in declared(UploadHandler))
        assert app in spaces or app == "uploads" or offers_files, f"{app} stands in no navigation"


def test_every_page_leads_somewhere_and_asks_for_what_it_says():
    for page in declared(Page):
        address = reverse(page.url_name, args=["sandwell"])
        view = get_resolver().resolve(address).func
        assert view.permission == page.permission, page.label
        assert page.group in GROUPS, page.label
        for name in page.below:
            assert name in all_names(), name


def test_permissions_are_declared_once_and_used():
    words = [permission.name for permission in declared(Permission)]
    asked = asked_permissions() | set(re.findall(r"may\(\s*[^)]*\"([a-z_]+\.[a-z_]+)\"", code()))

    assert len(words) == len(set(words))
    assert asked_permissions() <= set(words)
    assert set(words) - asked == set()


def test_every_entry_of_the_trail_belongs_to_an_app():
    actions = set(re.findall(r"action=\"([a-z_]+\.[a-z_]+)\"", code()))
    groups = {group.name for group in declared(EntryGroup)}

    assert len(actions) > 20
    assert {action for action in actions if entries_of(action) is UNKNOWN} == set()
    assert {entries.group for entries in declared(Entries)} - {""} <= groups


def test_every_job_is_a_task_of_the_worker():
    worker.autodiscover_tasks(force=True)

    assert {job.task for job in declared(Job)} <= set(worker.tasks)
    assert len({job.name for job in declared(Job)}) == len(declared(Job))


def test_kinds_of_notices_and_files_have_names_of_their_own():
    names = [handler.name for handler in declared(UploadHandler)]

    assert len(names) == len(set(names))
    assert {name for name in names if entries_of(f"upload.{name}.").permission is None} == set()
    assert all(len(name) <= 20 and name == kind.name for name, kind in kinds().items())


def test_the_image_holds_every_app():
    image, ignored = (settings.BASE_DIR / name for name in ("Dockerfile", ".dockerignore"))

    for app in project_apps():
        assert f"COPY {app.name} {app.name}\n" in image.read_text()
        assert f"!{app.name}\n" in ignored.read_text()
