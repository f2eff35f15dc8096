"""The directions in which imports point, held in the suite as they are in the checks."""

import ast
import re
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


THE_CLOCK = "core/clock.py"
# What tells the time, however it is reached; some only where no moment is given.
CLOCKS = {"now", "today", "utcnow", "Now"}
WITHOUT_A_MOMENT = {"localdate", "localtime"}
OWNERS = {"timezone", "datetime", "date", "functions"}
BARE = {
    "time": {"time", "time_ns", "localtime", "gmtime"},
    "django.utils.timezone": CLOCKS | WITHOUT_A_MOMENT,
    "django.db.models.functions": CLOCKS,
}


def tells_the_time(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(owner, name):
            last = ast.unparse(owner).split(".")[-1]
            return (last in OWNERS and name in CLOCKS) or (last == "time" and name in BARE["time"])
        case ast.Call(ast.Attribute(owner, name), given, named):
            asked = CLOCKS if given or named else CLOCKS | WITHOUT_A_MOMENT
            return name in asked and ast.unparse(owner).split(".")[-1] != "clock"
        case ast.ImportFrom(module, names):
            return not BARE.get(module or "", set()).isdisjoint(alias.name for alias in names)
        case ast.keyword(name):
            return name in {"auto_now", "auto_now_add"}
    return False


def other_clocks(source: str) -> list[str]:
    """Whatever asks a clock of its own; a moment that is given is only put into words."""
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if tells_the_time(node)]


def test_all_ask_one_clock():
    asking = {
        str(path.relative_to(settings.BASE_DIR)): found
        for path in modules()
        if (found := other_clocks(path.read_text()))
    }
    asking.pop(THE_CLOCK)

    assert asking == {}


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now()",
        "datetime.now(UTC)",
        "datetime.datetime.now(tz=UTC)",
        "datetime.utcnow()",
        "datetime.today()",
        "date.today()",
        "dt.now()",
        "time.time()",
        "time.localtime()",
        "from time import time",
        "timezone.now()",
        "timezone.localdate()",
        "timezone.localtime()",
        "from django.utils.timezone import now",
        "from django.utils.timezone import localdate as day",
        "from django.db.models.functions import Lower, Now",
        "functions.Now()",
        "Model(default=timezone.now)",
        "DateTimeField(auto_now=True)",
        "DateTimeField(auto_now_add=True)",
    ],
)
def test_the_rule_of_the_clock_finds(source):
    assert other_clocks(source)


@pytest.mark.parametrize(
    "source",
    [
        "clock.now()",
        "Model(default=core.clock.now)",
        "timezone.localtime(moment)",
        "timezone.localdate(moment)",
        "self.today",
        "moment.time()",
        "time.monotonic()",
        "time.perf_counter()",
    ],
)
def test_the_rule_of_the_clock_passes(source):
    assert other_clocks(source) == []


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


def naming(pattern: str) -> set[str]:
    """The modules in which the word stands, be it imported, loaded by name or only spoken of."""
    return {
        str(path.relative_to(settings.BASE_DIR))
        for path in modules()
        if re.search(rf"\b({pattern})\b", path.read_text())
    }


def test_pandas_is_named_only_in_the_frames_of_the_engine_and_its_rules():
    named = naming("pandas|numpy")

    frames = ("kpis/engine/frames/", "kpis/rules/frames/")
    assert named
    assert {path for path in named if not path.startswith(frames)} == set()


def test_only_declarations_are_loaded_by_name():
    assert naming("importlib|import_module|__import__") == {"core/declarations.py"}


FEATURES = {
    "dashboard", "indicator_page", "published", "how_we_measure", "review", "returns", "obligations", "api",
}  # fmt: skip
# What a room of pages has for others. `statistics` are the published numbers as rows, for whoever shows them.
DOORS = {"services", "selectors", "models", "refusals", "notices", "statistics"}


def past_the_doors(room: str, module: str, source: str) -> list[str]:
    """What a feature takes of another's insides; its presenter may build on another's presenter."""
    doors = DOORS | {module} & {"presenter"}
    imported = [
        f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    return [
        name
        for name in imported
        if (parts := name.split("."))[0] == "kpis"
        and parts[1] in FEATURES - {room}
        and not doors & set(parts[2:3])
    ]


def test_features_meet_at_their_doors():
    kpis = settings.BASE_DIR / "kpis"
    taken = {
        str(path.relative_to(kpis)): found
        for room in sorted(FEATURES)
        for path in sorted((kpis / room).rglob("*.py"))
        if (found := past_the_doors(room, path.stem, path.read_text()))
    }

    assert all((kpis / room).is_dir() for room in FEATURES)
    assert taken == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from kpis.review.page import figure", True),
        ("from kpis.review import forms", True),
        ("import kpis.review.views", True),
        ("from kpis.published.presenter import table", True),
        ("from kpis.review.services import accept", False),
        ("from kpis.review import selectors", False),
        ("from kpis.returns.words import said", False),
        ("from kpis.figures.entries import read", False),
    ],
)
def test_the_rule_of_the_doors_finds_what_it_looks_for(source, found):
    assert bool(past_the_doors("returns", "views", source)) == found
