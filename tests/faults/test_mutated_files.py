"""Twenty thousand files, each a good one with something broken in it, through the readers.

Whatever comes, it is a refusal in words, a question that can be answered or a verdict on rows; nothing else is raised,
and nothing takes long. The same seed breaks the same places, so a file that fails can be made again by its number.
"""

import csv
import io
import random
import re
import time
import zipfile
import zlib
from collections import Counter
from datetime import date

import pytest

from kpis.definitions.models import Indicator
from kpis.figures.checking import COLUMNS, Scope, check_header, check_rows, scope_of
from parties.models import Contract
from tests.spreadsheets import SHEET, with_part, workbook
from tests.uploads.opened import opened_here
from uploads.tables.refusal import FileAsks, FileRefused, Limits

pytestmark = pytest.mark.once

FILES, PARTS = 20_000, 4
MB = 1024 * 1024
LIMITS = Limits(file_bytes=2 * MB, unpacked_bytes=8 * MB, rows=2000)
ROWS = [
    ["PI1", "2019-03", 13, 20, None, "Two posts were vacant, “again”\nand again", "returned"],
    ["PI2", "2019-03", 520, None, 63.8, "", ""],
    ["PI5", date(2019, 3, 1), None, None, 7, "'=1+1", "published"],
    ["PI14", "2019-04", "3488", 184.9, None, "x" * 200, None],
]


def as_csv(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue().replace("2019-03-01", "2019-03")


TEXT = as_csv(ROWS)
BOOK = workbook(ROWS)
SEEDS = [
    TEXT.replace("“", "(").replace("”", ")").encode(),
    TEXT.encode("utf-8-sig"),
    TEXT.encode("utf-16"),
    TEXT.replace(",", ";").encode("cp1252"),
    TEXT.replace(",", "\t").encode(),
    BOOK,
    with_part(BOOK, SHEET, lambda sheet: sheet.replace(b"<v>13</v>", b"<f>6+7</f><v>13</v>")),
]
PLAIN = re.compile(r"[A-Z][^\n]{10,400}[.]")
QUESTION = re.compile(r"[A-Z][^\n]{10,400}[?]")
# What a reader might stumble over, put in where it isn't expected.
SPLINTERS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\\", b"%", b"-", b"1e999",
    b"NaN", b"'=", b"\xe2\x80\xae", b"\xf0\x9f\x91\x8d", b"\xed\xa0\x80", b"&#0;", b"&#x110000;", b"_x0000_", b"<!--",
    b"]]>", b"<![CDATA[", b"<c>", b"</c>", b"<row/>", b'r="A1"', b'r="ZZZ9999999999"', b't="s"', b't="e"', b't="d"',
    b's="99"', b"<v>99999999999</v>", b"<is>", b"</sheetData>", b"PK\x03\x04", b"PK\x05\x06", b"9" * 400, b"2019-03",
    b'<mergeCell ref="A1:A2"/>', b'<dimension ref="A1:XFD1048576"/>', b"\xd0\xcf\x11\xe0",
]  # fmt: skip


def broken(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four breaks: flipped, cut, doubled, moved and inserted pieces."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 8, 60, 400))
        kind = chance.randrange(7)
        if kind == 0 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1 and at < len(made):
            made[at] = chance.randrange(256)
        elif kind == 2:
            del made[at : at + length]
        elif kind == 3:
            made[at:at] = made[at : at + length] * chance.randint(1, 5)
        elif kind == 4:
            piece = made[at : at + length]
            del made[at : at + length]
            other = chance.randrange(len(made) + 1)
            made[other:other] = piece
        elif kind == 5:
            made[at:at] = chance.choice(SPLINTERS)
        else:
            made[at : at + length] = chance.choice(SPLINTERS) * chance.randint(1, 3)
    return bytes(made)


def broken_inside(book: bytes, chance: random.Random) -> bytes:
    """A sound archive, one part of which is broken: what a broken archive alone would never let through."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w") as new:
        names = [member.filename for member in old.infolist()]
        chosen = SHEET if chance.random() < 0.6 else chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, broken(part, chance) if name == chosen else part)
    return kept.getvalue()


def spliced(chance: random.Random) -> bytes:
    """The beginning of one good file and the end of another."""
    one, other = chance.choice(SEEDS), chance.choice(SEEDS)
    return one[: chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1) :]


def mutated(number: int) -> bytes:
    chance = random.Random(number)
    seed = SEEDS[number % len(SEEDS)]
    if chance.random() < 0.1:
        return spliced(chance)
    inside = seed.startswith(b"PK") and chance.random() < 0.8
    return broken_inside(seed, chance) if inside else broken(seed, chance)


@pytest.fixture(scope="module")
def scope() -> Scope:
    """A contract as the readers know it, without a database."""
    units = {"PI1": "percent", "PI2": "rate_per_10000", "PI5": "count", "PI14": "mean"}
    indicators = {code: Indicator(code=code, unit=unit) for code, unit in units.items()}
    contract = Contract(code="c", starts_on=date(2018, 4, 1), years=10, reporting_until=date(2020, 3, 1))
    return scope_of(contract, indicators, date(2020, 4, 15))


def outcome(content: bytes, scope: Scope) -> str:
    try:
        table = opened_here(content, LIMITS)
        rows = list(table.rows)
    except FileRefused as refused:
        return "refused" if PLAIN.fullmatch(str(refused)) else f"refused without words: {refused}"
    except FileAsks as asks:
        return "asks" if _can_be_answered(asks) else f"asks without choices: {asks} {asks.choices}"
    if check_header(table.columns, table.head.number):
        return "wrong header"
    entries, problems = check_rows(rows, scope)
    assert all(problem.message and problem.row >= 1 for problem in problems)
    return "wrong rows" if problems else "right" if entries else "empty"


def _can_be_answered(asks: FileAsks) -> bool:
    """A question in words, and at least two answers, each with words of its own and a look at the file by it."""
    labels = [choice.label for choice in asks.choices]
    return (
        QUESTION.fullmatch(str(asks)) is not None
        and len(set(filter(None, labels))) == len(labels) > 1
        and all(choice.value and choice.sample for choice in asks.choices)
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_no_broken_file_breaks_the_readers(scope, part):
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(part * FILES // PARTS, (part + 1) * FILES // PARTS):
        content = mutated(number)
        began = time.process_time()
        try:
            outcomes[outcome(content, scope)] += 1
        except Exception as error:
            raise AssertionError(f"file {number}: {error!r}") from error
        slowest = max(slowest, time.process_time() - began)

    assert set(outcomes) <= {"refused", "asks", "wrong header", "wrong rows", "right", "empty"}
    assert sum(outcomes.values()) == FILES // PARTS
    assert slowest < 5
    # Each kind is there in numbers: the breaks neither ruin everything nor miss.
    assert all(outcomes[kind] > 100 for kind in ("refused", "wrong header", "wrong rows", "right")), outcomes


def test_a_file_is_made_again_by_its_number():
    assert zlib.crc32(mutated(4321)) == zlib.crc32(mutated(4321))
    assert len({mutated(number) for number in range(500)}) > 490
