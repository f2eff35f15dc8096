"""A book's folder of reviewed YAML files: read, checked field by field, and refused with file, field and reason.

``book.yaml`` says what the book is, and holds its lines or those that hold others; ``division-N.yaml`` the lines of
one division. ``stated.yaml``, ``bridge.yaml``, ``savings.yaml`` and ``demand.yaml`` may stand beside them. Writes
nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from budgets.books.faults import faults_of
from budgets.books.folders import BookFolder
from budgets.books.shapes import BookFile, BridgeFile, DemandFile, LinesFile, SavingsFile, StatedFile
from core.definition_files import DefinitionsRefused, Strict, validated

# What may stand beside a book, by the name of its file.
BESIDE: dict[str, type[Strict]] = {
    "stated": StatedFile,
    "bridge": BridgeFile,
    "savings": SavingsFile,
    "demand": DemandFile,
}


def read_book(folder: Path) -> BookFolder:
    """The book in a folder. DefinitionsRefused with every fault found, those of all its files at once."""
    divisions = sorted(folder.glob("division-*.yaml"))
    wanted: list[tuple[Path, type[Strict]]] = [(folder / "book.yaml", BookFile)]
    wanted += [(file, LinesFile) for file in divisions]
    wanted += [
        (folder / f"{name}.yaml", model)
        for name, model in BESIDE.items()
        if (folder / f"{name}.yaml").exists()
    ]
    known = {file.name for file, _ in wanted}
    faults = [
        f"{file.name}: is none of the files of a book"
        for file in sorted(folder.glob("*.y*ml"))
        if file.name not in known
    ]
    read: dict[str, Any] = {}
    for file, model in wanted:
        try:
            read[file.stem] = validated(file, model)
        except FileNotFoundError:
            faults.append(f"{file.name}: not found in {folder.name}")
        except DefinitionsRefused as refused:
            faults += refused.faults
    if faults:
        raise DefinitionsRefused(faults)
    found = BookFolder(
        book=read["book"],
        divisions=[read[file.stem] for file in divisions],
        **{name: read.get(name) for name in BESIDE},
    )
    if faults := faults_of(found):
        raise DefinitionsRefused(faults)
    return found
