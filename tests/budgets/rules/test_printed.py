"""What a printed amount stands for, and which are refused rather than guessed."""

from __future__ import annotations

import pytest

from budgets.rules.printed import Printed, Unit, read_printed


@pytest.mark.parametrize(
    ("text", "unit", "hundredths", "step"),
    [
        ("6,516", Unit.THOUSANDS, 651_600_000, 100_000),
        ("0", Unit.THOUSANDS, 0, 100_000),
        ("9,143,900", Unit.POUNDS, 914_390_000, 100),
        ("-1,643,359", Unit.POUNDS, -164_335_900, 100),
        ("£612,051", Unit.POUNDS, 61_205_100, 100),
        ("£612,051.07", Unit.POUNDS, 61_205_107, 1),
        ("£500k", Unit.THOUSANDS, 50_000_000, 100_000),
        ("£5.898m", Unit.MILLIONS, 589_800_000, 100_000),
        ("£58.23m", Unit.MILLIONS, 5_823_000_000, 1_000_000),
        ("£1.4m", Unit.MILLIONS, 140_000_000, 10_000_000),
        ("£5 million", Unit.MILLIONS, 500_000_000, 100_000_000),
        ("35.2", Unit.MILLIONS, 3_520_000_000, 10_000_000),
        ("492", Unit.HEADCOUNT, 49_200, 100),
        ("438.4", Unit.FTE, 43_840, 10),
    ],
)
def test_printed_amount(text, unit, hundredths, step):
    assert read_printed(text, unit) == Printed(hundredths, step)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("", Unit.POUNDS, "is not an amount as documents print them"),
        ("c720", Unit.HEADCOUNT, "is not an amount as documents print them"),
        ("1,23", Unit.POUNDS, "is not an amount as documents print them"),
        ("(1,643)", Unit.POUNDS, "is not an amount as documents print them"),
        ("1,643-", Unit.POUNDS, "is not an amount as documents print them"),
        ("٣", Unit.POUNDS, "is not an amount as documents print them"),
        ("£5.898m", Unit.THOUSANDS, "is printed in £m, not in £'000"),
        ("£500k", Unit.POUNDS, "is printed in £'000, not in £"),
        ("£12", Unit.HEADCOUNT, "is money, and what stands here is counted in headcount"),
        ("1.005", Unit.POUNDS, "is finer than a hundredth of £"),
        ("1.123456789", Unit.MILLIONS, "is finer than a hundredth of £m"),
    ],
)
def test_what_is_refused(text, unit, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        read_printed(text, unit)
