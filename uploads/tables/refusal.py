"""When a handed-in file is refused as a whole, and how much one may hold."""

from dataclasses import dataclass


class FileRefused(Exception):
    """The file as a whole can't be read; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold."""

    file_bytes: int
    unpacked_bytes: int
    rows: int
