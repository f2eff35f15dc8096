from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.money import LARGEST, Unit
from budgets.rules.written_money import (
    Ambiguous,
    HasLetters,
    MixedUnits,
    NoNumber,
    NotAnAmount,
    PartOfAPenny,
    TooLarge,
    TwoSigns,
    pence_written,
)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£1,234.50", 123_450),
        ("1234.5", 123_450),
        ("(1,234)", -123_400),
        ("( £1,234 )", -123_400),
        ("£(1,234)", -123_400),
        ("1,234-", -123_400),
        ("£1,234 -", -123_400),
        ("-£1,234", -123_400),
        ("£-1,234", -123_400),
        ("−1,234", -123_400),
        ("+1,234", 123_400),
        ("1.234m", 123_400_000),
        ("£58.33m", 5_833_000_000),
        ("£58.33 Million", 5_833_000_000),
        ("(£1.579m)", -157_900_000),
        ("£(1.579)m", -157_900_000),
        ("£500k", 50_000_000),
        ("500 thousand", 50_000_000),
        ("1\u00a0234", 123_400),
        ("'1,234", 123_400),
        (" \ufeff7 ", 700),
        ("0", 0),
        ("-0", 0),
        ("0.500", 50),
        (f"{5:040}", 500),
        ("9,999,999,999,999.99", LARGEST),
    ],
)
def test_money_is_read_as_people_write_it(text, pence):
    assert pence_written(text) == pence


@pytest.mark.parametrize(
    ("text", "column", "pence"),
    [
        ("6,516", Unit.THOUSANDS, 651_600_000),
        ("(6,516)", Unit.THOUSANDS, -651_600_000),
        ("1.234", Unit.THOUSANDS, 123_400),
        ("1.23456", Unit.THOUSANDS, 123_456),
        ("1234.50", Unit.THOUSANDS, 123_450_000),
        ("500k", Unit.THOUSANDS, 50_000_000),
        ("£500k", Unit.THOUSANDS, 50_000_000),
        ("35.2", Unit.MILLIONS, 3_520_000_000),
        ("£35.2m", Unit.MILLIONS, 3_520_000_000),
        ("£9,143,900", Unit.POUNDS, 914_390_000),
    ],
)
def test_a_column_gives_the_unit(text, column, pence):
    assert pence_written(text, column) == pence


@pytest.mark.parametrize(
    ("text", "column", "kind"),
    [
        ("", None, NoNumber),
        ("nil", None, NoNumber),
        ("-", None, NoNumber),
        ("£", None, NoNumber),
        ("#DIV/0!", None, NoNumber),
        ("1O0", None, HasLetters),
        ("12a", None, HasLetters),
        ("1e5", None, HasLetters),
        ("1,234 CR", None, HasLetters),
        ("1.2bn", None, HasLetters),
        ("5p", None, HasLetters),
        ("1.2m", Unit.THOUSANDS, MixedUnits),
        ("1.2m", Unit.POUNDS, MixedUnits),
        ("500k", Unit.MILLIONS, MixedUnits),
        ("£6,516", Unit.THOUSANDS, MixedUnits),
        ("£58.33", Unit.MILLIONS, MixedUnits),
        ("1.234", None, Ambiguous),
        ("1.000", Unit.POUNDS, Ambiguous),
        ("1,5", None, Ambiguous),
        ("1.234.567", None, Ambiguous),
        ("1 234", None, Ambiguous),
        ("1,23,456", Unit.THOUSANDS, Ambiguous),
        (".5", None, Ambiguous),
        ("-(1,234)", None, TwoSigns),
        ("(1,234)-", None, TwoSigns),
        ("-1,234-", None, TwoSigns),
        ("--5", None, TwoSigns),
        ("(-5)", None, TwoSigns),
        ("1.2345", None, PartOfAPenny),
        ("0.125", None, PartOfAPenny),
        ("1.234567", Unit.THOUSANDS, PartOfAPenny),
        ("1.123456789", Unit.MILLIONS, PartOfAPenny),
        ("10,000,000,000,000", None, TooLarge),
        ("100,000,000", Unit.MILLIONS, TooLarge),
        ("12/03/2019", None, NotAnAmount),
        ("50%", None, NotAnAmount),
        ("(1,234", None, NotAnAmount),
        ("½", None, NotAnAmount),
        ("9" * 41, None, NotAnAmount),
        ("1" + " " * 100_000 + "!", None, NotAnAmount),
    ],
)
def test_what_is_no_amount_is_refused_by_its_name(text, column, kind):
    with pytest.raises(NotAnAmount) as refused:
        pence_written(text, column)

    assert type(refused.value) is kind


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("12a", None, "“12a” has letters in it."),
        ("1.2m", Unit.THOUSANDS, "“1.2m” counts millions, and its column counts thousands."),
        ("£6,516", Unit.THOUSANDS, "“£6,516” may be pounds, and its column counts thousands."),
        ("", None, "There is no amount here."),
        ("nil", None, "Where it is zero, write 0"),
    ],
)
def test_a_refusal_names_the_text_and_what_helps(text, column, said):
    with pytest.raises(NotAnAmount) as refused:
        pence_written(text, column)

    assert said in str(refused.value)


def written_by_hand(pounds, pence, sign):
    """The ways in which one amount is written, and what it is."""
    before, after = sign
    return f"{before}{pounds:,}.{pence:02}{after}", (
        -1 if before in ("(", "-", "£-", "£(") or after == "-" else 1
    )


@given(
    pounds=st.integers(0, 10**12),
    pence=st.integers(0, 99),
    sign=st.sampled_from(
        [("", ""), ("£", ""), ("(", ")"), ("£(", ")"), ("-", ""), ("£-", ""), ("", "-"), ("+", "")]
    ),
)
def test_every_way_of_writing_one_amount_reads_the_same(pounds, pence, sign):
    text, turn = written_by_hand(pounds, pence, sign)

    assert pence_written(text) == turn * (pounds * 100 + pence)


@given(
    text=st.text(alphabet="0123456789.,-+()£km \u00a0−a%/", max_size=12),
    column=st.sampled_from([None, *Unit]),
)
def test_any_text_is_an_amount_or_refused(text, column):
    pence: int | None = None
    with suppress(NotAnAmount):
        pence = pence_written(text, column)

    assert pence is None or (abs(pence) <= LARGEST and any(sign.isdigit() for sign in text))
