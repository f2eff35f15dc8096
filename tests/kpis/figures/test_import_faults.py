"""What is wrong with a file's figures is told by row and column, all at once, and nothing is written."""

from decimal import Decimal

import pytest

from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure
from parties.models import Contract
from tests.shell import everything_kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("years_later")]


def test_ten_faults_are_told_at_once_and_nothing_is_written(enter):
    before = everything_kept()

    answer = enter(
        "PI99,2019-03,1,2,,Counted,\n"
        "PI1,2019-13,1,2,,Counted,\n"
        'PI1,2019-03,"1,23",2000,,,\n'
        "PI1,2019-02,75%,80,,,\n"
        "PI1,2019-01,-3,80,,,\n"
        "PI1,2018-12,9,8,,Counted,\n"
        "PI1,2018-11,9,0,,Counted,\n"
        "PI1,2018-10,,,,,\n"
        "PI1,2018-09,9,10,,,guessed\n"
        "PI1,2018-08,9,10,91,,\n"
        "PI4,2019-03,9,10,,This row is right,\n"
    )

    assert answer.code == 1
    assert answer.out == ""
    assert answer.errors == [
        "march.csv, row 2, indicator: “PI99” is not an indicator of this contract.",
        "march.csv, row 3, month: “2019-13” is not a month. There is no month 13: months run from 1 to 12.",
        "march.csv, row 4, numerator: “1,23” has a comma where no thousands end."
        " Write decimals with a point, as 75.4, and thousands as 1,045 or 1045.",
        "march.csv, row 5, numerator: “75%” has a percent sign, and what is asked for here is no percentage."
        " Write the number alone.",
        "march.csv, row 6, numerator: “-3” is below zero, which no figure here can be.",
        "march.csv, row 7, numerator: The numerator is larger than the denominator: more than 100%.",
        "march.csv, row 8, denominator: The denominator is 0 but the numerator is not.",
        "march.csv, row 9, value: There is no figure. Leave the row out if it can't be reported.",
        "march.csv, row 10, provenance: “guessed” is not one of published, derived, returned, illustrative.",
        "march.csv, row 11, value: 9 of 10 gives 90.0%, not 91%.",
        "10 problems in march.csv; nothing was imported.",
    ]
    assert everything_kept() == before


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",2019-03,1,2,,,", "indicator", "The code is missing."),
        ("PI1,,1,2,,,", "month", "The month is missing. Write it as 2019-03."),
        ("PI1,19-Mar,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,43525,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,2019.3,1,2,,,", "month", "Write the year and the month like 2019-03."),
        ("PI1,9999-12,1,2,,Counted,", "month", "“9999-12” is out of reach: months are taken from January 1900"),
        ("PI1,0001-01,1,2,,Counted,", "month", "“0001-01” is out of reach: months are taken from January 1900"),
        ("PI1,2199-12,1,2,,Counted,", "month", "December 2199 is not over yet, so it has no figure."),
        ("PI1,2018-03,1,2,,Counted,", "month", "March 2018 is before the contract began in April 2018."),
        ("PI1,2019-03,NA,2,,,", "numerator", "stands for “not applicable”, not a number. Leave it empty, or"),
        ("PI1,2019-03,NaN,2,,,", "numerator", "not a number. Leave it empty"),
        ("PI1,2019-03,−1,2,,,", "numerator", "is below zero"),
        ("PI1,2019-03,(1),2,,,", "numerator", "is below zero"),
        ("PI1,2019-03,about 5,20,,,", "numerator", "is not a plain number like 75 or 75.4."),
        ("PI1,2019-03,1e1,20,,,", "numerator", "is not a plain number"),
        ("PI1,2019-03,١٢,20,,Counted,", "numerator", "is not a plain number"),
        ("PI1,2019-03,inf,20,,,", "numerator", "is a word or a sign, not a number"),
        ("PI1,2019-03,,,65.00001,,", "value", "has more than four decimals. Give numerator and denominator instead."),
        ("PI5,2019-03,,,10000000,,", "value", "“10000000” is larger than 9,999,999.9999."),
        ("PI5,2019-03,,,2.5,,", "value", "PI5 is a count, and counts are whole numbers."),
        ("PI2,2019-03,800,0.0001,,,", "numerator", "gives a value of 80,000,000,000; the largest is 9,999,999.9999."),
        ("PI2,2019-03,1000,1,,Counted,", "numerator", "gives a value of 10,000,000; the largest is 9,999,999.9999."),
        ("PI14,2019-03,9999999,0.5,,,", "numerator", "gives a value of 19,999,998; the largest is 9,999,999.9999."),
        ("PI1,2020-04,1,2,,,", "month", "April 2020 is after March 2020, the last month that the contract reports."),
        ("PI1,2013-03,1,2,,,published", "month", "March 2013 is before April 2013, the earliest month taken here."),
        ("PI1,2019-03,,,100.0001,,", "value", "A percentage can't be above 100."),
        ("PI1,2019-03,,20,,,", "numerator", "The numerator is missing beside its denominator."),
        ("PI1,2019-03,13,,,,", "denominator", "The denominator is missing beside its numerator."),
        ("PI1,2019-03,13,,65,,", "denominator", "The denominator is missing beside its numerator."),
        ("PI5,2019-03,14,1,,Counted,", "value", "PI5 is a count: give the value alone."),
        ("PI1,2019-03,13,20,,,,extra", "header", "H3 (“extra”) stands beside the table"),
        (f"PI1,2019-03,13,20,,{'x' * 5001},", "commentary", "has 5,001 characters; 5,000 are the most."),
        ("PI1,2019-03,13,20,,bell \a,", "commentary", "has control characters."),
    ],
)  # fmt: skip
def test_a_fault_names_its_row_and_column(enter, row, column, words):
    answer = enter(f"PI4,2019-03,9,10,,Counted,\n{row}\n")

    assert answer.code == 1
    assert len(answer.errors) == 2, answer.err
    assert answer.errors[0].startswith(f"march.csv, row 3, {column}: ")
    assert words in answer.errors[0]
    assert answer.errors[1] == "1 problem in march.csv; nothing was imported."
    assert not Figure.objects.exists()


def test_the_same_month_twice_names_the_first_row(enter):
    answer = enter("PI1,2019-03,13,20,,Counted,\n\npi1,2019-03,14,20,,,\n")

    assert answer.errors[0] == "march.csv, row 4, month: PI1 2019-03 stands already in row 2."


def test_the_same_month_twice_is_told_beside_another_fault(enter):
    answer = enter("PI1,2019-03,13,20,,Counted,\nPI1,2019-03,about 5,20,,,\n")

    assert answer.errors[:2] == [
        "march.csv, row 3, month: PI1 2019-03 stands already in row 2.",
        "march.csv, row 3, numerator: “about 5” is not a plain number like 75 or 75.4."
        " Write the number alone; the rest belongs into the commentary.",
    ]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("PI1,2055-01,30,20,,bell \a,guessed", ["provenance", "month", "numerator", "commentary"]),
        ("XX1,2019-13,about 5,0,,,", ["indicator", "month", "numerator"]),
        ("XX1,2055-01,5,0,250,,", ["indicator", "month", "denominator"]),
        ("PI1,2055-01,about 5,,250,,", ["month", "numerator", "value", "denominator"]),
    ],
)
def test_all_faults_of_a_row_are_told_at_once(enter, row, columns):
    answer = enter(f"{row}\n")

    told = [line.partition("row 2, ")[2].partition(":")[0] for line in answer.errors[:-1]]
    assert sorted(told) == sorted(columns)
    assert not Figure.objects.exists()


def test_at_the_edges_a_figure_is_right(enter):
    answer = enter(
        "PI1,2018-04,0,20,,Counted,\n"
        "PI4,2018-04,20,20,,Counted,\n"
        "PI5,2018-04,,,0,Counted,\n"
        "PI5,2018-05,,,9999999,Counted,\n"
        "PI14,2018-05,,,9999999.9999,Counted,\n"
        "PI14,2018-06,9999999.9999,1,,Counted,\n"
        "PI2,2018-06,999.9999,1,,Counted,\n"
        "PI10,2013-04,,,73.8,,published\n"
        "PI1,2020-03,13,20,,Counted,\n"
        "PI4,2018-05,0,0,,Counted,\n"
        "PI4,2018-06,,,100.0000,Counted,\n"
        "PI10,2018-03,,,73.8,,published\n"
        f"PI4,2018-07,1,2,,{'x' * 5000},\n",
        accept_warnings="Numbers at their edges",
    )

    assert (answer.code, answer.err) == (0, "")
    assert Figure.objects.count() == 13


def test_a_contract_reports_no_month_after_its_end(enter, defined):
    Contract.objects.filter(pk=defined.pk).update(reporting_until=None, years=2, break_after_years=1)

    answer = enter("PI1,2020-03,13,20,,Counted,\nPI1,2020-04,13,20,,Counted,\n")

    assert answer.errors[0] == (
        "march.csv, row 3, month: April 2020 is after March 2020, the last month that the contract reports."
    )


def test_the_largest_values_can_be_read_again(enter, settings, django_capture_on_commit_callbacks):
    settings.CELERY_ON = False
    with django_capture_on_commit_callbacks(execute=True):
        enter("PI14,2019-03,9999999.9999,1,,Counted,\nPI2,2019-03,999.9999,1,,Counted,\n")

    rows = IndicatorStatus.objects.filter(month="2019-03-01", value__isnull=False)
    assert dict(rows.values_list("indicator__code", "value")) == {
        "PI2": Decimal(9999999),
        "PI14": Decimal("9999999.9999"),
    }


def test_a_row_tells_all_its_faults_at_once(enter):
    answer = enter(
        "PI1,2031-01,25,20,,,guessed\nPI1,March,13,,,,\nPI1,2019-03,,,,a\x07b,\nPI2,2031-01,12%,,,,\n"
    )

    assert [error.partition(": ")[0] for error in answer.errors[:-1]] == [
        "march.csv, row 2, provenance",
        "march.csv, row 2, month",
        "march.csv, row 2, numerator",
        "march.csv, row 3, month",
        "march.csv, row 3, denominator",
        "march.csv, row 4, commentary",
        "march.csv, row 4, value",
        "march.csv, row 5, numerator",
        "march.csv, row 5, month",
        "march.csv, row 5, denominator",
    ]
