"""Writes every file of the corpus into a folder."""

import sys
from pathlib import Path

from tests.uploads.corpus import CORPUS

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, (make, _) in CORPUS.items():
    (folder / name).write_bytes(make())
