"""Odd and hostile files, each with the verdict that it must get: refused, wrong in named cells, or right.

``python -m tests.uploads.corpus FOLDER`` writes them all into a folder, to be tried by hand.
"""

from tests.uploads.corpus import books, cells, encodings, headers, hostile, lines, pretenders
from tests.uploads.corpus.verdicts import BYTES, CORPUS, ROWS, UNPACKED, Asks, Refused, Right, Verdict, Wrong

KINDS = (encodings, lines, headers, cells, pretenders, books, hostile)
__all__ = ["BYTES", "CORPUS", "KINDS", "ROWS", "UNPACKED", "Asks", "Refused", "Right", "Verdict", "Wrong"]
