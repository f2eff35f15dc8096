"""Whether each number printed about the fifteen indicators comes out of the demonstration's figures.

All printed numbers below were copied by hand from the record of the Annual Review 2018/19, not read from the
definitions, so that a slip in either shows.
"""

from fractions import Fraction

import pytest

from .demonstration import CONTRACT, Q1, Q2, Q3, Q4, YEAR, as_printed, definitions, figures
from .readings import (
    Reading,
    Remark,
    audits_a_month,
    average,
    change,
    count,
    each_higher,
    highest,
    lowest,
    month,
    pooled,
    short_of,
    unsettled,
    vacancies,
    volume,
    widest,
)

ROWS = figures()
DEFINITIONS = definitions()
FIRST_HALF, SECOND_HALF = YEAR[:6], YEAR[6:]

# (reference of the printed statistic, how it is read from the months, what is printed)
COMES_OUT: list[tuple[str, Reading, str]] = [
    ("PI1-S01", average(YEAR), "75.4"),
    ("PI1-S01", pooled(YEAR), "75.4"),
    ("PI2-S01", month("2018-04"), "99.93"),
    ("PI2-S02", count("2018-04"), "798"),
    ("PI2-S03", month("2019-03"), "72"),
    ("PI2-S04", count("2019-03"), "584"),
    ("PI2-S08", count("2018-04"), "798"),
    ("PI2-S09", count("2019-03"), "584"),
    ("PI2-S10", count("2019-03"), "584"),
    ("PI2-S11", month("2019-03"), "72"),
    ("PI3-S01", volume(Q4), "306"),
    ("PI3-S02", volume(Q3), "209"),
    ("PI3-S03", volume(Q2), "161"),
    ("PI5-S01", average(YEAR), "14"),
    ("PI5-S02", average(Q4), "4.67"),
    ("PI6-S01", average(Q4), "74.7"),
    ("PI6-S02", average(YEAR), "78.2"),
    ("PI6-S03", short_of(80, YEAR), "1.8"),
    ("PI7-S01", change("2018-04", "2019-03"), "-8.6"),
    ("PI7-S02", average(YEAR), "92.4"),
    ("PI8-S01", month("2018-07"), "36"),
    ("PI8-S02", month("2018-12"), "44"),
    ("PI8-S03", average(YEAR), "65.8"),
    ("PI9-S01", average(YEAR), "65.1"),
    ("PI9-S02", short_of(70, YEAR), "4.9"),
    ("PI10-S02", month("2018-03"), "62.7"),
    ("PI10-S03", month("2019-03"), "73.2"),
    ("PI10-S04", average(YEAR), "68.3"),
    ("PI10-S05", average(SECOND_HALF), "75.3"),
    ("PI11-S01", average(YEAR), "89.5"),
    ("PI11-S03", change("2018-04", "2019-03"), "5.7"),
    ("PI12-S01", average(YEAR), "76.4"),
    ("PI12-S02", short_of(80, YEAR), "3.6"),
    ("PI13-S02", lambda series: Fraction(series["2019-03"].denominator), "220"),
    ("PI13-S03", count("2019-03"), "63.31"),
    ("PI13-S05", average(YEAR), "30.7"),
    ("PI13-S06", vacancies, "67.6"),
    ("PI14-S01", average(YEAR), "19.7"),
    ("PI14-S03", month("2018-06"), "20.94"),
    ("PI14-S04", month("2018-12"), "18.83"),
    ("PI15-S01", average(Q4), "68"),
    ("PI15-S02", average(YEAR), "60.2"),
    ("PI15-S03", month("2018-06"), "44.1"),
    ("PI15-S04", month("2019-02"), "71.8"),
    ("PI15-S05", average(YEAR), "60"),
    ("PI15-S06", average(Q4), "67.5"),
    ("PI15-S08", month("2019-03"), "67.4"),
    ("PI15-S09", lambda series: 12 * audits_a_month(series), "634"),
    ("PI15-S15", audits_a_month, "53"),
]

# (indicator, what is said of it, whether the months agree)
HOLDS: list[tuple[str, str, Remark]] = [
    ("PI1", "uneven in the first half", lambda s: unsettled(FIRST_HALF, s)),
    ("PI1", "rises each month from September", lambda s: each_higher(YEAR[5:], s)),
    ("PI2", "falls in the first half", lambda s: each_higher(FIRST_HALF[::-1], s)),
    ("PI2", "fell most in the first half", lambda s: widest(YEAR[:6], s) > 2 * widest(YEAR[6:], s)),
    ("PI2", "steadier since November", lambda s: widest(YEAR[7:], s) < 3),
    ("PI3", "lower in the summer", lambda s: average(Q2)(s) < min(average(Q1)(s), average(Q3)(s))),
    ("PI3", "lower towards the end", lambda s: average(Q4)(s) < average(Q3)(s) and each_higher(Q4[::-1], s)),
    ("PI4", "below 75 several times", lambda s: sum(s[name].value < 75 for name in YEAR) >= 2),
    ("PI4", "fairly stable", lambda s: widest(YEAR, s) <= 8),
    ("PI4", "a dip at the end", lambda s: average(Q4)(s) < average(YEAR[:9])(s) and lowest("2019-03")(s)),
    ("PI5", "a clear fall in the fourth quarter", lambda s: 2 * average(Q4)(s) < average(Q3)(s)),
    ("PI6", "improved, then dipped", lambda s: average(Q1)(s) < average(Q3)(s) > average(Q4)(s)),
    ("PI7", "ends just above the limit of 85", lambda s: 85 < s["2019-03"].value < 86),
    ("PI7", "starts just above 93.6", lambda s: Fraction("93.6") < s["2018-04"].value < 95),
    ("PI8", "lowest in July", lowest("2018-07")),
    ("PI8", "July and December are the two lows", lowest("2018-07", "2018-12")),
    ("PI8", "the average is above the target", lambda s: average(YEAR)(s) > 65),
    ("PI9", "highs in April and November", highest("2018-04", "2018-11")),
    ("PI9", "lows in September and March", lowest("2018-09", "2019-03")),
    ("PI10", "better in the second half", lambda s: average(FIRST_HALF)(s) < average(SECOND_HALF)(s)),
    ("PI10", "and held", lambda s: all(s[name].value > 73 for name in SECOND_HALF)),
    ("PI11", "above 90 since January", lambda s: all(s[name].value > 90 for name in Q4)),
    ("PI12", "highs in July and November", highest("2018-07", "2018-11")),
    ("PI12", "lows in April and January", lowest("2018-04", "2019-01")),
    ("PI13", "under 30 since December", lambda s: all(s[name].value < 30 for name in YEAR[8:])),
    ("PI13", "not yet in November", lambda s: s["2018-11"].value >= 30),
    ("PI13", "steadier towards the end", lambda s: widest(YEAR[8:], s) < 1 < widest(YEAR[:8], s)),
    ("PI14", "highest in June", highest("2018-06")),
    ("PI14", "lowest in December", lowest("2018-12")),
    ("PI14", "static", lambda s: widest(YEAR, s) < 3),
    ("PI14", "never on target", lambda s: all(s[name].value > Fraction("18.5") for name in YEAR)),
    ("PI15", "lowest in June", lowest("2018-06")),
    ("PI15", "highest in February", highest("2019-02")),
    ("PI15", "a marked improvement in January to March", lambda s: average(Q4)(s) - average(Q3)(s) > 3),
    ("PI15", "higher in March than in January", lambda s: s["2019-03"].value > s["2019-01"].value),
    ("PI15", "over 600 audits", lambda s: 12 * audits_a_month(s) > 600),
]

# Printed, but not a reading of the twelve months: why each cannot come out of them.
NOT_IN_THE_MONTHS = {
    "the year before the contract, or a day before it": "PI1-S02 PI3-S04 PI3-S07 PI6-S04",
    "another area": "PI2-S06 PI2-S07 PI2-S12 PI2-S13",
    "the target, repeated": "PI8-S04 PI14-S02",
    "a standard, an undertaking or a count of something else": (
        "PI1-S03 PI2-S14 PI3-S06 PI4-S02 PI4-S03 PI4-S04 PI6-S05 PI6-S06 PI7-S03 PI9-S03 PI10-S06 PI12-S03 "
        "PI13-S01 PI15-S10 PI15-S11 PI15-S12 PI15-S13"
    ),
    "contradicted by other printed numbers (see the notes)": "PI2-S05 PI10-S01 PI15-S07",
    "printed as a limit or a rate and asked for in words": "PI3-S05 PI4-S01 PI11-S02 PI13-S04 PI15-S14",
}


@pytest.mark.parametrize(("reference", "read", "printed"), COMES_OUT)
def test_a_printed_statistic_comes_out_to_its_printed_precision(
    reference: str, read: Reading, printed: str
) -> None:
    exact = read(ROWS[reference.partition("-")[0]])

    assert as_printed(exact, printed) == printed


@pytest.mark.parametrize(("code", "said", "agrees"), HOLDS, ids=[f"{code} {said}" for code, said, _ in HOLDS])
def test_a_printed_remark_holds(code: str, said: str, agrees: Remark) -> None:
    assert agrees(ROWS[code]), said


def test_every_published_statistic_is_either_reproduced_or_named_with_a_reason() -> None:
    reproduced = {reference for reference, _, _ in COMES_OUT}
    named = {reference for listed in NOT_IN_THE_MONTHS.values() for reference in listed.split()}

    published = {entry["reference"] for code in CONTRACT for entry in DEFINITIONS[code]["published"]}

    assert not reproduced & named
    assert reproduced | named == published


def test_the_conferences_of_the_year_fit_the_printed_rate() -> None:
    """108.95 per 10,000 implies a population; the two rates of PI2 print about 79,856 and 81,111."""
    implied = volume(YEAR)(ROWS["PI3"]) * 10_000 / Fraction("108.95")

    assert 79_856 < implied < 81_111


def test_contradictions_are_left_as_they_are_printed() -> None:
    """Printed are 10.6 where the ends are 10.5 apart, 245 where they are 214 apart, 42.9 below the low."""
    assert as_printed(change("2018-03", "2019-03")(ROWS["PI10"]), "10.6") == "10.5"
    assert count("2018-04")(ROWS["PI2"]) - count("2019-03")(ROWS["PI2"]) == 214
    assert min(row.value for row in ROWS["PI15"].values()) == Fraction("44.1")
