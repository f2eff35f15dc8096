"""Months that are downloaded come back without a change; what is changed in them becomes drafts."""

import io
from datetime import date

import openpyxl
import pytest

from budgets.demonstration.months import live_on
from budgets.imports.kept import PIECE
from budgets.models import Book, Entry, Line, LineDraft
from budgets.rules.money import LARGEST
from tests.budgets.imports.conftest import (
    FOSTER,
    HAND_IN,
    HOMES,
    MONEY,
    ROW,
    SECURE,
    content_of,
    csv_of,
    rows_of,
)
from tests.pages import words
from uploads.handlers import CHANGED, LEFT_OUT, NEW, SAME
from uploads.models import Upload

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://evil.example";"see “here”")'
SAID = {"words": f"{FORMULA}\nand more", "moved": "'-1 place, +2 others"}


@pytest.fixture
def lived(entered):
    """Entries of the widest kind and of the last period after March, and a draft that can't be read."""
    entered(1, FOSTER, 70_000_001, 820_000_000)
    entered(2, FOSTER, -LARGEST, LARGEST, 1, LARGEST, **SAID)
    entered(2, HOMES, -1, 0, words="A credit")
    entered(13, SECURE, 100_000_10, 200_000_99)
    line, manager = Book.objects.get(code="trust").lines.get(code=SECURE), Entry.objects.first().entered_by
    typed = {"actual": "(5)", "forecast": "soon", "committed": "", "mitigation": "1,000.5", "words": "@me"}
    LineDraft.objects.create(
        line=line, year=2018, period=2, typed=typed, saved_by=manager, saved_as="Manager"
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("part", ["2018/year", "2018/2/month"])
def test_what_is_downloaded_comes_back_unchanged(lived, hand_in, kind, part):
    content = content_of(hand_in.client.get(f"{MONEY}{part}.{kind}"))

    upload = hand_in(content, name=f"months.{kind}")

    assert (upload.state, upload.problems) == (Upload.State.CHECKED, [])
    kinds = [change["kind"] for change in upload.changes]
    same, empty = (5, 73) if part == "2018/year" else (3, 3)
    assert (kinds.count(SAME), kinds.count(LEFT_OUT), len(kinds)) == (same, empty, upload.rows_total)
    assert "Nothing changes" in hand_in.shown(upload)


def test_illustrative_months_come_back_unchanged_and_say_what_they_are(hand_in):
    live_on(Book.objects.get(code="trust"), date(2020, 4, 20))
    content = content_of(hand_in.client.get(f"{MONEY}2019/year.csv"))

    upload = hand_in(content)

    assert {change["kind"] for change in upload.changes} == {SAME}
    assert all("illustrative" in row["stands"] for row in rows_of(content))


def test_amounts_stand_to_the_penny_and_nothing_is_a_formula(lived, hand_in):
    book = openpyxl.load_workbook(io.BytesIO(content_of(hand_in.client.get(f"{MONEY}2018/2/month.xlsx"))))
    (sheet,) = book.worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows}

    assert (found[FOSTER]["actual"], found[FOSTER]["committed"]) == (-9_999_999_999_999.99, 0.01)
    assert found[HOMES]["forecast"] == 0
    assert found[HOMES]["committed"] is None
    assert found[FOSTER]["words"].startswith("'=HYPERLINK")
    assert found[SECURE]["forecast"] == "soon"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert list(sheet.tables) == ["Months"]
    assert not sheet.merged_cells.ranges
    (row,) = [
        one
        for one in rows_of(content_of(hand_in.client.get(f"{MONEY}2018/2/month.csv")))
        if one["code"] == FOSTER
    ]
    assert (row["actual"], row["forecast"]) == ("-9999999999999.99", "9999999999999.99")
    assert (row["year"], row["period"], row["month"]) == ("2018/19", "2", "May 2018")
    assert row["stands"] == "submitted"


def test_drafts_stand_in_the_files_of_the_own_party_alone(lived, hand_in, signed_in, client_officer):
    for kind in ("csv", "xlsx"):
        own = hand_in.client.get(f"{MONEY}2018/2/month.{kind}")
        other = signed_in(client_officer).get(f"{MONEY}2018/2/month.{kind}")
        if kind == "csv":
            assert b"soon" in content_of(own)
            assert b"soon" not in content_of(other)
        else:
            (sheet,) = openpyxl.load_workbook(io.BytesIO(other.content)).worksheets
            assert "soon" not in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_year_is_filled_in_and_becomes_drafts_that_are_submitted(hand_in):
    rows = rows_of(content_of(hand_in.client.get(f"{MONEY}2018/year.csv")))
    assert len(rows) == 6 * 12
    for row in rows:
        if row["code"] == FOSTER and int(row["period"]) <= 3:
            row |= {"actual": f"{int(row['period']) * 600_000}", "forecast": "£8,200,000.00"}

    upload = hand_in(csv_of(*rows))

    kinds = [change["kind"] for change in upload.changes]
    assert (kinds.count(NEW), kinds.count(LEFT_OUT)) == (3, 69)
    assert "May 2018: 1 line" in hand_in.shown(upload)
    page = hand_in.save(upload)
    assert "3 drafts saved." in page
    assert "Check and submit June 2018 : 1 line" in page
    assert not Entry.objects.exists()
    assert LineDraft.objects.get(period=2).typed["actual"] == "1200000.00"
    (again,) = {change["kind"] for change in hand_in(csv_of(*rows)).changes} - {LEFT_OUT}
    assert again == SAME
    month = hand_in.client.get(f"{MONEY}2018/2/")
    assert 'value="1200000.00"' in month.content.decode()


def test_only_what_differs_of_a_line_is_shown_beside_what_is_there(entered, hand_in):
    entered(2, FOSTER, 140_000_000, 820_000_000, words="As before")

    upload = hand_in(csv_of(ROW | {"forecast": "8,210,000.50"}))

    (change,) = upload.changes
    assert change["kind"] == CHANGED
    assert change["typed"]["words"] == "As before"
    shown = hand_in.shown(upload)
    assert "Forecast: £8,200,000 Forecast: £8,210,000.50" in shown
    assert "As before" not in shown


def test_a_file_takes_over_no_word_of_what_is_illustrative(hand_in):
    live_on(Book.objects.get(code="trust"), date(2020, 4, 20))

    upload = hand_in(csv_of(ROW | {"year": "2019", "reason": "A late invoice"}))

    (change,) = upload.changes
    assert "Example" not in f"{change['typed']}"
    assert change["asks"] == ["moved"]


def test_a_book_of_more_lines_than_are_held_at_once_goes_out_whole(hand_in, entered):
    book = Book.objects.get(code="trust")
    Line.objects.bulk_create(
        Line(book=book, position=1000 + at, code=f"more_{at}", name=f"More {at}", side=Line.Side.EXPENDITURE)
        for at in range(2 * PIECE)
    )
    entered(2, FOSTER, 140_000_000, 820_000_000)
    entered(13, f"more_{2 * PIECE - 1}", 12_345, 67_890)

    rows = rows_of(content_of(hand_in.client.get(f"{MONEY}2018/year.csv")))

    codes = list(Line.objects.filter(book=book, kind=Line.Kind.LINE).values_list("code", flat=True))
    assert [(row["code"], row["period"]) for row in rows] == [
        (code, str(number)) for code in codes for number in range(1, 14)
    ]
    filled = [(row["code"], row["period"], row["forecast"]) for row in rows if row["stands"]]
    assert filled == [(FOSTER, "2", "8200000.00"), (codes[-1], "13", "678.90")]


def test_pages_and_files_cost_the_same_whatever_they_hold(lived, hand_in, django_assert_max_num_queries):
    for address, most in ((HAND_IN, 9), (f"{MONEY}2018/2/month.csv", 10), (f"{MONEY}2018/year.xlsx", 11)):
        hand_in.client.get(address)
        with django_assert_max_num_queries(most):
            content_of(hand_in.client.get(address))


def test_links_stand_where_people_look_for_them(hand_in, signed_in, client_officer, trust_manager):
    officer = signed_in(client_officer)
    for page in (MONEY, f"{MONEY}2018/2/"):
        own, other = hand_in.client.get(page).content.decode(), officer.get(page).content.decode()
        assert HAND_IN in own
        assert HAND_IN not in other
        assert "month.xlsx" in other or "book.xlsx" in other
    assert "Files of the book" in words(hand_in.client.get(hand_in.address(hand_in(csv_of(ROW)))))
