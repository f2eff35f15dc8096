"""A large book for the contract that is looked at: 5,000 lines, each entered in every month of four years.

Set-based statements, because no service is measured here. The lines stand under 50 headings of five divisions.
"""

from __future__ import annotations

from django.db import connection

from budgets.models import Amount, Book, Line, Version
from parties.models import Contract
from parties.participants import PROVIDER

CODE = "large"
LINES, DIVISIONS, HEADINGS = 5_000, 5, 50
FIRST_YEAR, LAST_YEAR = 2018, 2021
# The actuals of this year are printed.
PRINTED_YEAR = 2018

NUMBERS = """
WITH RECURSIVE numbers(number) AS
    (SELECT {first} UNION ALL SELECT number + 1 FROM numbers WHERE number < {last})
"""

MONTHS = """
INSERT INTO budgets_linemonth (line_id, year, period, state)
{numbers}
SELECT line.id, number / 12, number % 12 + 1, 'submitted'
FROM numbers CROSS JOIN budgets_line line
WHERE line.book_id = %s AND line.kind = 'line'
"""

# One line in twenty is off track: a line costs 100,000 to 1,100,000 pounds, and its year drifts with each month.
ENTRIES = """
INSERT INTO budgets_entry
    (month_id, number, actual, forecast, words, moved, reason, provenance, entered_as, entered_at)
SELECT month.id, 1,
    amount.hundredths / 12 * month.period,
    amount.hundredths + CASE WHEN line.position % 20 = 0 THEN amount.hundredths / 100 * month.period
        ELSE line.position % 7 * 1000 - 3000 END,
    '', '', '', 'illustrative', 'Benchmark', CURRENT_TIMESTAMP
FROM budgets_linemonth month
JOIN budgets_line line ON line.id = month.line_id
JOIN budgets_amount amount ON amount.line_id = line.id AND amount.year = month.year AND amount.figure = 'budget'
WHERE line.book_id = %s
"""

LATEST = """
UPDATE budgets_linemonth
SET state = 'accepted', latest_id = entry.id, accepted_id = entry.id
FROM budgets_entry entry
JOIN budgets_linemonth month ON month.id = entry.month_id
JOIN budgets_line line ON line.id = month.line_id
WHERE entry.month_id = budgets_linemonth.id AND line.book_id = %s
"""


def fill_book(contract_code: str) -> Book:
    """The book, its budgets and the printed actuals of its first year, and 240,000 entries of months."""
    book = Book.objects.create(
        contract=Contract.objects.get(code=contract_code),
        code=CODE,
        name="Large book",
        organisation="Benchmark",
        kept_by=PROVIDER,
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
    )
    _amounts(book, _lines(book))
    months = NUMBERS.format(first=FIRST_YEAR * 12, last=LAST_YEAR * 12 + 11)
    with connection.cursor() as cursor:
        cursor.execute(MONTHS.format(numbers=months), [book.pk])
        cursor.execute(ENTRIES, [book.pk])
        cursor.execute(LATEST, [book.pk])
        cursor.execute("ANALYZE")
    return book


def _lines(book: Book) -> list[Line]:
    total = Line.objects.create(book=book, position=0, code="total", name="Total", kind=Line.Kind.TOTAL)
    divisions = Line.objects.bulk_create(
        Line(book=book, parent=total, position=number + 1, code=f"d{number}", name=f"Division {number}",
             kind=Line.Kind.DIVISION)
        for number in range(DIVISIONS)
    )  # fmt: skip
    headings = Line.objects.bulk_create(
        Line(book=book, parent=divisions[number % DIVISIONS], position=100 + number, code=f"h{number}",
             name=f"Heading {number}", kind=Line.Kind.HEADING)
        for number in range(HEADINGS)
    )  # fmt: skip
    return Line.objects.bulk_create(
        [
            Line(book=book, parent=headings[number % HEADINGS], position=1_000 + number, code=f"l{number}",
                 name=f"Line {number}", kind=Line.Kind.LINE,
                 side=Line.Side.INCOME if number % 10 == 9 else Line.Side.EXPENDITURE)
            for number in range(LINES)
        ],
        batch_size=1000,
    )  # fmt: skip


def _amounts(book: Book, lines: list[Line]) -> None:
    version = Version.objects.create(book=book, number=1, kind=Version.Kind.ORIGINAL, words="As agreed")
    budgets = [
        Amount(line=line, figure=Amount.Figure.BUDGET, version=version, year=year, unit="£",
               hundredths=10_000_000 + line.position * 7919 % 100_000_000)
        for line in lines
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]  # fmt: skip
    actuals = [
        Amount(line=one.line, figure=Amount.Figure.ACTUAL, year=PRINTED_YEAR, unit="£",
               hundredths=one.hundredths + one.line.position % 11 * 510_000)
        for one in budgets
        if one.year == PRINTED_YEAR and one.hundredths is not None
    ]  # fmt: skip
    Amount.objects.bulk_create([*budgets, *actuals], batch_size=1000)
