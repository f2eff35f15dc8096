"""Pages, the API and tasks never start from every row there is: what they show comes through visible_to."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

# Rooms that answer people and programs, and those that put answers into words.
OUTER = re.compile(
    r"(.*_)?(views?|api|tasks|presenter|presenters|presentation|sentences|charts|forms|export|readings|words)"
)
# Managers whose name alone means all rows.
EVERYTHING = {"objects", "_default_manager", "_base_manager"}
# The demonstration's door looks a persona up by name, and asks for nobody else; nobody is signed in there yet.
ALLOWED = {("parties/views/sign_in.py", "User.objects.filter")}


def outer_modules() -> list[Path]:
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if any(OUTER.fullmatch(part) for part in path.relative_to(folder).with_suffix("").parts)
    ]


MODULES = outer_modules()


def starts_from_everything(source: str) -> list[str]:
    """The places where a manager is asked for rows, but for those that go on with visible_to."""
    tree = ast.parse(source)
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("visible_to", "none")
    }
    named = {
        id(node.value): f"{ast.unparse(node)}" for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    return [
        named.get(id(node), ast.unparse(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in EVERYTHING and id(node) not in scoped
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_outer_rooms_ask_selectors(module):
    name = str(module.relative_to(settings.BASE_DIR))
    found = [place for place in starts_from_everything(module.read_text()) if (name, place) not in ALLOWED]

    assert found == []


def test_the_rule_finds_what_it_looks_for():
    bad = "Indicator.objects.filter(code='x'); Figure._default_manager.get(); rows = Status.objects"

    assert set(starts_from_everything(bad)) == {
        "Indicator.objects.filter",
        "Figure._default_manager.get",
        "Status.objects",
    }
    assert starts_from_everything("Indicator.objects.visible_to(reader).get(); Figure.objects.none()") == []
    assert len(MODULES) >= 20


def test_no_raw_sql_in_outer_rooms():
    for module in MODULES:
        source = module.read_text()
        assert "connection" not in source, module
        assert ".raw(" not in source and "RawSQL" not in source, module
