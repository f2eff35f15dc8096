"""The tests keep the order of the house: short modules, no borrowing, and a folder for what there is a room for."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

TESTS = settings.BASE_DIR / "tests"
# What is tried on the program as a whole.
OF_THE_WHOLE = {
    "access", "architecture", "bench", "faults", "fixtures_and_facts", "journeys", "sandwell", "tiny",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(TESTS.rglob("*.py"))


def test_none_is_over_five_hundred_lines():
    long = {str(path.relative_to(TESTS)): len(path.read_text().splitlines()) for path in modules()}

    assert {name: lines for name, lines in long.items() if lines > 500} == {}


def test_none_borrows_from_another():
    borrowed = [
        f"{path.relative_to(TESTS)}: {name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        for name in (node.module or "", *(alias.name for alias in node.names))
        if name.split(".")[-1].startswith("test_")
    ]

    assert borrowed == []


def test_each_folder_has_the_name_of_a_room():
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    rooms = {folder for folder in folders if folder.parts[0] not in OF_THE_WHOLE}

    assert {str(room) for room in rooms if not (settings.BASE_DIR / room).is_dir()} == set()
