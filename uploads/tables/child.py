"""Opens one file, as a program of its own with limits of its own, so that no file can hold up or fill anything else.

    python -m uploads.tables.child   reads the file from its input and writes lines of JSON

The first argument says what is asked (``Asked`` as JSON). The first line written is the header, what the file is
refused for, or what is asked of its people; each line after it is a row, or the refusal that ended them.
"""

from __future__ import annotations

import errno
import json
import resource
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from uploads.tables.layout import Layout
from uploads.tables.lines import Line
from uploads.tables.refusal import ENCODING, SHEET, FileAsks, FileRefused, Limits

ARCHIVE = b"PK\x03\x04"
OUT_OF_MEMORY, TOO_MUCH_TEXT, PANIC = 3, 4, 5
# What is read of a file may come to so many bytes: whoever judges it holds it in memory.
MOST_OUTPUT = 100 * 1024 * 1024


@dataclass(frozen=True)
class Asked:
    """Which kind of table is looked for, and how far; ``answers`` are those of the file's people, by what was asked."""

    limits: Limits
    layout: Layout
    pasted: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, text: str) -> Asked:  # pragma: no cover - likewise
        said = json.loads(text)
        return cls(Limits(**said["limits"]), Layout(**said["layout"]), said["pasted"], said["answers"])

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main() -> None:  # pragma: no cover - a program of its own; tests/faults/test_hostile_files.py tries it
    asked = Asked.of_json(sys.argv[1])
    _limit(asked.limits)
    try:
        for line in found(sys.stdin.buffer.read(), asked):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except MemoryError:
        # Nothing more can be promised here: who asked says what it means.
        sys.exit(OUT_OF_MEMORY)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        sys.exit(TOO_MUCH_TEXT)
    except BaseException as broke:
        # The parser of workbooks ends so where it finds no memory, or what it doesn't expect.
        if type(broke).__name__ != "PanicException":
            raise
        sys.exit(PANIC)


def _limit(limits: Limits) -> None:  # pragma: no cover - likewise
    """Hard limits, which end the program wherever it is; a file of its output can't grow beyond them either."""
    memory = limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))


def found(content: bytes, asked: Asked) -> Iterator[str]:
    """The lines that are written of a file, without the limits."""
    return map(json.dumps, _found(content, asked))


def _found(content: bytes, asked: Asked) -> Iterator[Any]:
    from uploads.tables.table import find_table

    try:
        lines, notes = _lines(content, asked)
        head, rows = find_table(lines, asked.layout, asked.limits.rows)
        yield [head.number, head.columns, list(head.places), [*notes, *head.notes]]
        for row in rows:
            yield [row.number, row.cells, row.surplus, dict(row.unread)]
    except FileRefused as refused:
        yield {"refused": str(refused)}
    except FileAsks as asks:
        yield {
            "asks": asks.about,
            "words": asks.words,
            "choices": [asdict(choice) for choice in asks.choices],
        }


def _lines(content: bytes, asked: Asked) -> tuple[Iterator[Line], list[str]]:
    """The parsers are loaded where they are needed: half of all files are small texts."""
    if content.startswith(ARCHIVE):
        from uploads.tables.book import lines_of_workbook

        return lines_of_workbook(content, asked.limits, asked.layout, asked.answers.get(SHEET, ""))
    from uploads.tables.pasted import pasted_lines
    from uploads.tables.pretenders import refuse_pretender
    from uploads.tables.separated import separated_lines, unquoted_lines
    from uploads.tables.texts import text_of

    refuse_pretender(content)
    text = text_of(content, asked.answers.get(ENCODING, ""))
    if not asked.pasted:
        return separated_lines(text, asked.layout), []
    if "\t" in text:
        return pasted_lines(text), []
    try:
        return iter(list(separated_lines(text, asked.layout))), []
    except FileRefused:
        # Rows of a text, in which somebody typed quotation marks.
        return unquoted_lines(text, asked.layout), []


if __name__ == "__main__":  # pragma: no cover - likewise
    main()
