"""The sums in the file of a book of a hundred thousand random lines, beside those that its own lines come to.

A million rows of a book take half a minute to make; the sums and the cells of a million stand with the rules.
"""

import csv
import io
import random
from decimal import Decimal

from budgets.books.amounts import Amounts
from budgets.imports.book_file import book_csv
from budgets.models import Book, Line
from budgets.rules.tree import Line as Branch
from budgets.rules.tree import Side, Tree

RANDOM_LINES, HEADINGS = 100_000, 100


def test_the_sums_of_a_hundred_thousand_random_lines_are_those_of_the_file_itself():
    drawn = random.Random(2019)
    heads = [Line(pk=at + 1, code=f"h{at}", name=f"Heading {at}", kind="heading") for at in range(HEADINGS)]
    lines = [
        Line(pk=at + HEADINGS + 1, code=f"l{at}", name="Line", kind="line", parent=heads[at % HEADINGS],
             side="income" if at % 7 == 0 else "expenditure")
        for at in range(RANDOM_LINES)
    ]  # fmt: skip
    pence = {
        line.code: drawn.randrange(-(10**9), 10**12) if at % 11 else None for at, line in enumerate(lines)
    }
    tree = Tree(
        Branch(one.code, one.parent.code if one.parent else None, Side(one.side) if one.side else None)
        for one in (*heads, *lines)
    )
    amounts = Amounts(
        [*heads, *lines],
        {("budget", 2018): tree.sums(pence)},
        {code: none.missing for code, none in tree.sums({}).items()},
    )

    text = "".join(book_csv(Book(first_year=2018, last_year=2018), amounts))

    sums: dict[str, Decimal] = {}
    stated: dict[str, Decimal] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if row["kind"] == "heading":
            stated[row["code"]] = Decimal(row["budget 2018/19"])
        elif row["budget 2018/19"]:
            sign = -1 if row["side"] == "income" else 1
            sums[row["under"]] = sums.get(row["under"], Decimal(0)) + sign * Decimal(row["budget 2018/19"])
        else:
            assert pence[row["code"]] is None
    assert stated == sums
