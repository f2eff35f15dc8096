"""Opens a handed-in file as a table of text, or says in plain words why it can't be read.

Text first: nothing is turned into a number or a month here, so nothing is guessed. The file itself is opened by another
program (uploads.tables.child), which may take so much time and memory and no more: a file that means harm ends that
program, and nobody else waits for it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from core.values.numbers import count_words
from uploads.tables.child import ARCHIVE, MOST_OUTPUT, OUT_OF_MEMORY, TOO_MUCH_TEXT, Asked
from uploads.tables.layout import Layout
from uploads.tables.refusal import SMALLER, Choice, FileAsks, FileRefused, Limits
from uploads.tables.table import Head, Row

HOME = Path(__file__).resolve().parent.parent.parent
PROGRAM = "uploads.tables.child"
MB = 1_048_576
# Of the environment the other program needs no more: no address of a database, no key.
KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG")
# Python's own word for an exception that nobody caught.
BROKE = 1
LAST_WORDS = 2000
EMPTY = "The file is empty. It needs a header row and at least one row below it."
NOTHING_PASTED = "Nothing was pasted. Paste a header row and at least one row below it."


class ReaderFailed(RuntimeError):
    """The program that opens files broke over one: its own last words."""


@dataclass(frozen=True)
class Table:
    """A file's header and its rows, which come one by one; FileRefused may come with any of them."""

    head: Head
    rows: Iterator[Row]

    @property
    def columns(self) -> list[str]:
        return list(self.head.columns)


def is_workbook(content: bytes) -> bool:
    return content.startswith(ARCHIVE)


@contextmanager
def open_table(
    content: bytes,
    limits: Limits,
    layout: Layout,
    *,
    pasted: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Iterator[Table]:
    """The table that the file holds. FileRefused says why there is none, FileAsks what its people must say first."""
    if len(content) > limits.file_bytes:
        raise FileRefused(f"The file is larger than {limits.file_bytes // MB} MB. Split it.")
    if not content.strip():
        raise FileRefused(NOTHING_PASTED if pasted else EMPTY)
    with tempfile.TemporaryFile() as written:
        _write(content, Asked(limits, layout, pasted, dict(answers or {})), written)
        written.seek(0)
        yield table_of(map(bytes.decode, written))


def table_of(lines: Iterator[str]) -> Table:
    """The table that the other program's lines speak of."""
    return Table(Head(*_said(next(lines))), (Row(*_said(line)) for line in lines))


def _write(content: bytes, asked: Asked, written: IO[bytes]) -> None:
    """Has the file opened by the other program, which writes what it finds."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(content)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603 - our own program, and no shell
                [sys.executable, "-m", PROGRAM, asked.to_json()],
                stdin=given,
                stdout=written,
                stderr=complaints,
                cwd=HOME,
                env={name: os.environ[name] for name in KEPT if name in os.environ},
                timeout=asked.limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise FileRefused(_too_slow(asked.limits)) from late
        if ended.returncode == BROKE:
            complaints.seek(0)
            raise ReaderFailed(complaints.read().decode(errors="replace")[-LAST_WORDS:])
        if ended.returncode:
            raise FileRefused(_end_words(ended.returncode, asked.limits))


def _end_words(code: int, limits: Limits) -> str:
    if code == -signal.SIGXCPU:
        return _too_slow(limits)
    if code == TOO_MUCH_TEXT:
        return f"This holds more than {MOST_OUTPUT // MB} MB of text, so it was not read. {SMALLER}"
    if code in (OUT_OF_MEMORY, -signal.SIGABRT):
        most = f"{limits.memory_bytes // MB:,} MB"
        return f"This takes more than {most} of memory to open, so it was not read. {SMALLER}"
    return f"The program that opens this came to no end, so it was not read. {SMALLER}"


def _too_slow(limits: Limits) -> str:
    return (
        f"This takes more than {count_words(limits.seconds, 'second')} to open, so it was not read. {SMALLER}"
    )


def _said(line: str) -> Any:
    """What a line says; a refusal and a question are raised."""
    said = json.loads(line)
    if isinstance(said, dict) and "refused" in said:
        raise FileRefused(said["refused"])
    if isinstance(said, dict) and "asks" in said:
        raise FileAsks(said["asks"], said["words"], [Choice(**choice) for choice in said["choices"]])
    return said
