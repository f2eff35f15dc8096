"""What a row's cells are taken for, whichever door they come through: words, signs, numbers, months, notes."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.definitions.models import Indicator
from kpis.figures.checking import Scope, check_rows, scope_of
from uploads.tables.table import Row

pytestmark = pytest.mark.django_db

TODAY = date(2020, 4, 20)
COLUMNS = ("indicator", "month", "numerator", "denominator", "value", "commentary", "provenance")


@pytest.fixture
def scope(defined) -> Scope:
    indicators = {one.code: one for one in Indicator.objects.filter(contract=defined)}
    return scope_of(defined, indicators, TODAY)


@pytest.fixture
def judged(scope):
    """The entries and the problems of rows of cells, as they stand under the usual header."""

    def judged(*lines: str):
        cells = [dict(zip(COLUMNS, line.split("|"), strict=False)) for line in lines]
        return check_rows([Row(number, row) for number, row in enumerate(cells, start=2)], scope)

    return judged


@pytest.mark.parametrize(
    "sign",
    [
        "c", "z", "x", "k", "low", "u", ":", "..", "…", "–", "—", "-", "--", "---", "*", "<5", "< 5", ">95%", "(c)",
        "[c]", "[x]", "[z]", "(blank)", "(n/a)", "n/a", "N/A", "NIL", "nil", "tbc", "null", "none", "not available",
        "suppressed", "#N/A", "#DIV/0!", "#REF!", "#VALUE!", "DNA", "~", "?", "TRUE", "fewer than 5",
    ],
)  # fmt: skip
@pytest.mark.parametrize("row", ["PI1|2019-03|||{}", "PI1|2019-03|{}|20|", "PI5|2019-03|||{}"])
def test_what_stands_for_no_number_is_told_with_what_to_do(judged, sign, row):
    entries, [problem] = judged(row.format(sign))

    assert entries == []
    assert f"“{sign}” " in problem.message
    assert "not a number" in problem.message
    assert "Leave it empty, or state on the return’s page why it can’t be reported." in problem.message
    assert "below zero" not in problem.message


@pytest.mark.parametrize("number", ["-3", "−3", "–3", "(3)", "- 3", "-75.4", "(75.4)", "-3%"])
def test_what_is_below_zero_is_said_to_be(judged, number):
    _, [problem] = judged(f"PI1|2019-03|||{number}")

    assert problem.message == f"“{number}” is below zero, which no figure here can be."


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        ("1,045", "PI5", "1045"),
        ("1\u00a0045", "PI5", "1045"),
        ("1\u202f045", "PI5", "1045"),
        ("1,045.5", "PI14", "1045.5"),
        ("1,234,567", "PI5", "1234567"),
        ("75%", "PI1", "75"),
        ("75.4 %", "PI1", "75.4"),
        ("75.4\u00a0%", "PI1", "75.4"),
        ("'75.4", "PI1", "75.4"),
        ("’75.4", "PI1", "75.4"),
        ("75.4'", "PI1", "75.4"),
        ("\u200b80", "PI1", "80"),
        ("\u202a80\u202c", "PI1", "80"),
        ("007", "PI5", "7"),
    ],
)
def test_a_number_is_read_as_the_page_prints_it(judged, written, code, value):
    [entry], problems = judged(f"{code}|2019-03|||{written}")

    assert problems == []
    assert entry.value == Decimal(value)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("PI1|2019-03|||1,04", "value", "has a comma where no thousands end"),
        ("PI1|2019-03|||10,45", "value", "has a comma where no thousands end"),
        ("PI1|2019-03|||0,754", "value", "has a comma where no thousands end"),
        ("PI1|2019-03|||1.045,5", "value", "has a comma where no thousands end"),
        ("PI5|2019-03|||12%", "value", "has a percent sign"),
        ("PI14|2019-03|||12%", "value", "has a percent sign"),
        ("PI1|2019-03|75%|80|", "numerator", "has a percent sign"),
        ("PI1|2019-03|||75.4p", "value", "Write the number alone"),
        ("PI1|2019-03|||75.4 (est)", "value", "Write the number alone"),
        ("PI1|2019-03|||5+", "value", "Write the number alone"),
        ("PI1|2019-03|||1e2", "value", "Write it in full"),
        ("PI1|2019-03|||75·4", "value", "its point is raised"),
        ("PI1|2019-03|||٧٥", "value", "the digits 0 to 9"),
        ("PI1|2019-03|||７５", "value", "the digits 0 to 9"),
        ("PI1|2019-03|||½", "value", "the digits 0 to 9"),
        ("PI1|2019-03|||500/600", "value", "it is more than one, or a date"),
        ("PI1|2019-03|||500 600", "value", "it is more than one, or a date"),
        ("PI1|2019-03|||75.", "value", "digits stand on one side of its point alone"),
    ],
)
def test_what_could_be_two_things_is_never_guessed(judged, row, column, words):
    _, problems = judged(row)

    assert [problem.column for problem in problems] == [column]
    assert words in problems[0].message


@pytest.mark.parametrize("value", ["83.3", "83", "83.3333333333333", "83.33333333333333333333", "83.3%"])
def test_a_value_beside_its_counts_is_a_witness_and_not_kept(judged, value):
    [entry], problems = judged(f"PI1|2020-03|500|600|{value}")

    assert problems == []
    assert (entry.numerator, entry.denominator, entry.value) == (Decimal(500), Decimal(600), None)
    assert entry.witness == Decimal(value.strip("%"))


def test_a_word_beside_counts_is_told_once(judged):
    _, problems = judged("PI1|2020-03|500|600|z")

    assert [problem.column for problem in problems] == ["value"]


@pytest.mark.parametrize(
    ("row", "code", "month"),
    [
        ("PI\u200b1|2020-03|500|600|", "PI1", 3),
        ("PI3|2020-03\u200b|80|100|", "PI3", 3),
        ("\ufeffPI4|Feb-20|80|100\u200e|", "PI4", 2),
        ("PI9|29/02/2020|80|100||\u200b\u00a0|\u200ereturned", "PI9", 2),
    ],
)
def test_signs_that_show_nothing_make_no_difference(judged, row, code, month):
    [entry], problems = judged(row)

    assert problems == []
    assert (entry.indicator.code, entry.month.month, entry.commentary) == (code, month, "")


def test_signs_inside_a_commentary_stay(judged):
    family = "\U0001f468\u200d\U0001f469"
    [entry], _ = judged(f"PI1|2020-03|13|20||\u200b{family} moved – children’s team, £5 \u200e")

    assert entry.commentary == f"{family} moved – children’s team, £5"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Source: the case system", "indicator"),
        ("|Total", "month"),
        ("|||||Recounted in May", "commentary"),
        ("Total||||", "indicator"),
        ("Source: returns|provisional", "indicator"),
        ("||||n/a|", "value"),
    ],
)
def test_a_row_that_holds_a_note_is_one_problem(judged, row, column):
    entries, [problem] = judged("PI4|2020-03|80|100|", row)

    assert len(entries) == 1
    assert (problem.row, problem.column) == (3, column)
    assert "This row holds only a note" in problem.message


def test_the_same_month_written_in_two_ways_stands_twice(judged):
    _, [problem] = judged("PI4|2020-03|80|100|", "pi4|Mar-20|81|100|")

    assert problem.message == "PI4 2020-03 stands already in row 2."


@pytest.mark.parametrize("month", ["2020-03", "Mar-20", "01/03/2020", "20-Mar", "43891", ""])
def test_a_row_of_the_template_that_nobody_filled_is_no_problem(scope, month):
    given = {"indicator": "PI1", "name": "Assessments", "month": month, "unit": "Percent", "numerator": ""}
    filled = given | {"month": "2020-03", "numerator": "13", "denominator": "20"}

    entries, problems = check_rows([Row(2, given), Row(3, filled)], scope)

    assert problems == []
    assert len(entries) == 1


def test_what_the_reader_could_not_read_is_said_once_and_not_complained_about(scope):
    cells = {
        "indicator": "PI1",
        "month": "",
        "numerator": "",
        "denominator": "20",
        "value": "",
        "last_month": "",
    }
    unread = {
        "month": "This cell is merged.",
        "numerator": "The formula was never worked out.",
        "last_month": "The formula was never worked out.",
    }

    _, problems = check_rows([Row(2, cells, {}, unread)], scope)

    assert [(problem.column, problem.message) for problem in problems] == [
        ("month", "This cell is merged."),
        ("numerator", "The formula was never worked out."),
    ]


def test_an_unread_number_is_no_empty_row_of_the_template(scope):
    cells = {"indicator": "PI1", "name": "Assessments", "month": "2020-03", "value": ""}

    _, problems = check_rows([Row(2, cells, {}, {"value": "Merged."})], scope)

    assert [problem.message for problem in problems] == ["Merged."]
