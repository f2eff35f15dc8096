"""What the Makefile says before it does anything."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installation import ROOT


@pytest.mark.parametrize("target", ["demo", "demo-reset"])
def test_a_demonstration_that_is_served_already_is_left_alone(tmp_path: Path, target: str) -> None:
    make = shutil.which("make")
    assert make
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demo.pid").write_text(str(os.getpid()))
    database = tmp_path / "var" / "demo.sqlite3"
    database.write_text("kept")

    answer = subprocess.run(
        [make, "--file", str(ROOT / "Makefile"), target],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode != 0
    assert f"being served already (process {os.getpid()}). Stop it with Ctrl+C first" in answer.stderr
    assert database.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["var"]
