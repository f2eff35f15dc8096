import pytest

from budgets.rules.periods import Period, periods_of
from core.values.months import ContractYear, Month

YEAR = ContractYear(2018)


@pytest.mark.parametrize(
    ("number", "month", "label"),
    [
        (1, Month(2018, 4), "April 2018"),
        (9, Month(2018, 12), "December 2018"),
        (12, Month(2019, 3), "March 2019"),
        (13, None, "period 13 of 2018/19"),
        (15, None, "period 15 of 2018/19"),
    ],
)
def test_a_period_has_its_month_or_adjusts_the_year(number, month, label):
    period = Period(YEAR, number)

    assert (period.month, period.label, period.adjusts) == (month, label, month is None)


def test_every_month_has_its_period():
    assert [Period.of(month) for month in YEAR.months] == periods_of(YEAR)[:12]
    assert periods_of(YEAR) == sorted(periods_of(YEAR))
    assert len(periods_of(YEAR)) == 15


def test_a_year_begins_with_nothing_before_it():
    assert Period(YEAR, 1).previous is None
    assert Period(YEAR, 2).previous == Period(YEAR, 1)
    assert Period(YEAR, 13).previous == Period(YEAR, 12)


@pytest.mark.parametrize("number", [0, 16])
def test_there_are_no_other_periods(number):
    with pytest.raises(ValueError, match="periods run from 1 to 15"):
        Period(YEAR, number)
