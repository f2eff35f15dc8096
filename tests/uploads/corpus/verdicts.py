"""What a file must come to, and the list to which each kind of file adds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MB = 1024 * 1024
BYTES, UNPACKED, ROWS = 4 * MB, 50 * MB, 1000
HEAD = "indicator,month,numerator,denominator,value,commentary,provenance"
LINE = "PI1,2019-03,13,20,,,"
ROW = ["PI1", "2019-03", 13, 20]


@dataclass(frozen=True)
class Refused:
    """The file as a whole, with these words among the reason's."""

    words: str


@dataclass(frozen=True)
class Asks:
    """The file asks about this before it can be read."""

    about: str


@dataclass(frozen=True)
class Wrong:
    """Exactly these problems: row, column, and words among the message's."""

    problems: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Right:
    """Exactly these changes: code, month, numerator, denominator, value, commentary; and so many rows left out."""

    changes: tuple[tuple[str, str, str, str, str, str], ...]
    left_out: int = 0


Verdict = Refused | Asks | Wrong | Right
CORPUS: dict[str, tuple[Callable[[], bytes], Verdict]] = {}


def add(name: str, content: bytes | str | Callable[[], bytes], verdict: Verdict, suffix: str = "csv") -> None:
    full = f"{name}.{suffix}"
    assert full not in CORPUS, full
    if isinstance(content, str):
        content = content.encode()
    if isinstance(content, bytes):
        kept = content
        CORPUS[full] = (lambda: kept, verdict)
    else:
        CORPUS[full] = (content, verdict)


def wrong(*problems: tuple[int, str, str]) -> Wrong:
    return Wrong(problems)


def right(*changes: tuple[str, ...], left_out: int = 0) -> Right:
    return Right(tuple((*one, *[""] * (6 - len(one))) for one in changes), left_out)  # type: ignore[misc]


def csv_of(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines]) + "\n"


ONE = right(("PI1", "2019-03", "13", "20"))
