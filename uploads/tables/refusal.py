"""When a handed-in file can't be read as it is: refused as a whole, or asked about; and how much one may hold."""

from __future__ import annotations

from dataclasses import dataclass

# What helps where there is too much in a workbook.
SMALLER = "Copy the one table into a new workbook, or save the sheet as CSV UTF-8."


class FileRefused(Exception):
    """The file as a whole can't be read; the message says why and what to do."""


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what it is called in the program, in words, and what the file looks like by it."""

    value: str
    label: str
    sample: str


class FileAsks(Exception):
    """The file can be read in more than one way, and only its people know which.

    ``about`` is what is asked, one of SHEET and ENCODING; ``words`` is the question.
    """

    def __init__(self, about: str, words: str, choices: list[Choice]) -> None:
        super().__init__(words)
        self.about, self.words, self.choices = about, words, choices


SHEET, ENCODING = "sheet", "encoding"


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold, and that opening it may take."""

    file_bytes: int
    unpacked_bytes: int
    rows: int
    seconds: int = 10
    memory_bytes: int = 512 * 1024 * 1024
