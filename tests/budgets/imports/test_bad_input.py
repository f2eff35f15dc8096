"""What no file of months may say: all of it is named by row and column, and nothing is written."""

import pytest

from budgets.models import Book, Entry, LineDraft
from budgets.months.answering import act_on, close_period
from budgets.rules.periods import Period
from budgets.rules.written_money import NotAnAmount, pence_given
from core import clock
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.budgets.imports.conftest import FOSTER, HOMES, ROW, csv_of
from uploads.models import Upload

pytestmark = pytest.mark.django_db
OTHER = ROW | {"code": HOMES}


def test_everything_wrong_is_listed_at_once_and_nothing_is_written(hand_in):
    found = hand_in.problems(
        ROW | {"actual": "1O0,000"},
        OTHER | {"forecast": "£1.2m"},
        ROW | {"period": 3, "actual": "(5,000)"},
        ROW | {"period": 4, "actual": "5,000-"},
        ROW | {"period": 5, "code": "external_foster"},
        ROW | {"period": 6, "code": "placements"},
        ROW | {"period": 2, "forecast": "8300000"},
        ROW | {"period": 16},
        ROW | {"year": "2021/22"},
        ROW | {"year": "2018/20"},
        ROW | {"period": 7, "name": "Secure units"},
        ROW | {"period": 8, "forecast": "8,200"},
        ROW | {"period": 9, "actual": ""},
        ROW | {"period": 10, "committed": "-1"},
        ROW | {"period": 11, "words": "x" * 1001},
        ROW | {"code": "", "period": 12},
    )

    said = {row: (column, message) for row, column, message in found}
    expected = {
        2: ("actual", "has letters in it"),
        3: ("forecast", "counts millions, and its column counts pounds"),
        4: ("actual", "“(5,000)” may be below nil, or a credit. Write -5000.00 or 5000.00."),
        5: ("actual", "“5,000-” may be below nil"),
        6: ("code", "“external_foster” is no line of"),
        7: ("code", "adds up other lines"),
        8: ("code", "of May 2018 stands already in row 2"),
        9: ("period", "“16” is no period"),
        10: ("year", "2021/22 lies outside this book, which runs from 2018/19 to 2019/20"),
        11: ("year", "“2018/20” is no financial year"),
        12: ("name", "not “Secure units”"),
        13: ("forecast", "£8,200 may count thousands"),
        14: ("actual", "Give what was spent by then"),
        15: ("committed", "nil or more"),
        16: ("words", "1,001 characters"),
        17: ("code", "The line’s code is missing"),
    }
    assert {row: column for row, (column, _) in said.items()} == {
        row: one[0] for row, one in expected.items()
    }
    assert [row for row, (_, words) in expected.items() if words not in said[row][1]] == []
    assert len(found) == len(expected)
    assert not LineDraft.objects.exists()
    assert not Entry.objects.exists()


def test_the_page_counts_each_row_once(hand_in):
    upload = hand_in(csv_of(ROW, OTHER | {"actual": "many"}, {"code": HOMES, "year": "2018/19", "period": 4}))

    assert upload.state == Upload.State.FAULTY
    shown = hand_in.shown(upload)
    assert "Of 3 rows, 1 with problems, 1 new, 1 left out, empty or a total." in shown
    assert "Row 3 actual “many” is no amount" in shown


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("actual (£’000)", "seems to count thousands or millions"),
        ("forecast £m", "seems to count thousands or millions"),
        ("colour", "Unknown column"),
    ],
)
def test_a_column_of_another_unit_is_never_read(hand_in, header, words):
    (problem,) = hand_in.problems(ROW | {header: "1"})

    assert problem[:2] == (1, header)
    assert words in problem[2]


def test_columns_that_tell_rows_apart_may_not_lack_or_stand_twice(hand_in):
    (lacks,) = hand_in.problems({name: ROW[name] for name in ("code", "year", "actual", "forecast")})
    twice = hand_in(b"code,year,period,spent,actual\nexternal_foster_care,2018/19,2,1,1\n").problems

    assert lacks[1:] == ("period", "This column is missing: it tells the rows apart.")
    assert [problem[1] for problem in twice] == ["actual"]
    assert hand_in.problems({"code": FOSTER, "year": 2018, "period": 1})[0][1] == "header"


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ({"code": "Total", "actual": "2,800,000", "forecast": "16,400,000.01"}, "£0.01 apart"),
        (
            {"code": "", "name": "Total of May", "year": "2018/19", "period": 2, "actual": "1"},
            "£2,799,999 apart",
        ),
    ],
)
def test_a_total_that_does_not_add_up_is_named(hand_in, total, words):
    (problem,) = hand_in.problems(ROW, OTHER, total)

    assert problem[0] == 4
    assert words in problem[2]


def test_a_total_that_adds_up_is_left_out(hand_in):
    march = ROW | {"period": 12, "actual": "8000000"}
    totals = [
        {"code": "Total", "actual": "2800000", "forecast": "16400000"},
        {"name": "Total of May", "year": "2018", "period": 2, "actual": "£2,800,000.00"},
        {"code": "grand total", "actual": "8000000"},
    ]
    upload = hand_in(csv_of(ROW, OTHER, totals[0], march, totals[1], totals[2]))

    assert upload.problems == []
    assert [change["kind"] for change in upload.changes] == [
        "new",
        "new",
        "left_out",
        "new",
        "left_out",
        "left_out",
    ]


@pytest.mark.parametrize(("total", "faults"), [("1600000", 0), ("1200000", 0), ("1400000", 1)])
def test_income_may_be_added_or_taken_off(hand_in, total, faults):
    Book.objects.get(code="trust").lines.filter(code=HOMES).update(side="income")

    found = hand_in.problems(ROW, OTHER | {"actual": "200000"}, {"code": "Total", "actual": total})

    assert len(found) == faults
    if found:
        assert "expenditure of £1,400,000 less income of £200,000: £200,000 apart" in found[0][2]


def test_a_closed_month_is_changed_with_a_reason_alone(entered, hand_in, client_officer):
    entry = entered(2, FOSTER, 140_000_000, 820_000_000)
    officer, book = participant_for(client_officer, "sandwell"), Book.objects.get(code="trust")
    act_on(by=officer, book=book, act="accept", seen=[entry], today=clock.today())
    close_period(
        by=officer, book=book, period=Period(ContractYear(2018), 2), today=clock.today(), incomplete=True
    )
    changed = ROW | {"actual": "1500000"}

    (problem,) = hand_in.problems(changed)

    assert problem == (2, "reason", "The period is closed. Say why it is revised.")
    assert hand_in(csv_of(ROW)).problems == []
    upload = hand_in(csv_of(changed | {"reason": "An invoice came late"}))
    assert "1 draft saved." in hand_in.save(upload)
    assert LineDraft.objects.get().typed["reason"] == "An invoice came late"


@pytest.mark.parametrize(
    "text", ["(1,234)", "£(5)", "5-", "5\N{MINUS SIGN}", "5-'", "1.2k", "1,5", "tbc", "-(5)", "1.234"]
)
def test_what_could_be_two_amounts_is_none(text):
    with pytest.raises(NotAnAmount):
        pence_given(text)


@pytest.mark.parametrize(
    ("text", "pence"),
    [("1234", 123400), ("-£1,234.50", -123450), ("\N{MINUS SIGN}5", -500), ("0", 0), ("1234.5", 123450)],
)
def test_pounds_are_read_whole_or_with_pence(text, pence):
    assert pence_given(text) == pence
