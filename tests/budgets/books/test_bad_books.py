"""Every fault of a book's files is named with its place, all of them at once."""

from __future__ import annotations

from copy import deepcopy

import pytest
import yaml

from budgets.books.files import read_book
from core.definition_files import DefinitionsRefused

PLACE = {"document": "plan", "place": "Table 1"}
BOOK = {
    "code": "tiny",
    "name": "A tiny book",
    "organisation": "Sandwell Council",
    "contract": None,
    "kept_by": "council",
    "first_year": "2018/19",
    "last_year": "2019/20",
    "documents": {"plan": "A plan"},
    "version": {"kind": "original", "words": "As printed", "source": PLACE},
    "basis": [{"line": "homes", "year": "2018/19", "assumed": "12", "words": "Children", "source": PLACE}],
    "unit": "£'000",
    "source": PLACE,
    "lines": [
        {"code": "all", "name": "All", "kind": "total"},
        {
            "code": "homes",
            "name": "Homes",
            "parent": "all",
            "side": "expenditure",
            "budget": {"2018/19": "1,250", "2019/20": None},
        },
        {
            "code": "fees",
            "name": "Fees",
            "parent": "all",
            "side": "income",
            "budget": {"2018/19": "250", "2019/20": "250"},
        },
    ],
    "assertions": [
        {"code": "net", "what": "Net", "plus": ["homes"], "minus": ["fees"], "printed": {"2018/19": "1,000"}}
    ],
    "staffing": [{"line": "homes", "headcount": {"2018/19": "12"}, "fte": {"2018/19": "10.5"}}],
}
STATED = {
    "figures": [
        {"code": "sum", "name": "Sum", "kind": "contract_sum", "year": "2018/19", "printed": "£1m", "source": PLACE}
    ]
}  # fmt: skip
BRIDGE = {
    "year": "2018/19",
    "title": "Bridge",
    "steps": [
        {"name": "Over", "kind": "opening", "stated": "sum"},
        {"name": "Carried", "kind": "closing", "stated": "sum"},
    ],
}


@pytest.fixture
def faults(tmp_path):
    """faults(change): what is wrong with the tiny book after ``change`` was made to it; empty where it is read."""

    def read(change):
        files = deepcopy({"book": BOOK, "stated": STATED, "bridge": BRIDGE})
        change(files)
        for name, content in files.items():
            (tmp_path / f"{name}.yaml").write_text(
                yaml.safe_dump(content, allow_unicode=True), encoding="utf-8"
            )
        try:
            read_book(tmp_path)
        except DefinitionsRefused as refused:
            return refused.faults
        return []

    return read


def line(files, number):
    return files["book"]["lines"][number]


def net(files):
    return files["book"]["assertions"][0]


def change(path, **values):
    """A change of the fields of what ``path`` finds."""
    return lambda files: path(files).update(values)


def homes(files):
    return line(files, 1)


def book(files):
    return files["book"]


FAULTS = [
    (change(book, last_year="2017/18"), "book.yaml: last_year: 2017/18 comes before the first year, 2018/19"),
    (change(book, first_year="2018/20"), "book.yaml: first_year: “2018/20” is no financial year; write it as 2018/19"),
    (change(book, unit="pounds"), "book.yaml: unit: Input should be"),
    (change(book, colour="red"), "book.yaml: colour: Extra inputs are not permitted"),
    (change(homes, code="fees"), "line fees stands twice"),
    (change(homes, parent="fees"), "line homes: fees is a line and holds no others"),
    (change(homes, parent="none"), "line homes: there is no none above it"),
    (change(lambda files: line(files, 0), parent="all"), "line all: stands above itself"),
    (change(homes, side=None), "line homes: say whether it is expenditure or income"),
    (change(homes, kind="heading"), "line homes: a heading has no amounts of its own; its lines have them"),
    (change(homes, budget={"2018/19": "£1.25m"}), "line homes: budget: 2018/19: “£1.25m” is printed in £m, not in"),
    (change(homes, budget={"2018/19": "12 50"}), "line homes: budget: 2018/19: “12 50” is not an amount"),
    (change(homes, budget={"2020/21": "1"}), "line homes: budget: 2020/21: the book runs from 2018/19 to 2019/20"),
    (change(homes, budget={"2018/19": 1250}), "book.yaml: lines.1.budget.2018/19: Input should be a valid string"),
    (change(homes, source={"document": "x", "place": "y"}), "line homes: x is none of the book’s documents"),
    (change(homes, demand=[{"series": ["x"], "confidence": "fair"}]), "line homes: demand: there is no series x"),
    (change(net, plus=["nobody"]), "printed total net: nobody has no such amount in 2018/19"),
    (change(net, plus=["stated:x"]), "printed total net: stated:x has no such amount in 2018/19"),
    (change(net, plus=["spent:homes"]), "printed total net: spent:homes begins with no figure of a book"),
    (change(net, printed={"2018/19": "1,001"}), "printed total net: 2018/19: differs by -100000 hundredths; say why"),
    (change(net, differs={"2018/19": "Rounding"}), "printed total net: 2018/19: agrees, so there is nothing"),
    (change(net, differs={"2019/20": "Rounding"}), "printed total net: differs: nothing is printed for 2019/20"),
    (change(net, printed={"2019/20": "1,000"}), "printed total net: 2019/20: homes is an empty cell"),
    (change(net, stated="sum"), "book.yaml: assertions.0: give what is printed, or the stated figure that it is"),
    (change(net, printed={}, stated="x"), "printed total net: no amount is stated as x"),
    (change(net, line="x"), "printed total net: there is no line x"),
    (change(lambda files: book(files)["staffing"][0], line="x"), "staffing: there is no line x"),
    (change(lambda files: book(files)["staffing"][0], fte={"2018/19": "x"}), "staffing of homes: fte: 2018/19: “x” is"),
    (change(lambda files: book(files)["basis"][0], line="x"), "basis: there is no line x"),
    (change(lambda files: files["stated"]["figures"][0], printed="£1k"), "stated figure sum: “£1k” is printed in"),
    (change(lambda files: files["bridge"]["steps"][0], stated="x"), "bridge.yaml: Over: no figure is stated as x"),
    (lambda files: files.update(divison=BRIDGE), "divison.yaml: is none of the files of a book"),
    (lambda files: files.pop("book"), "book.yaml: not found in "),
]  # fmt: skip


def test_the_tiny_book_is_sound(faults):
    assert faults(lambda files: None) == []


@pytest.mark.parametrize(("wrong", "words"), FAULTS, ids=[words[:60] for _, words in FAULTS])
def test_one_fault(faults, wrong, words):
    found = faults(wrong)

    assert any(fault.startswith(words) for fault in found), found


def test_all_faults_of_all_files_at_once(faults):
    def wrong(files):
        homes(files)["side"] = None
        line(files, 2)["parent"] = "none"
        files["stated"]["figures"][0]["printed"] = "£1k"

    assert len(faults(wrong)) == 3
