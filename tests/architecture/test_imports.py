"""The directions in which imports point, held in the suite as they are in the checks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

PROJECT = (
    "sandwell", "core", "audit", "parties", "trail", "notices", "calendars", "uploads", "kpis", "improvement",
    "budgets", "reports",
)  # fmt: skip


def modules() -> list[Path]:
    found = [path for app in PROJECT for path in sorted((settings.BASE_DIR / app).rglob("*.py"))]
    assert len(found) > 200
    return found


def test_the_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]


def test_no_module_takes_what_another_keeps_to_itself():
    """What begins with an underscore is a module's own affair: presenters and forms ask services, not their insides."""
    taken = [
        f"{path.relative_to(settings.BASE_DIR)}: {alias.name} of {node.module}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PROJECT
        for alias in node.names
        if alias.name.startswith("_")
    ]

    assert taken == []


# Whatever else tells the time: what it is called, and without which argument.
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time", "monotonic"}
THE_CLOCK = "core/clock.py"


def other_clocks(source: str) -> list[str]:
    """Calls that ask a clock of their own; a moment that is given is only put into words."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and not node.args
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "clock")
    ] + [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword)
        and node.arg == "default"
        and ast.unparse(node.value) == "timezone.now"
    ]


def test_all_ask_one_clock():
    asking = {
        str(path.relative_to(settings.BASE_DIR)): found
        for path in modules()
        if (found := other_clocks(path.read_text())) and str(path.relative_to(settings.BASE_DIR)) != THE_CLOCK
    }

    # A moment's own hour is no clock.
    asking = {
        path: [call for call in calls if not call.endswith(".time()")] for path, calls in asking.items()
    }
    assert {path: calls for path, calls in asking.items() if calls} == {}


def test_the_rule_of_the_clock_finds_what_it_looks_for():
    assert other_clocks(
        "timezone.now(); date.today(); timezone.localdate(); Model(default=timezone.now)"
    ) == [
        "timezone.now()",
        "date.today()",
        "timezone.localdate()",
        "default=timezone.now",
    ]
    assert other_clocks("clock.now(); timezone.localtime(moment); timezone.localdate(moment)") == []


def test_only_sessions_and_tries_ask_for_the_real_time():
    asking = {
        str(path.relative_to(settings.BASE_DIR)) for path in modules() if "real_now" in path.read_text()
    }

    assert asking == {
        THE_CLOCK,
        "parties/sessions.py",
        "parties/views/account.py",
        "parties/views/sign_in.py",
    }
