from datetime import date

import pytest

from core.values.months import EARLIEST, LATEST, ContractYear, Month, Quarter, taken
from core.values.working_days import working_day

MARCH = Month(2019, 3)


def test_month_is_read_and_written():
    assert Month.parse("2019-03") == MARCH
    assert str(MARCH) == "2019-03"
    assert MARCH.label == "March 2019"
    assert MARCH.short == "Mar 2019"
    assert MARCH.name == "March"


@pytest.mark.parametrize(
    "text", ["2019-3", "March 2019", "2019-03-01", " 2019-03", "2019-03\n", "", "２０１９-03"]
)
def test_other_texts_are_no_months(text):
    with pytest.raises(ValueError, match=r"is not a month\. Write the year and the month like 2019-03"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019-13", "“2019-13” is not a month. There is no month 13: months run from 1 to 12."),
        ("2019-00", "There is no month 0"),
        ("0000-01", "There is no year 0: years run from 1 to 9999"),
    ],
)
def test_months_that_do_not_exist_are_refused(text, words):
    with pytest.raises(ValueError, match=words):
        Month.parse(text)


@pytest.mark.parametrize("text", ["0001-01", "1899-12", "2200-01", "9999-12"])
def test_months_out_of_reach_are_refused(text):
    with pytest.raises(
        ValueError, match="is out of reach: months are taken from January 1900 to December 2199"
    ):
        Month.parse(text)


def test_counting_on_from_the_ends_of_what_is_taken_finds_months_and_days():
    first, last = Month.parse("1900-01"), Month.parse("2199-12")

    assert (first, last) == (EARLIEST, LATEST)
    assert (first.previous(24).first_day, last.next(24).last_day) == (date(1898, 1, 1), date(2201, 12, 31))
    assert working_day(last.next(), 10).year == 2200
    assert taken(first.first_day) and taken(last.last_day)
    assert not taken(date(1899, 12, 31)) and not taken(date(2200, 1, 1))


def test_month_knows_its_days():
    assert Month.of(date(2020, 2, 29)) == Month(2020, 2)
    assert Month(2020, 2).first_day == date(2020, 2, 1)
    assert Month(2020, 2).last_day == date(2020, 2, 29)
    assert Month(2019, 2).last_day == date(2019, 2, 28)
    assert Month(2019, 12).last_day == date(2019, 12, 31)


def test_months_follow_each_other_across_the_year():
    assert Month(2018, 12).next() == Month(2019, 1)
    assert Month(2019, 1).previous() == Month(2018, 12)
    assert MARCH.previous(24) == Month(2017, 3)
    assert MARCH.next(10) == Month(2020, 1)
    assert MARCH.ordinal - Month(2018, 12).ordinal == 3
    assert Month.from_ordinal(MARCH.ordinal) == MARCH
    assert sorted([MARCH, Month(2018, 12)]) == [Month(2018, 12), MARCH]


def test_range_of_months_holds_both_ends():
    assert Month.range(Month(2018, 12), Month(2019, 2)) == [Month(2018, 12), Month(2019, 1), Month(2019, 2)]
    assert Month.range(MARCH, MARCH) == [MARCH]
    assert Month.range(MARCH, Month(2019, 2)) == []


def test_month_can_not_be_changed():
    with pytest.raises(AttributeError):
        MARCH.year = 2020


def test_contract_year_runs_from_april_to_march():
    year = MARCH.contract_year

    assert year == Month(2018, 4).contract_year == ContractYear(2018)
    assert Month(2019, 4).contract_year == year.next() == ContractYear(2019)
    assert year.previous() == ContractYear(2017)
    assert (year.first, year.last) == (Month(2018, 4), MARCH)
    assert len(year.months) == 12
    assert year.halves == (
        Month.range(Month(2018, 4), Month(2018, 9)),
        Month.range(Month(2018, 10), MARCH),
    )


def test_contract_year_is_read_and_written():
    assert str(ContractYear(2018)) == ContractYear(2018).label == "2018/19"
    assert ContractYear(1999).label == "1999/00"
    assert ContractYear.parse("1999/00") == ContractYear(1999)


@pytest.mark.parametrize("text", ["2018/20", "2018-19", "2018", "2018/2019"])
def test_other_texts_are_no_contract_years(text):
    with pytest.raises(ValueError, match=r"is not a contract year\. Write both years like 2018/19"):
        ContractYear.parse(text)


def test_quarters_of_a_contract_year():
    quarters = ContractYear(2018).quarters

    assert [quarter.first for quarter in quarters] == [
        Month(2018, 4),
        Month(2018, 7),
        Month(2018, 10),
        Month(2019, 1),
    ]
    assert quarters[3].months == [Month(2019, 1), Month(2019, 2), MARCH]
    assert quarters[3].last == MARCH
    assert [month.quarter.number for month in ContractYear(2018).months] == [
        1,
        1,
        1,
        2,
        2,
        2,
        3,
        3,
        3,
        4,
        4,
        4,
    ]
    assert quarters[0].label == "quarter 1 of 2018/19"
    assert str(quarters[0]) == "2018/19 Q1"
    assert quarters[3] < ContractYear(2019).quarters[0]


@pytest.mark.parametrize("number", [0, 5])
def test_a_year_has_four_quarters(number):
    with pytest.raises(ValueError, match=f"There is no quarter {number}"):
        Quarter(ContractYear(2018), number)
